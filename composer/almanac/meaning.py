"""The day that a mention means: in its year, or, where no year is written, by the date on which it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.almanac.parts import SpokenDay

RECENT = timedelta(60)
"""A day without a year that lies no further back is that day, and not the one eleven months ahead."""

_ALMOST_NOW = 3
"""So many years from the date of writing a number is hardly a time of day: "Friday 14 March 2030"."""
_QUARTERS = {0, 15, 30, 45}
_LEAP_YEARS = 8
"""Between two of them may lie so many years (1896 and 1904, 2096 and 2104)."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides which day is meant."""

    written_on: date
    may_be_past: bool = False
    """Whether the sentence reports, or stands in every issue: it may then mean the last time the day came round."""
    years: tuple[int, ...] = ()
    """Other years that the text speaks of: "in 2023 …"."""
    months: tuple[int, ...] = ()
    """Months that the text speaks of, for days without one: "Friday 28th"."""


def readings(day: SpokenDay, circumstances: Circumstances) -> tuple[date, ...]:
    """The dates that it may mean, the likeliest first; none where there is no such date.

    One with a year means that year. One without means the last 60 days if it falls into them, else the next time it
    comes round: "on Friday 10 January", said in March, is of next year. Only where the sentence reports something is
    the last time possible too, unless the next is within sixty days. A weekday is wrong when it fits none of these.
    """
    if day.month is None:
        return _each_once(_without_month(day, circumstances))
    found = list(_with_month(day, day.month, circumstances))
    if day.year is None:
        found += [each for year in circumstances.years for each in _on(day.number, day.month, year)]
    return _each_once(found)


def _with_month(day: SpokenDay, month: int, circumstances: Circumstances) -> Iterator[date]:
    written_on = circumstances.written_on
    if day.year is not None:
        yield from _on(day.number, month, day.year)
        if day.owns_year and not _may_be_a_clock(day.year, written_on):
            return
    last, coming = _last(day.number, month, written_on), _coming(day.number, month, written_on)
    if last and written_on - last <= RECENT:
        yield last
        return
    if coming:
        yield coming
    if last and (not coming or (circumstances.may_be_past and coming - written_on > RECENT)):
        yield last


def _without_month(day: SpokenDay, circumstances: Circumstances) -> Iterator[date]:
    """In the month of writing, the next one, the last one if not too far back, or one that the text names."""
    written_on = circumstances.written_on
    here = written_on.year * 12 + written_on.month - 1
    for distance in (0, 1, -1, 2) if day.number >= written_on.day else (1, 0, 2, -1):
        year, month = divmod(here + distance, 12)
        yield from (each for each in _on(day.number, month + 1, year) if written_on - each <= RECENT)
    for month in circumstances.months:
        years = (written_on.year - 1, written_on.year, written_on.year + 1)
        found = [each for year in years for each in _on(day.number, month, year) if written_on - each <= RECENT]
        yield from sorted(found)[:1]


def _may_be_a_clock(year: int, written_on: date) -> bool:
    """Whether "14 March 2030" may be half past eight in the evening."""
    return abs(year - written_on.year) > _ALMOST_NOW and year % 100 in _QUARTERS


def _last(number: int, month: int, on: date) -> date | None:
    years = range(on.year, on.year - _LEAP_YEARS - 1, -1)
    return next((each for year in years for each in _on(number, month, year) if each <= on), None)


def _coming(number: int, month: int, on: date) -> date | None:
    return next((each for year in (on.year, on.year + 1) for each in _on(number, month, year) if each > on), None)


def _on(number: int, month: int, year: int) -> Iterator[date]:
    """The date, if there is such a one."""
    try:
        yield date(year, month, number)
    except ValueError:
        return


def _each_once(found: Iterator[date] | list[date]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(found))
