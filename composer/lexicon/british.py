"""American spellings and the British ones: "organization" → "organisation"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from composer.lexicon.dictionary import is_known
from composer.lexicon.misspellings import read_list

if TYPE_CHECKING:
    from collections.abc import Iterator

_MORE = {
    "airplane": "aeroplane",
    "enroll": "enrol",
    "fulfill": "fulfil",
    "maneuver": "manoeuvre",
    "skillful": "skilful",
}
_MORE |= {"enrollment": "enrolment", "fulfillment": "fulfilment", "mustache": "moustache"}
_MORE |= {"skeptic": "sceptic", "skeptical": "sceptical", "skepticism": "scepticism"}
_PATTERNS = tuple(
    (re.compile(american), ours)
    for american, ours in (
        (r"(?<=[a-z]{2})(i|y)z(?=(?:e[ds]?|ers?|ing|ingly|ations?|ational|abl[ey])$)", r"\1s"),
        (r"(?<=[a-z]{3})or(?=s?$|ed$|ing|abl|ful|hood|is[mt]|less|ly)", "our"),
        (r"(?<=[a-z]{2}[bcgkpt])er(s?)$", r"re\1"),
        (r"(?<=[aeiou])l(?=(?:ed|ings?|ers?|ists?|ors?|ous)$)", "ll"),
        (r"(?<=[a-z]{2})ense(s?)$", r"ence\1"),
        (r"ol(?=[dt])", "oul"),
    )
)
_DIPHTHONG = re.compile(r"e(?=a$|ces|co|dema|diat|dic|doph|leo|liac|ma|mi[ac]|mo|soph|sth|stro|tal$|tiol|tus)")
_BOTH = frozenset({"artifact", "artifacts", "acknowledgment", "acknowledgments", "judgment", "percent"})
"""Right on both sides of the ocean, or near enough."""


def british(word: str) -> str:
    """The British spelling of an American word, in small letters; empty where it is right as it is.

    What is a word here too, if another one ("license", "story"), is right.
    """
    if word in _BOTH or is_known(word):
        return ""
    if word in _table():
        return _table()[word]
    return next((respelt for respelt in _respelt(word) if is_known(respelt)), "")


def _respelt(word: str) -> Iterator[str]:
    """What a word would be in Britain if it were American: of these, one is a word, or it is not."""
    for american, ours in _PATTERNS:
        if american.search(word):
            yield american.sub(ours, word)
    for found in _DIPHTHONG.finditer(word):
        yield from (word[: found.start()] + vowels + word[found.end() :] for vowels in ("ae", "oe"))


@cache
def _table() -> dict[str, str]:
    lines = read_list("dictionary_en-GB_to_en-US.txt").splitlines()
    pairs = (line.partition("->")[::2] for line in lines)
    return _MORE | {american.strip(" ,"): ours for ours, american in pairs}
