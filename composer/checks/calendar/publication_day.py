"""An issue dated on another weekday than the newsletter's.

`publication_day` of newsletter.yaml says when readers expect it; another day is most often a slip of the date, by which
weekdays, deadlines and reminders are reckoned. In a week whose publication day is a bank holiday any day is right.

Passes:

    # newsletter.yaml
    publication_day: friday
    # issue.yaml
    date: 2025-04-17
    updates:
      - {title: Before Good Friday, body: A text.}

Fails:

    # newsletter.yaml
    publication_day: friday
    # issue.yaml
    date: 2025-03-13
    updates:
      - {title: A day early, body: A text.}
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from composer.almanac import Country, bank_holiday
from composer.checks.rule import Remark
from composer.dates import full_date, weekday
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the issue's weekday."""
    wanted = sheet.newsletter.publication_day.capitalize()
    if weekday(sheet.today) == wanted:
        return
    monday = sheet.today - timedelta(sheet.today.weekday())
    usual = next(day for day in (monday + timedelta(at) for at in range(7)) if weekday(day) == wanted)
    if not bank_holiday(usual, Country(sheet.newsletter.checks.bank_holidays)):
        message = f"{full_date(sheet.today)} is not a {wanted}, the day on which this newsletter goes out"
        yield Remark(sheet.places.at("date"), message, f"correct the date: the {wanted} of this week is {usual}")
