"""Dates that are written in different ways in one issue.

"13th March" here and "13 March" there, "March 13" or "13/03/2025" between them. The style that most dates of the issue
have is the usual one; the dates that Composer prints, of publications and events, count as "13 March". The first date
in each other style is remarked on; "13 Mar" and "13/03/2025" only in a paragraph, as lists and titles may be short.
Titles of publications, quotations, italics and reminders keep theirs.

Passes:

    updates:
      - {title: An item, body: "We met on 13 March and meet again on 4 April 2025, and read *The 9th of May*."}

Fails:

    updates:
      - {title: An item, body: "We met on 13 March, and on 20 March, and meet again on April 4th, 2025."}
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.checks.voice import own_text
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_BEHIND = r"(?=,? \d{4}\b|[,.;:)]|$| (?:and|at|from|in person|on|or|to|until|with)\b)"
_USUAL = "13 March"
_STYLES = {
    _USUAL: re.compile(rf"(?<![\d/.:])\b\d{{1,2}} (?:{_MONTH})\b"),
    "13th March": re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?:{_MONTH})\b"),
    "March 13": re.compile(rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?![\d:]|\.\d| (?:{_MONTH})){_BEHIND}"),
    "13 Mar": re.compile(rf"(?<![\d/.:])\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_SHORT})\b"),
    "13/03/2025": re.compile(r"(?<![\w/.])(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])/(?:20)?\d\d(?![\w/])"),
}
_CLIPPED = {"13 Mar", "13/03/2025"}
_DIGIT = re.compile(r"\d")
_FEWEST = 2


def check(sheet: Sheet) -> Iterator[Remark]:
    """Count the styles; remark on all but the usual one."""
    firsts: dict[str, tuple[Passage, int, str]] = {}
    counted = Counter({_USUAL: _printed(sheet)})
    for passage in sheet.written:
        text = own_text(passage) if _DIGIT.search(passage.text) else ""
        for style, at, words in dates(text):
            if style in _CLIPPED and passage.kind is not BlockKind.PARAGRAPH:
                continue
            firsts.setdefault(style, (passage, at, words))
            counted[style] += 1
    usual, times = max(counted.items(), key=lambda each: (each[1], each[0] == _USUAL))
    if times < _FEWEST:
        return
    for style, (passage, at, words) in firsts.items():
        if style != usual:
            message = f"“{words}” is written in another way than most dates of this issue"
            yield Remark(passage.place(at), message, f"write dates like “{usual}”, as {times} others")


def dates(text: str) -> Iterator[tuple[str, int, str]]:
    """The dates of a text, each with its style, where it begins and as it is written."""
    for style, expression in _STYLES.items():
        for found in expression.finditer(text):
            yield style, found.start(), found[0]


def _printed(sheet: Sheet) -> int:
    """How many dates Composer prints in words for the items of this issue."""
    items = [entry.item for entry in sheet.edition.updates]
    published = sum(1 for item in items if item.publication and not item.publication.line)
    return published + sum(1 for item in items if item.event or item.closes)
