"""A publication dated after the issue, or a year too early.

"On 20 March DfE published" cannot be said on 14 March; where the editor has written the sentence, it may speak of what
is to come, and this is only a warning. In January the old year is typed by habit: a date exactly one year before one of
the last three weeks is a warning. Every other old date is left alone: old reports are linked on purpose.

Passes:

    updates:
      - title: Figures
        publication: {by: DfE, date: 2025-03-11, title: Figures, url: https://www.example.org/figures}

Fails:

    updates:
      - title: Figures
        publication: {by: DfE, date: 2024-03-11, title: Figures, url: https://www.example.org/figures}
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.dates import long_date
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.issue import Publication
    from composer.source.tree import Loc

LEVEL = Level.WARNING

_LATELY = timedelta(21)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the publications of the news and the extra lines of the reading list."""
    for loc, publication in _written(sheet):
        day = publication.date
        if day > sheet.today:
            message = f"{long_date(day)} is after the issue's date, {long_date(sheet.today)}"
            level = Level.WARNING if publication.line else Level.ERROR
            yield Remark(
                sheet.places.at(*loc, "date"), message, "correct the date, or wait until it is published", level
            )
        elif _is_a_year_early(publication, sheet):
            message = f"{long_date(day)} is a year before the days of this issue"
            yield Remark(sheet.places.at(*loc, "date"), message, f"if it is new, write {day.year + 1}")


def _written(sheet: Sheet) -> Iterator[tuple[Loc, Publication]]:
    for at, item in enumerate(sheet.issue.updates):
        if item.publication:
            yield ("updates", at, "publication"), item.publication
    for at, line in enumerate(sheet.issue.tools):
        yield ("tools", at), line


def _is_a_year_early(publication: Publication, sheet: Sheet) -> bool:
    day, today = publication.date, sheet.today
    if (day.month, day.day) == (2, 29):
        return False
    return timedelta(0) <= today - day.replace(year=day.year + 1) <= _LATELY
