"""Something announced as coming that has been.

Looked at are the `event` of the news, and sentences that invite or promise: "will take place on 3 March", "join us on",
"save the date: 3 March", a line of a diary such as "Finance Directors: 4pm 6 February", or a day alone above a text
that says how to register. In reminders too, and in titles.

An item that tells of what has been is left alone: it has a verb of the past there, or names slides, a recording or
thanks. So are quotations, "from 9am on 3 March" of something that goes on since, and what lies two years back or more.

Passes:

    updates:
      - title: Data school
        event: {start: 2025-03-11}
        body: Forty people came on Tuesday 11 March. The slides are in the library.

Fails:

    updates:
      - title: Data school
        body: Join us in Downhaven on Tuesday 11 March.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from composer.checks.reading.dates.announcements import is_announced, took_place
from composer.checks.reading.dates.dated import dated
from composer.checks.reading.dates.deadlines import is_deadline
from composer.checks.rule import Remark
from composer.dates import long_date
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_HISTORY = timedelta(730)
"""What lies so far back is told in the present, and announced by nobody: "the story begins on 4 March 1944"."""
_HINT = "correct the date, take it out, or say that it has been"


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the events of the news, then at sentences."""
    for at, item in enumerate(sheet.issue.updates):
        if item.event and item.event.last_day < sheet.today and not took_place(item):
            message = f"this took place on {long_date(item.event.last_day)}, before the issue's date"
            hint = "correct the date, or tell what came of it and leave out `event`"
            yield Remark(sheet.places.at("updates", at, "event", "start"), message, hint, Level.ERROR)
    for date in dated(sheet):
        last = date.last_day
        if last and timedelta(0) < sheet.today - last < _HISTORY and is_announced(date) and not is_deadline(date):
            message = f"{date.words!r} is announced, and is before the issue's date, {long_date(sheet.today)}"
            yield Remark(date.place, message, _HINT)
