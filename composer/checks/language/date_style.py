"""Dates that are written in different ways in one issue.

"13th March" here and "13 March" there, "March 13" or "13/03/2025" between them. The style of the house is one that five
dates of the issue have, and four fifths of all; without one nothing is said. The dates that Composer prints, of
publications and events, count as "13 March". One remark names the first date in each other style. "13 Mar" and
"13/03/2025" count only inside a paragraph, as lists, titles and tables may be short. Left alone are the date of the
issue itself on a line of its own, spans ("9-13 May"), a date behind a name ("Harbour Day (13th May)"), and those in
titles of publications, quotations, italics and reminders.

Passes:

    updates:
      - title: An item
        body: 6 March, 13 March, 20 March, 27 March, 3 April 2025; *The 9th of May* is shown on Harbour Day (13th May).

Fails:

    updates:
      - {title: An item, body: "6 March, 13 March, 20 March, 27 March, 3 April 2025, and on April 4th, 2025."}
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import own_text
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet
    from composer.errors import Place

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
_NUMBERS = "13/03/2025"
_CLIPPED = {"13 Mar", _NUMBERS}
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_OF_ANOTHER = re.compile(
    r"(?<![\d/.:])\d{1,2}(?:st|nd|rd|th)? ?(?:[-\u2013\u2014/&]|to|and|or) ?\d$"
    rf"|(?:^|\s)(?!(?:{_WEEKDAY}|{_MONTH}|{_SHORT}),)[A-Z][\w.'\u2019-]*(?:,| \() *(?:{_WEEKDAY},? )?\w$"
)
"""What stands before the first character of the end of a span, or of a date that tells which event, or whose."""
_REACH = 40
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"\w")
_FEWEST = 5
_SHARE = 0.8
_LINE = 8
"""So many words at most make a line that is no sentence."""


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as it is written."""

    style: str
    words: str
    place: Place


def check(sheet: Sheet) -> Iterator[Remark]:
    """Count the styles; where one is the house's, name the first date in each other."""
    seen = tuple(_seen(sheet))
    counted = Counter(date.style for date in seen) + Counter({_USUAL: _printed(sheet)})
    usual, times = max(counted.items(), key=lambda each: each[1], default=(_USUAL, 0))
    if times < _FEWEST or times < _SHARE * counted.total():
        return
    others = {date.style: date for date in reversed(seen) if date.style != usual}
    if others:
        firsts = sorted(others.values(), key=lambda date: date.place)
        verb = "is" if len(firsts) == 1 else "are"
        message = f"{_named(firsts)} {verb} written in another way than the other dates of this issue"
        yield Remark(firsts[0].place, message, f"write dates like “{usual}”, as {times} others")


def dates(text: str) -> Iterator[tuple[str, int, str]]:
    """The dates of a text, each with its style, where it begins and as it is written."""
    for style, expression in _STYLES.items():
        for found in expression.finditer(text):
            if not _OF_ANOTHER.search(text[max(0, found.start() - _REACH) : found.start() + 1]):
                yield style, found.start(), found[0]


def _seen(sheet: Sheet) -> Iterator[_Date]:
    own = f"{sheet.today.day}", f"{sheet.today:%B}"
    for passage in sheet.written:
        for style, at, words in dates(own_text(passage)) if _DIGIT.search(passage.text) else ():
            is_own = own == (words.partition(" ")[0].rstrip("dhnrst"), words.rpartition(" ")[2])
            if not (is_own and _is_line(passage)) and not (style in _CLIPPED and _may_be_short(passage, style, at)):
                yield _Date(style, words, passage.place(at))


def _is_line(passage: Passage) -> bool:
    return len(passage.text.split()) <= _LINE


def _may_be_short(passage: Passage, style: str, at: int) -> bool:
    """Whether there may be no room for a month in words: outside paragraphs, and where a row of a table begins."""
    opens = style == _NUMBERS and not _LETTER.search(passage.text, 0, at)
    return passage.kind is not BlockKind.PARAGRAPH or opens


def _named(firsts: Sequence[_Date]) -> str:
    """The dates in words, each but the first with its line."""
    first, *others = firsts
    told = [f"“{first.words}”"]
    for date in others:
        file = "" if date.place.path == first.place.path else f"{date.place.path}, "
        told.append(f"“{date.words}” ({file}line {date.place.line})")
    return ", ".join(told[:-1]) + " and " + told[-1] if others else told[0]


def _printed(sheet: Sheet) -> int:
    """How many dates Composer prints in words for the items of this issue."""
    items = [entry.item for entry in sheet.edition.updates]
    published = sum(1 for item in items if item.publication and not item.publication.line)
    return published + sum(1 for item in items if item.event or item.closes)
