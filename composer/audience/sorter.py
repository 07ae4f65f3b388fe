"""Who is in which segment."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from composer.audience.lists import column_name
from composer.audience.person import groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.audience.segments import Conditions, Segment


@dataclass(frozen=True, slots=True)
class _Rule:
    """A segment made ready for comparing."""

    lists: frozenset[str]
    where: tuple[tuple[str, frozenset[str]], ...]
    unless: tuple[tuple[str, frozenset[str]], ...]

    def holds(self, lists: frozenset[str], said: Mapping[str, frozenset[str]]) -> bool:
        """Whether it takes somebody on these lists, who says these words under each column."""
        return (
            not self.lists.isdisjoint(lists)
            and all(not words.isdisjoint(said[column]) for column, words in self.where)
            and all(words.isdisjoint(said[column]) for column, words in self.unless)
        )


class Sorter:
    """Says which segments somebody is in; equal answers are one object, since a million people share a few."""

    def __init__(self, segments: Mapping[str, Segment]) -> None:
        rules = {name: _rule(segment) for name, segment in segments.items()}
        self.words: dict[str, frozenset[str]] = {}
        """The columns that the segments look at, and the folded words that they look for."""
        for column, words in (pair for rule in rules.values() for pair in rule.where + rule.unless):
            self.words[column] = self.words.get(column, frozenset()) | words
        known: dict[frozenset[str], frozenset[str]] = {}
        self._answer = lru_cache(maxsize=4096)(partial(_answer, rules, tuple(self.words), known))

    def segments_of(self, lists: frozenset[str], fields: Mapping[str, str]) -> frozenset[str]:
        """Every segment that somebody on these lists, with these fields, is in."""
        return self._answer(lists, *map(fields.get, self.words))


def texts(column: str, cell: str | None) -> tuple[str, ...]:
    """What a cell says: its groups, or itself; nothing when it is empty."""
    if not cell:
        return ()
    return groups(cell) if column == "groups" else (cell,)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as it is compared: upper and lower case, and any spaces, are the same."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def _rule(segment: Segment) -> _Rule:
    return _Rule(frozenset(segment.lists), _folded(segment.where), _folded(segment.except_))


def _folded(conditions: Conditions) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((column_name(heading), frozenset(map(folded, words))) for heading, words in conditions.items())


def _answer(
    rules: Mapping[str, _Rule],
    columns: tuple[str, ...],
    known: dict[frozenset[str], frozenset[str]],
    lists: frozenset[str],
    *cells: str | None,
) -> frozenset[str]:
    said = {column: frozenset(map(folded, texts(column, cell))) for column, cell in zip(columns, cells, strict=True)}
    found = frozenset(name for name, rule in rules.items() if rule.holds(lists, said))
    return known.setdefault(found, found)
