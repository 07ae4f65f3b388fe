"""A day that its month does not have.

"31 April" and "29 February 2025" are days on which nobody can come. A number that only happens to stand near a month
("rooms 30, 31 and 5 April") is left alone, and so is a 29 February without a year that was, or comes, within the year.

Passes:

    updates:
      - {title: A survey, body: It is open until 30 April.}

Fails:

    updates:
      - {title: A survey, body: It is open until 31 April.}
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from composer.checks.reading.dates.dated import dated
from composer.checks.rule import Remark
from composer.dates import MONTHS
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.almanac import SpokenDay
    from composer.checks.reading.dates.dated import Dated
    from composer.checks.sheet import Sheet

LEVEL = Level.ERROR

_A_YEAR = timedelta(426)
"""And sixty days, in which a day without a year may still be meant."""
_ALWAYS = 28
"""Every month has so many days."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for days without a date."""
    for date in dated(sheet):
        for day in date.mention.days:
            if day.number > _ALWAYS and day.month and day.is_sure and not _exists(date, day):
                year = f" {day.year}" if day.year and day.owns_year else ""
                hint = "look it up in a calendar, and correct the day"
                yield Remark(date.passage.place(day.start), f"there is no {_named(day)}{year}", hint)


def _exists(date: Dated, day: SpokenDay) -> bool:
    return any(day.year or abs(each - date.passage.written_on) < _A_YEAR for each in date.readings(day))


def _named(day: SpokenDay) -> str:
    return f"{day.number} {MONTHS[(day.month or 1) - 1]}"
