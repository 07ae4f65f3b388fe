"""Where an address fell out of a sentence: "please email:", "to book go via", "by emailing It is free"."""

from __future__ import annotations

import re

_ADDRESS = r"(?:e-?mail(?:ing)?|call(?:ing)?|ring(?:ing)?|phon(?:e|ing)|telephon(?:e|ing)|text(?:ing)?|visit(?:ing)?)"
_AT_END = re.compile(
    rf"\b(?:(?:please|or|to|can|could|should|just|by|then) {_ADDRESS}|via|(?:by|when) (?:e-?mailing|contacting))\s*:?$"
    r"|\b(?:please|to) (?:contact|write to|send (?:it|them) to|go to|get in touch with)\s*:$",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(r"\b(?:number|numbers|line|who|whom|which|that|what|want|need|like|wish)\b", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(?:e-?mailing|(?i:please) e-?mail|go(?:ing)? via) (?=(?:It|They|We|You|This|These|There|If|Please|All) [a-z])"
)


def lost_at_end(text: str) -> bool:
    """Whether a text ends where an address should follow; what people ring or visit may stand before."""
    found = _AT_END.search(text.rstrip())
    if found is None:
        return False
    clause = re.split(r"[.;:!?]\s", text[: found.start()])[-1]
    return text.rstrip().endswith(":") or not _TOLD_BEFORE.search(clause)


def lost_inside(text: str) -> int:
    """The index at which an address is missing in front of a new sentence; -1 where none is."""
    found = _INSIDE.search(text)
    return found.end() if found else -1
