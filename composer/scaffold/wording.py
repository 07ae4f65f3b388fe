"""Filling the words that a scaffold leaves open, and finding the day on which an issue goes out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

from composer.settings import Weekday

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPEN = re.compile("«(\\w+)»")


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with each «word» replaced. Raises `KeyError` for one that is not given."""
    return _OPEN.sub(lambda match: words[match[1]], text)


def days_around(day: date) -> dict[str, str]:
    """The words for dates near an issue's own: «day», «in_13_days», «3_days_ago»."""
    coming = {f"in_{days}_days": (day + timedelta(days)).isoformat() for days in range(1, 61)}
    past = {f"{days}_days_ago": (day - timedelta(days)).isoformat() for days in range(1, 31)}
    return {"day": day.isoformat(), **coming, **past}


def next_day(weekday: Weekday, not_before: date) -> date:
    """The first such weekday that is not before a date."""
    wanted = get_args(Weekday).index(weekday)
    return not_before + timedelta((wanted - not_before.weekday()) % 7)
