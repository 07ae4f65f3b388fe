"""A weekday that does not fall on its date.

Readers put the date into their diaries and come a day late, or put the weekday and come a day early. Every way of
writing counts: "Wednesday 13 March", "Fri, May 9th", "Saturday & Sunday July 26 & 27", "21.03.2025 (Fri)".

A date without a year means the last sixty days, counted from the issue in which it was written, or else the next time
that it comes round, so that last year's date pasted into this year's issue is found. Only where the sentence reports
something ("was held on", "last"), or stands in every issue, may it be the last time that it came round; where it names
another year ("in 2023 …"), it may be of that one. "Friday 28th" is right if any month near by has it, and else only a
warning. Weekdays of many dates ("on Mondays"), and several of which nobody can say which belongs to which day, are left
alone.

Passes:

    updates:
      - {title: A workshop, body: Join us on Thursday 20 or Friday 21 March.}

Fails:

    updates:
      - {title: A workshop, body: Join us on Wednesday 20 March.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.dates.dated import dated
from composer.checks.rule import Remark
from composer.dates import WEEKDAYS, long_date, weekday
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from composer.almanac import SpokenDay
    from composer.checks.sheet import Sheet

LEVEL = Level.ERROR


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every weekday that stands beside a date."""
    for found in dated(sheet):
        for day in found.mention.days:
            if day.weekday is None or _falls(day, found.likely(day)):
                continue
            possible = found.readings(day)
            if not possible or _falls(day, possible):
                continue
            right = weekday(possible[0])
            message = f"{long_date(possible[0])} is a {right}, not a {WEEKDAYS[day.weekday]}"
            level = LEVEL if day.month else Level.WARNING
            yield Remark(found.passage.place(day.start), message, f"write {right}, or correct the date", level)


def _falls(day: SpokenDay, dates: tuple[date, ...]) -> bool:
    return day.weekday in {each.weekday() for each in dates}
