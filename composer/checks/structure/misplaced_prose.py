"""A text that speaks of another item than its own.

When an item is made from the one above it, a text can stay behind under a title that has nothing to do with it. Words
count in any of their forms, and those that any item may hold do not.

- A text of twelve words or more that shares none with the title, publication, links and picture of its item is remarked
  on when it has two or more of the title of another item; when it has 35 words or more and the item is about a
  publication, in any case.
- One paragraph of at least twelve words, when it shares none with its item and three or more with the title of another.
  Where it stands there too, `repeated-text` says so.

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
from composer.checks.stories import about, bodies, is_news, named, title
from composer.checks.wording import topics, words
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet
    from composer.checks.stories import Body
    from composer.edition import Entry

    _Titles = Mapping[int, frozenset[str]]

LEVEL = Level.WARNING

_SHORTEST = 12
_LONG = 35
"""In words. A shorter text may well be about something without naming it."""
_BOTH_FOREIGN = 2
_ENOUGH = 3
"""So many words of another title are no chance: fewer where the whole text is foreign to its own."""
_BEGINNING = 5
"""Letters after which two words count as forms of one: poverty, poor is none; education, educate is."""
_HINT = "it may stand under the wrong title: move it, or take it out"


def check(sheet: Sheet) -> Iterator[Remark]:
    """Put each text of the news, then each of its paragraphs, beside its own title and beside all others."""
    entries = [*sheet.edition.updates, *sheet.edition.reminders]
    titles = {id(entry): _of_title(entry) for entry in entries}
    for body in bodies(sheet.written):
        entry = body.entry
        if entry is None or not is_news(body.blocks[0]) or body.blocks[0].key != "body":
            continue
        remark = _of_text(body, entry, titles, sheet)
        yield from [remark] if remark else _of_paragraphs(body, entry, titles, sheet)


def _of_text(body: Body, own: Entry, titles: _Titles, sheet: Sheet) -> Remark | None:
    text = " ".join(block.text for block in body.blocks)
    if len(words(text)) < _SHORTEST or not _is_foreign(text, own):
        return None
    other = _spoken_of(text, own, titles, _BOTH_FOREIGN, sheet)
    if other and any(block.text in (other.item.body or "") for block in body.blocks):
        return None
    if other:
        return _remark(body.blocks[0], other, own, sheet)
    if own.item.publication and own.item.publication.title and len(words(text)) >= _LONG:
        message = f"this text shares no word with {title(own.item)!r} and its publication"
        return Remark(body.blocks[0].place(), message, _HINT)
    return None


def _of_paragraphs(body: Body, own: Entry, titles: _Titles, sheet: Sheet) -> Iterator[Remark]:
    for block in body.blocks:
        is_long = block.kind is BlockKind.PARAGRAPH and len(words(block.text)) >= _SHORTEST
        if is_long and _is_foreign(block.text, own):
            other = _spoken_of(block.text, own, titles, _ENOUGH, sheet)
            if other:
                yield _remark(block, other, own, sheet)


def _remark(block: Passage, other: Entry, own: Entry, sheet: Sheet) -> Remark:
    return Remark(block.place(), f"this speaks of {named(other, sheet)} and not of {title(own.item)!r}", _HINT)


def _spoken_of(text: str, own: Entry, titles: _Titles, enough: int, sheet: Sheet) -> Entry | None:
    """The one other item whose title the text has so many words of, and that does not hold the text itself."""
    entries = [*sheet.edition.updates, *sheet.edition.reminders]
    others = [entry for entry in entries if entry is not own and _is_named(topics(text), titles[id(entry)], enough)]
    return others[0] if len(others) == 1 and text not in (others[0].item.body or "") else None


def _is_named(spoken: frozenset[str], of_title: frozenset[str], enough: int) -> bool:
    """Whether a text has `enough` words of a title; fewer than three have to be half of it."""
    common = len(spoken & of_title)
    return common >= enough and (common >= _ENOUGH or 2 * common >= len(of_title))


def _of_title(entry: Entry) -> frozenset[str]:
    publication = entry.item.publication
    return topics(f"{entry.item.title} {(publication and publication.title) or ''}")


def _is_foreign(text: str, own: Entry) -> bool:
    """Whether no word of a text begins like one that its item uses of itself."""
    return _beginnings(topics(text)).isdisjoint(_beginnings(about(own.item)))


def _beginnings(stems: Iterable[str]) -> set[str]:
    return {stem[:_BEGINNING] for stem in stems}
