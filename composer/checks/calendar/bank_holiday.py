"""An issue, an event or a meeting on a bank holiday.

Offices are empty, and a meeting on Easter Monday was most often put there by counting weeks. Which country's holidays
count is `checks.bank_holidays` of newsletter.yaml; with `none` this is silent. Looked at are the issue's date, and the
first days of events in the news and of network meetings still to come.

Passes:

    updates:
      - {title: A workshop, event: {start: 2025-04-22 10:00, place: Teams}}

Fails:

    updates:
      - {title: A workshop, event: {start: 2025-04-21 10:00, place: Teams}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.almanac import Country, bank_holiday
from composer.checks.rule import Remark
from composer.dates import full_date
from composer.errors import Level
from composer.issue import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from composer.checks.sheet import Sheet
    from composer.source import Places
    from composer.source.tree import Loc

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look up every day on which something is to take place."""
    country = Country(sheet.newsletter.checks.bank_holidays)
    for places, loc, day in _days(sheet):
        holiday = bank_holiday(day, country)
        if holiday:
            message = f"{full_date(day)} is a bank holiday: {holiday}"
            yield Remark(places.at(*loc), message, "correct the date, or allow it if it is meant")


def _days(sheet: Sheet) -> Iterator[tuple[Places, Loc, date]]:
    yield sheet.places, ("date",), sheet.today
    for at, item in enumerate(sheet.issue.updates):
        if item.event and day_of(item.event.start) >= sheet.today:
            yield sheet.places, ("updates", at, "event", "start"), day_of(item.event.start)
    standing = sheet.standing
    for at, group in enumerate(standing.networks):
        for number, network in enumerate(group.networks):
            for index, meeting in enumerate(network.meetings):
                if day_of(meeting.start) >= sheet.today:
                    loc = (at, "networks", number, "meetings", index, "start")
                    yield standing.networks_at, loc, day_of(meeting.start)
