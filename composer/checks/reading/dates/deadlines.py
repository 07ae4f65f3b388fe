"""Which date of a sentence is the last day for something, and which is only named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.dates.requests import GLUE, asks
from composer.checks.reading.dates.tenses import reports
from composer.prose import BlockKind

if TYPE_CHECKING:
    from composer.checks.reading.dates.dated import Dated

_CLOSES = re.compile(
    r"\b(?:close|closes|closing(?: date)?|deadlines?|expires?|due(?: in)?(?! to)|ends|end (?:on|at)|shuts"
    r"|finish(?:es)?|(?:final|end) date|(?:applications|bookings|entries|nominations|bids|polls)\b[^.!?;,]{0,40} shut"
    r"|last (?:day|date|chance)|cut-?off(?: date)?)\b"
    rf"(?:\s+(?:for|to)\s+[\w\u2019'/&-]+(?: [\w\u2019'/&-]+){{0,5}}?)?{GLUE}$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:\b(?:open|available|on sale|runs?|running|live|extended|accepted|valid|can be \w+(?: in)?)\b[^.!?;]{0,60}?"
    r"\b(?:until|till|to)\b"
    rf"|\b(?:have|has) (?:until|till)\b){GLUE}$",
    re.IGNORECASE,
)
_OPEN_FROM = re.compile(r"\b(?:open|available|runs?|running|live|accepted)\b[^.!?;]{0,40}$", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:was|were|had|has (?:now )?(?:passed|closed)|have (?:now )?(?:passed|closed)|passed|missed|moved|postponed"
    r"|changed|put back|pushed back|brought forward|originally|previous(?:ly)?|no longer|now closed|ran|ago"
    r"|extended from|despite|(?:have|has) yet to|thank(?:s| you) (?:for|to))\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?:year|term|quarter|period|half)\b[^.!?;]{0,20}\b(?:ends|closes|finishes)\b", re.IGNORECASE)
_BY_THE = re.compile(
    r"\b(?:by|before|after|since|past|with) (?:the|its|their|our|a) [^.;!?]{0,20}\bdeadline\b", re.IGNORECASE
)
_VERB = re.compile(r"\b(?:is|are|has|have|will|must)\b", re.IGNORECASE)
_EXTENDED = re.compile(r"\bextended\b(?![^.!?;]*\b(?:until|till|to)\b\s*$)", re.IGNORECASE)


def is_deadline(date: Dated) -> bool:
    """Whether the sentence says, in the present, that something ends on this date."""
    before, sentence = date.before, f"{date.before} {date.after}"
    if date.passage.kind is BlockKind.QUOTE or _GONE.search(sentence) or _EXTENDED.search(sentence):
        return _is_extended_to(before)
    if _YEARLY.search(before):
        return False
    if _CLOSES.search(before) or (date.mention.is_range and _OPEN_FROM.search(before)):
        return not _is_reported(before, date.after)
    return (bool(_OPEN.search(before)) or asks(before)) and not reports(sentence)


def _is_extended_to(before: str) -> bool:
    return bool(re.search(rf"\b(?:has|have) been extended (?:until|till|to){GLUE}$", before, re.IGNORECASE))


def _is_reported(before: str, after: str) -> bool:
    """Whether it only describes: "asked for answers due on 3 March", "plans due by 3 March are missing"."""
    if _BY_THE.search(before):
        return reports(before)
    if not re.search(r"\bdue\b", before, re.IGNORECASE):
        return False
    return reports(before) or bool(_VERB.search(after) and not _VERB.search(before))
