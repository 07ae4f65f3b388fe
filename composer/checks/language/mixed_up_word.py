"""A word that was taken for one that sounds like it.

"This weeks theme", "it has lead to", "bear with us" written as "bare": both are words, so no dictionary objects. Only
pairs are known of which one is certainly wrong in its place.

Passes:

    updates:
      - {title: An item, body: "This week's theme led to questions. Please bear with us while the weeks go by."}

Fails:

    updates:
      - {title: An item, body: "This weeks theme has lead to questions. Please bare with us."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import own_text
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_MODAL = "could|would|should|might|must"
_OWN = "diary|diaries|information|records|reference|patience|attention|convenience"
_PAIRS = {
    r"\bthis (?P<wrong>weeks|months|years|terms)\b(?!['\u2019])": "{one}\u2019s",
    r"\b(?:has|have|had) (?P<wrong>lead) to\b": "led",
    r"\b(?P<wrong>bare) with (?:us|me|them|him|her)\b": "bear",
    r"\b(?P<wrong>per say)\b": "per se",
    rf"\bfor (?P<wrong>you) (?:{_OWN})\b": "your",
    rf"\b(?:{_MODAL}) (?P<wrong>of)\b(?! course)": "have",
    r"\b(?P<wrong>your) welcome (?:to|at|here)\b": "you\u2019re",
    r"\b(?:more|less|better|worse|rather|fewer|greater|higher|lower|older|younger|other) (?P<wrong>then)\b"
    r"(?= (?:a|an|the|one|two|half|\d|ever|before|last|expected|any)\b)": "than",
    r"\b(?:in|under|without) (?P<wrong>there|they['\u2019]re) (?:own|care|lives|homes?|families|schools?)\b": "their",
    r"\bthe (?P<wrong>principle) (?:social worker|educational psychologist|officer|adviser|lead)\b": "principal",
    r"\b(?P<wrong>discrete) (?:enquiries|and confidential)\b": "discreet",
}
_KNOWN = [(re.compile(pattern, re.IGNORECASE), right) for pattern, right in _PAIRS.items()]


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for them in the editor's own words."""
    for passage in sheet.written:
        for at, wrong, right in mixed_up(own_text(passage)):
            yield Remark(
                passage.place(at), f"\u201c{wrong}\u201d is not what is meant here", f"write \u201c{right}\u201d"
            )


def mixed_up(text: str) -> Iterator[tuple[int, str, str]]:
    """Where such a word stands, the word, and the one that was meant."""
    for pattern, right in _KNOWN:
        for found in pattern.finditer(text):
            wrong = found["wrong"]
            yield found.start("wrong"), wrong, right.format(one=wrong[:-1])
