"""What is known of the people as numbers, so that nobody goes through a million of them to learn it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.audience.sorter import folded, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.audience.people import People
    from composer.audience.sorter import Sorter

_SPELLINGS = 10_000
"""So many different cells of a column are remembered for a hint."""


@dataclass(frozen=True, slots=True)
class Census:
    """Everybody counted once, those in no segment too."""

    people: Mapping[frozenset[str], int]
    """How many are in exactly these segments."""
    filled: Mapping[frozenset[str], Counter[str]]
    """How many of them have something in each column."""
    said: Mapping[str, Mapping[str, str]]
    """What stands under each column that a segment looks at, folded, with its first spelling: every word that the
    segments ask for, and so much of the rest that a hint can name what was meant."""


def counted(people: People, sorter: Sorter) -> Census:
    """The census of everybody on the lists."""
    members: Counter[frozenset[str]] = Counter()
    filled: defaultdict[frozenset[str], Counter[str]] = defaultdict(Counter)
    said: dict[str, dict[str, str]] = {column: {} for column in sorter.words}
    for kind in people.kinds(sorter.words):
        segments = sorter.segments_of(kind.lists, kind.fields)
        members[segments] += kind.count
        for column in kind.fields:
            filled[segments][column] += kind.count
        for column, spellings in said.items():
            _note(spellings, texts(column, kind.fields.get(column)), sorter.words[column])
    return Census(members, filled, said)


def _note(spellings: dict[str, str], found: tuple[str, ...], asked: frozenset[str]) -> None:
    for text in found:
        word = folded(text)
        if word in asked or len(spellings) < _SPELLINGS:
            spellings.setdefault(word, text)
