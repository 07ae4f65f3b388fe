"""The items of an issue as stories: their titles, their paragraphs in order, and whether two tell the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from composer.checks.passages import Source
from composer.checks.reading.words.wording import numbers, topics, words
from composer.edition.headline import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet
    from composer.edition import Entry
    from composer.issue import Item

_LITTLE = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "our", "the", "your"})
_SLIP_FROM = 6
"""Shorter words than this are another word when a letter changes."""


@dataclass(frozen=True, slots=True)
class Body:
    """The running text of one item or standing text: its blocks in their order."""

    blocks: tuple[Passage, ...]

    @property
    def entry(self) -> Entry | None:
        """The item that it belongs to."""
        return self.blocks[0].entry

    def after(self, number: int) -> Passage | None:
        """The block behind the block of that number."""
        return self.blocks[number + 1] if number + 1 < len(self.blocks) else None


def bodies(passages: Sequence[Passage]) -> Iterator[Body]:
    """The bodies and introductions among these passages."""
    gathered: list[Passage] = []
    for passage in passages:
        if gathered and (passage.loc != gathered[0].loc or passage.entry is not gathered[0].entry):
            yield Body(tuple(gathered))
            gathered = []
        if passage.key in {"body", "intro"}:
            gathered.append(passage)
    if gathered:
        yield Body(tuple(gathered))


def title(item: Item) -> str:
    """An item's title on one line."""
    return one_line(item.title)


def named(entry: Entry, sheet: Sheet) -> str:
    """How a finding speaks of an item: 'Its title', and where it stands."""
    where = f"line {entry.place.line}" if entry.first_in == sheet.issue.number else f"issue {entry.first_in}"
    return f"{title(entry.item)!r} ({where})"


def about(item: Item) -> frozenset[str]:
    """The stems of what an item says of itself outside its body: title, publication, links, event, picture."""
    parts = [item.title, *(link.text for link in item.links)]
    if item.publication:
        parts += filter(None, (item.publication.by, item.publication.title, item.publication.line))
    if item.event and item.event.place:
        parts.append(item.event.place)
    if item.image:
        parts.append(item.image.alt)
    return topics(" ".join(parts))


def are_alike(first: str, second: str) -> bool:
    """Whether two titles differ in nothing but order, small words, plurals of spelling and one slip of a letter."""
    if numbers(first) != numbers(second):
        return False
    left, right = _telling(first), _telling(second)
    if left == right:
        return bool(left)
    if len(left) != len(right):
        return False
    only_left, only_right = [w for w in left if w not in right], [w for w in right if w not in left]
    if len(only_left) != 1 or len(only_right) != 1:
        return False
    return is_slip(only_left[0], only_right[0])


def is_slip(first: str, second: str, shortest: int = _SLIP_FROM) -> bool:
    """Whether two words that begin alike differ by one letter: missing, too many, wrong, or two exchanged."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - most issues never ask

    if min(len(first), len(second)) < shortest or first[0] != second[0]:
        return False
    return OSA.distance(first, second, score_cutoff=1) <= 1


def tell_the_same(first: Item, second: Item) -> bool:
    """Whether two items are one story: the same id, or titles that are alike."""
    return first.key == second.key or are_alike(title(first), title(second))


def is_news(passage: Passage) -> bool:
    """Whether a passage was written for this issue and belongs to an item."""
    return passage.entry is not None and passage.source is Source.ISSUE


@lru_cache(1024)
def _telling(text: str) -> tuple[str, ...]:
    """The words of a title, sorted, but for the small ones; a capital A behind another word is a name: "Part A"."""
    cased = text.split()
    letters = ["part-a" for word in cased[1:] if word.strip(".,:;()") == "A"]
    return tuple(sorted([word for word in words(text) if word not in _LITTLE] + letters))
