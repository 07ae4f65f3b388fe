"""A time of day, or a range of times, that cannot be.

"20-1", "14:00-13:00", "10.30pm-11.30am", "25:00", "14.00pm": somebody comes at the wrong hour, or asks. "11.00-
12.30" has lost a space, and breaks at the end of a line.

Bare numbers are taken for times only beside a date with its weekday, "20-1 on Friday 14 March", and behind what can
only be hours, "doors open 20-1", "Teams, 20-1", so that pages, ages, scores, years and telephone numbers are left
alone. So are "10-12pm", where the first may be of the other half of the day, nights ("10pm-6am"), services that are
open outside office hours, and what has moved "from 2pm to 1pm".

Passes:

    updates:
      - {title: A workshop, body: "11.00-12.30 on Thursday 20 March, or 2-4pm. See pages 20-1."}

Fails:

    updates:
      - {title: A workshop, body: "14:00-13:00 on Thursday 20 March."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.almanac import impossible_times, mentions
from composer.checks.reading.dates.timetable import timetable
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.almanac import Hours
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_ROUND_THE_CLOCK = re.compile(
    r"\b(?:out[ -]of[ -]hours|overnight|nights?|sleep|emergency|helpline|duty|weekends?|24[ /-]?(?:hours?|7)"
    r"|shifts?)\b",
    re.IGNORECASE,
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the texts of this issue and at the standing ones."""
    for passage in sheet.written:
        if passage.kind is not BlockKind.CODE and any(letter.isdigit() for letter in passage.text):
            for at, message, hint in found_in(passage.text):
                yield Remark(passage.place(at), message, hint)


def found_in(text: str) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the times of a text: where, what, and what to do."""
    ranges = timetable(text)
    for each in ranges:
        fault = _fault(each, text)
        if fault:
            yield each.start, *fault
    for at, written in impossible_times(text, is_dated=bool(mentions(text))):
        if not any(each.start <= at < each.end for each in ranges):
            yield at, f"there is no time {written!r}", "write it as 2pm or 14:00"


def _fault(each: Hours, text: str) -> tuple[str, str] | None:
    written = f"{each.text!r}"
    if not each.is_possible:
        is_meant = each.first.half or each.last.half or (each.says_times and mentions(text))
        hint = "hours go to 12 with am and pm, to 24 without; minutes to 59"
        return (f"{written} is no range of times", hint) if is_meant else None
    is_backwards = each.is_backwards or (each.is_hardly_forwards and mentions(text))
    if is_backwards and not _ROUND_THE_CLOCK.search(text):
        return f"{written} ends before it starts", "correct one of the two times"
    if each.says_times and each.is_lopsided:
        whole = re.sub(r"\s*([-\u2010-\u2014])\s*", r"\1", each.text)
        return f"{written} has a space on one side of its dash only", f"write {whole}"
    return None
