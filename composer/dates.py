"""Days in words, the same whatever the locale of the machine: "Friday 14 March 2025"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month(day: date) -> str:
    """March."""
    return _MONTHS[day.month - 1]


def weekday(day: date) -> str:
    """Friday."""
    return _WEEKDAYS[day.weekday()]


def long_date(day: date) -> str:
    """14 March 2025."""
    return f"{day.day} {month(day)} {day.year}"


def full_date(day: date) -> str:
    """Friday 14 March 2025."""
    return f"{weekday(day)} {long_date(day)}"
