"""A text that speaks of another item than its own.

When an item is made from the one above it, a text can stay behind under a title that has nothing to do with it. A
paragraph of at least twelve words is remarked on when it shares no word, in any of its forms, with the title,
publication, links and picture of its item, but three or more with the title of another, which is named.
Where the paragraph stands there too, `repeated-text` says so.

Passes:

    updates:
      - {title: Poverty in the region, body: Rents have grown faster than wages and nobody can pay for food and heat.}

Fails:

    updates:
      - {title: Alternative provision in the South East, body: Many pupils thrive there.}
      - title: Poverty in the region
        body: |
          How councils in the South East use alternative provision, and what that does for those who are sent there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.checks.stories import about, is_news, named, title
from composer.checks.wording import topics, words
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet
    from composer.edition import Entry

LEVEL = Level.WARNING

_SHORTEST = 12
_ENOUGH = 3
"""So many words of another title are no chance."""
_BEGINNING = 5
"""Letters after which two words count as forms of one: poverty, poor is none; education, educate is."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Put each paragraph of the news beside its own title and beside all others."""
    entries = [*sheet.edition.updates, *sheet.edition.reminders]
    titles = {id(entry): _of_title(entry) for entry in entries}
    for passage in sheet.written:
        own = passage.entry
        if own is None or not is_news(passage) or not _counts(passage) or not _is_foreign(passage, own):
            continue
        spoken = topics(passage.text)
        others = [entry for entry in entries if entry is not own and len(spoken & titles[id(entry)]) >= _ENOUGH]
        if len(others) == 1 and passage.text not in (others[0].item.body or ""):
            message = f"this speaks of {named(others[0], sheet)} and not of {title(own.item)!r}"
            yield Remark(passage.place(), message, "it may stand under the wrong title: move it, or take it out")


def _of_title(entry: Entry) -> frozenset[str]:
    publication = entry.item.publication
    return topics(f"{entry.item.title} {(publication and publication.title) or ''}")


def _counts(passage: Passage) -> bool:
    is_running = passage.key == "body" and passage.kind is BlockKind.PARAGRAPH
    return is_running and len(words(passage.text)) >= _SHORTEST


def _is_foreign(passage: Passage, own: Entry) -> bool:
    """Whether no word of a paragraph begins like one that its item uses of itself."""
    return _beginnings(topics(passage.text)).isdisjoint(_beginnings(about(own.item)))


def _beginnings(stems: Iterable[str]) -> set[str]:
    return {stem[:_BEGINNING] for stem in stems}
