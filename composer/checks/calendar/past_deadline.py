"""A closing date that has passed on the day the issue goes out.

Somebody fills in the form and learns that it closed last week. Looked at are `closes` of the news, the `until` of what
the reading list names, and sentences: "closes on 28 February", "deadline: 7 March", "please apply by Friday 7 March",
"open until 3 March". In reminders and in the reading list too: a date that was to come may have passed since.

What is told as past is left alone ("the consultation closed on 3 March", "which ran until"), as are deadlines that have
been moved, quotations, and the yearly ends of terms and financial years.

Passes:

    updates:
      - {title: A survey, body: The survey closes on 14 March and the last one closed on 3 March.}

Fails:

    updates:
      - {title: A survey, body: The survey closes on 3 March 2025.}
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from composer.checks.reading.dates.dated import dated, listed
from composer.checks.reading.dates.deadlines import is_deadline
from composer.checks.rule import Remark
from composer.dates import long_date
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.issue import Publication
    from composer.source.tree import Loc

LEVEL = Level.WARNING

_HINT = "correct it, or leave it out"


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at keys, then at sentences."""
    yield from _in_keys(sheet)
    for date in chain(dated(sheet), listed(sheet)):
        if is_deadline(date) and (last := date.last_day) and last < sheet.today:
            message = f"the closing date {date.words!r} is before the issue's date, {long_date(sheet.today)}"
            yield Remark(date.place, message, "correct the date, take the sentence out, or say that it has closed")


def _in_keys(sheet: Sheet) -> Iterator[Remark]:
    for at, item in enumerate(sheet.issue.updates):
        if item.closes and item.closes < sheet.today:
            message = f"this closed on {long_date(item.closes)}, before the issue's date"
            yield Remark(sheet.places.at("updates", at, "closes"), message, _HINT, Level.ERROR)
        if item.publication:
            yield from _of_list(item.publication, ("updates", at, "publication", "until"), sheet)
    for at, line in enumerate(sheet.issue.tools):
        yield from _of_list(line, ("tools", at, "until"), sheet)


def _of_list(publication: Publication, loc: Loc, sheet: Sheet) -> Iterator[Remark]:
    if publication.until and publication.until < sheet.today:
        message = f"the reading list names this until {long_date(publication.until)}, before the issue's date"
        yield Remark(sheet.places.at(*loc), message, _HINT)
