"""What days in one breath share: a month at the end, "Wednesday 13 and Thursday 14 March", or a year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composer.almanac.parts import SpokenDay


def with_shared(parts: Sequence[Sequence[SpokenDay]]) -> tuple[SpokenDay, ...]:
    """The days of joined parts, each with the month and the year that are written once for all of them.

    A number that has neither a month nor a weekday is no day.
    """
    days = _with_months([day for part in parts for day in part])
    days = _with_years(days)
    return tuple(day for day in days if day.month is not None or day.weekday is not None)


def _with_months(days: Sequence[SpokenDay]) -> list[SpokenDay]:
    """From the last day to the first; a larger number before a smaller one is of a month that nobody named."""
    found: list[SpokenDay] = []
    for day in reversed(days):
        following = found[-1] if found else None
        if day.month is None and following and following.month is not None and day.number < following.number:
            day = replace(  # noqa: PLW2901 - the same day, told more
                day, month=following.month, year=following.year, owns_year=following.owns_year
            )
        found.append(day)
    return found[::-1]


def _with_years(days: Sequence[SpokenDay]) -> list[SpokenDay]:
    """A year behind the last day is meant for those before it, and one before for those behind, as months go on."""
    backward: list[SpokenDay] = []
    for day in reversed(days):
        backward.append(_sharing(day, backward[-1] if backward else None, step=-1))
    forward: list[SpokenDay] = []
    for day in reversed(backward):
        forward.append(_sharing(day, forward[-1] if forward else None, step=1))
    return forward


def _sharing(day: SpokenDay, beside: SpokenDay | None, *, step: int) -> SpokenDay:
    if beside is None or day.year is not None or None in {day.month, beside.month, beside.year}:
        return day
    months, year = ((day.month or 0) - (beside.month or 0)) * step, beside.year or 0
    return replace(day, year=year + step if months < 0 else year, owns_year=False)
