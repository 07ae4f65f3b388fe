"""A text that speaks of another item than its own.

When an item is made from the one above it, a text can stay behind under a title that has nothing to do with it. Words
count in any of their forms; those that any item may hold, or that a third item of the issue has too, do not.

- A text of twelve words or more that shares none with the title, publication, links and picture of its item is remarked
  on when it has two or more of the title of another item; when it has 28 words or more and the item is about a
  publication, in any case.
- One paragraph of at least twelve words, when it shares none with its item and three or more with the title of another.
  Where it stands there too, `repeated-text` says so.

Lists, and items whose title says as good as nothing ("Reports", "One way in"), are left alone.

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

from collections import Counter
from typing import TYPE_CHECKING

from composer.checks.reading.words.stories import about, bodies, is_news, named, title
from composer.checks.reading.words.wording import topics, words
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.checks.passages import Passage
    from composer.checks.reading.words.stories import Body
    from composer.checks.sheet import Sheet
    from composer.edition import Entry

LEVEL = Level.WARNING

_SHORTEST = 12
_LONG = 28
"""In words. A shorter text may well be about something without naming it."""
_TELLING = 2
"""A title and what belongs to it with fewer words of its own says nothing."""
_RARE = 2
"""In how many items a word may stand: in this one and in the one that it is about."""
_BOTH_FOREIGN = 2
_ENOUGH = 3
"""So many words of another title are no chance: fewer where the whole text is foreign to its own."""
_BEGINNING = 5
"""Letters after which two words count as forms of one: poverty, poor is none; education, educate is."""
_HINT = "it may stand under the wrong title: move it, or take it out"


def check(sheet: Sheet) -> Iterator[Remark]:
    """Put each text of the news, then each of its paragraphs, beside its own title and beside all others."""
    issue = _Issue(sheet)
    for body in bodies(sheet.written):
        entry = body.entry
        is_text = is_news(body.blocks[0]) and body.blocks[0].key == "body"
        if entry is not None and is_text and len(about(entry.item)) >= _TELLING:
            remark = _of_text(body, entry, issue)
            yield from [remark] if remark else _of_paragraphs(body, entry, issue)


class _Issue:
    """The items of an issue by what their titles, and what they as a whole, are about."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.entries = [*sheet.edition.updates, *sheet.edition.reminders]
        self._titles = {id(entry): _of_title(entry) for entry in self.entries}
        texts = (f"{entry.item.title} {entry.item.body or ''}" for entry in self.entries)
        self._spoken = Counter(topic for text in texts for topic in topics(text))

    def spoken_of(self, text: str, own: Entry, enough: int) -> Entry | None:
        """The one other item whose title the text has so many rare words of, and that does not hold the text itself."""
        rare = frozenset(topic for topic in topics(text) if self._spoken[topic] <= _RARE)
        others = [entry for entry in self.entries if entry is not own and self._is_named(rare, entry, enough)]
        return others[0] if len(others) == 1 and text not in (others[0].item.body or "") else None

    def _is_named(self, spoken: frozenset[str], entry: Entry, enough: int) -> bool:
        """Whether these are `enough` words of a title; fewer than three have to be half of it."""
        of_title = self._titles[id(entry)]
        common = len(spoken & of_title)
        return common >= enough and (common >= _ENOUGH or 2 * common >= len(of_title))


def _of_text(body: Body, own: Entry, issue: _Issue) -> Remark | None:
    text = " ".join(block.text for block in body.blocks)
    if len(words(text)) < _SHORTEST or not _is_foreign(text, own):
        return None
    prose = " ".join(block.text for block in body.blocks if block.kind is BlockKind.PARAGRAPH)
    other = issue.spoken_of(prose, own, _BOTH_FOREIGN)
    if other and any(block.text in (other.item.body or "") for block in body.blocks):
        return None
    if other:
        return _remark(body.blocks[0], other, own, issue)
    if own.item.publication and own.item.publication.title and len(words(text)) >= _LONG:
        message = f"this text shares no word with {title(own.item)!r} and its publication"
        return Remark(body.blocks[0].place(), message, _HINT)
    return None


def _of_paragraphs(body: Body, own: Entry, issue: _Issue) -> Iterator[Remark]:
    for block in body.blocks:
        is_long = block.kind is BlockKind.PARAGRAPH and len(words(block.text)) >= _SHORTEST
        if is_long and _is_foreign(block.text, own):
            other = issue.spoken_of(block.text, own, _ENOUGH)
            if other:
                yield _remark(block, other, own, issue)


def _remark(block: Passage, other: Entry, own: Entry, issue: _Issue) -> Remark:
    message = f"this speaks of {named(other, issue.sheet)} and not of {title(own.item)!r}"
    return Remark(block.place(), message, _HINT)


def _of_title(entry: Entry) -> frozenset[str]:
    publication = entry.item.publication
    return topics(f"{entry.item.title} {(publication and publication.title) or ''}")


def _is_foreign(text: str, own: Entry) -> bool:
    """Whether no word of a text begins like one that its item uses of itself."""
    return _beginnings(topics(text)).isdisjoint(_beginnings(about(own.item)))


def _beginnings(stems: Iterable[str]) -> set[str]:
    return {stem[:_BEGINNING] for stem in stems}
