"""Days in words, the same whatever the locale of the machine: "Friday 14 March 2025"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

MONTHS = (
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
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Monday is first, as `datetime.date.weekday` counts."""


def month(day: date) -> str:
    """March."""
    return MONTHS[day.month - 1]


def weekday(day: date) -> str:
    """Friday."""
    return WEEKDAYS[day.weekday()]


def long_date(day: date) -> str:
    """14 March 2025."""
    return f"{day.day} {month(day)} {day.year}"


def full_date(day: date) -> str:
    """Friday 14 March 2025."""
    return f"{weekday(day)} {long_date(day)}"
