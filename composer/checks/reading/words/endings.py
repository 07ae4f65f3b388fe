"""How a text ends: in the middle of a sentence, or without its full stop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.wording import sentences

if TYPE_CHECKING:
    from composer.checks.passages import Passage

_NEVER_LAST = frozenset(
    {"the", "an", "and", "or", "nor", "than", "their", "its", "our", "your", "my", "whose", "every"}
)
_SELDOM_LAST = frozenset({"of", "with", "from", "to", "for", "by", "into", "between", "among", "towards", "against"})
"""Prepositions: last only where what they belong to came before, as in "Someone to talk to"."""
_OWNERS = re.compile(
    r"\b(?:Ofsted|DfE|DHSC|England|Britain|government|council|commissioner|committee|department|ministry|authority"
    r"|country|nation|region|children|people)['\u2019]s$",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"(?:^|(?<=[\s(/]))(?:[^\W\d_]+)$")
_OPEN_END = re.compile(r"(?:[,(\[&]|\s[-\u2013\u2014/])$")
_BEFORE_OBJECTS = re.compile(
    r"\b(?:what|who|whom|where|which|that|how|why|whatever|whoever|wherever|we|you|they|I|he|she|it|us|them|nothing"
    r"|something|anything|everything|nobody|somebody|someone|anyone|everyone|is|are|was|were|be|been|being|can|not)\b"
    r"|\bto\s+(?!the\b|an?\b)[a-z]+",
    re.IGNORECASE,
)
_JUST_DONE = re.compile(
    r"(?:(?<!\bne)ed|ing|made|known|thought|seen|left|kept|held|heard|sought|dealt|brought|called|given|taken|spoken|written"
    r"|fought|built|paid|sort|kind|all)(?:\s(?:up|on|out|in|down|away|back|home|along|forward))?$"
    r"|\s(?:up|out|away|back|home|along|forward)$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|(?-i:may)|must|should|does|do|did|would|could|shall)\b", re.IGNORECASE
)
_STOPPED = re.compile(r"(?:[.!?:;…)\]}>\"'\u2019\u201d*]|[^\w\s])$")
_ADDRESS = re.compile(r"[\d@/]|^www\.|\.\w{2,}$")
_ANNOUNCED = re.compile(r"^On \d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\b")
_EMPHASISED = re.compile(r"(?:^|\n)[ \t]*[*_]+$")
_SIGNATURE = re.compile(r"(?:[A-Z][\w\u2019'-]*\.?[ \u00a0]?){2,4}")
"""A name below the last sentence, on the same line for Markdown."""
_SHORTEST = 6


def is_cut(text: str) -> bool:
    """Whether a text ends in a word or mark that cannot be its last."""
    text = text.rstrip()
    if _OPEN_END.search(text) or _OWNERS.search(text):
        return len(text) > 1
    found = _LAST_WORD.search(text)
    if not found or text.isupper() or (found[0].isupper() and len(found[0]) > 1):
        return False
    word, before = found[0].casefold(), text[: found.start()].rstrip()
    if word in _NEVER_LAST or found[0] == "a":
        return bool(before)
    return word in _SELDOM_LAST and _lacks_object(word, before)


def lacks_stop(passage: Passage) -> bool:
    """Whether a paragraph of sentences ends without a mark; not where an address, a link or a number is its end."""
    text = passage.text.rstrip()
    if len(text.split()) < _SHORTEST or _STOPPED.search(text) or _ADDRESS.search(text.split()[-1]):
        return False
    if _ends_in_link(passage) or _ANNOUNCED.match(text) or _is_emphasised(passage):
        return False
    parts = [text[start:end] for start, end in sentences(text)]
    if len(parts) > 1 and _SIGNATURE.fullmatch(parts[-1].strip()):
        return False
    return len(parts) > 1 or _VERB.search(text) is not None


def _lacks_object(word: str, before: str) -> bool:
    clause = re.split(r"[:;.!?,\u2013\u2014(]\s*", before)[-1]
    is_order = word == "by" and " " not in clause
    return bool(clause) and not is_order and not _BEFORE_OBJECTS.search(clause) and not _JUST_DONE.search(clause)


def _ends_in_link(passage: Passage) -> bool:
    return any(anchor.end >= len(passage.text.rstrip()) for anchor in passage.anchors)


def _is_emphasised(passage: Passage) -> bool:
    """Whether all of it is bold or in italics, as a heading is that is not typed as one."""
    return _EMPHASISED.search(passage.value[: passage.block.offsets[0]]) is not None and (
        passage.value[passage.block.offsets[-1] :].startswith(("*", "_"))
    )
