"""An item that stands in the issue twice.

The same story under two ids is printed twice, and a title that was pasted over the next item hides that item's own. Two
titles are alike when only their order, small words, a plural or one letter differ; never when a number or a letter that
counts does ("Annual report 2024", "Part B"), nor when both are events on different days.

Passes:

    updates:
      - {title: Annual report 2024, body: A text.}
      - {title: Annual report 2025, body: A text.}

Fails:

    updates:
      - {title: Diversity in teaching, body: A text.}
      - {title: Diversity in the teaching, body: A text.}
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from composer.checks.reading.words.stories import are_alike, named, title
from composer.checks.reading.words.wording import page
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.edition import Entry

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Put every item beside every other, and beside the reminders."""
    news = [(item.key, entry) for item, entry in zip(sheet.issue.updates, sheet.edition.updates, strict=True)]
    reminders = [(entry.key, entry) for entry in sheet.edition.reminders]
    for (id_, first), (other, second) in chain(combinations(news, 2), product(reminders, news)):
        if id_ != other and not _are_two_dates(first, second):
            yield from _remarks(first, second, sheet)


def _remarks(first: Entry, second: Entry, sheet: Sheet) -> Iterator[Remark]:
    if are_alike(title(first.item), title(second.item)):
        same = title(first.item).casefold() == title(second.item).casefold()
        alike = "the same title as" if same else "nearly the same title as"
        message = f"{title(second.item)!r} is {alike} {named(first, sheet)}"
        hint = "correct the title if it was pasted over another; if it is one story, keep one"
        if first.first_in != sheet.issue.number:
            hint = f"if it is the same story, say so with `id: {first.key}`; if another, give it a title of its own"
        yield Remark(second.place_of("title"), message, hint)
    elif _url(first) and _url(first) == _url(second) and first.first_in == sheet.issue.number:
        message = f"this is also the publication of {named(first, sheet)}"
        yield Remark(second.place_of("publication", "url"), message, "correct the address, or make one item of the two")


def _are_two_dates(first: Entry, second: Entry) -> bool:
    """Whether they are events of one name on two days."""
    days = [entry.item.event.start for entry in (first, second) if entry.item.event]
    return len(days) > 1 and days[0] != days[1]


def _url(entry: Entry) -> str:
    publication = entry.item.publication
    return page(publication.url) if publication and publication.url else ""
