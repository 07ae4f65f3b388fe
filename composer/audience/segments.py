"""`recipients/segments.yaml`: names for parts of the audience, and who belongs to them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from composer.audience.lists import column_name
from composer.audience.person import groups
from composer.errors import Finding, Level, did_you_mean
from composer.fields import Line, Slug
from composer.source import Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from composer.audience.person import Person
    from composer.audience.roll import Roll
    from composer.source import Loaded


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[Line, ...], BeforeValidator(_as_list, json_schema_input_type=Line | tuple[Line, ...])]
"""One text, or a list of texts any of which will do."""

Conditions = dict[Line, Words]
"""A column and what may stand in it; upper and lower case are the same, `groups` holds several."""


class Segment(Model):
    """A part of the audience: whoever is on one of the lists, fulfils all of `where` and nothing of `except`."""

    lists: tuple[Line, ...] = Field(min_length=1, description="File names in recipients/, without .csv")
    where: Conditions = Field(default_factory=dict, description="Only those; every column named has to match")
    except_: Conditions = Field(default_factory=dict, alias="except", description="Not those; one match is enough")

    def conditions(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Each condition as it stands in the file: `where` or `except`, the column's heading, the words."""
        for word, conditions in (("where", self.where), ("except", self.except_)):
            for heading, words in conditions.items():
                yield word, heading, words


Segments = dict[Slug, Segment]
"""The whole file: segments by name."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A segment made ready for comparing."""

    lists: frozenset[str]
    where: tuple[tuple[str, frozenset[str]], ...]
    unless: tuple[tuple[str, frozenset[str]], ...]

    def holds(self, person: Person) -> bool:
        return (
            not self.lists.isdisjoint(person.lists)
            and all(not words.isdisjoint(_said(column, person)) for column, words in self.where)
            and all(words.isdisjoint(_said(column, person)) for column, words in self.unless)
        )


class Sorter:
    """Says which segments a person is in; equal answers are one object, since a hundred thousand people share a few."""

    def __init__(self, segments: Mapping[str, Segment]) -> None:
        self._rules = {name: _rule(segment) for name, segment in segments.items()}
        pairs = (pair for rule in self._rules.values() for pair in rule.where + rule.unless)
        self._columns = tuple(sorted({column for column, _ in pairs}))
        self._by_answers: dict[tuple[object, ...], frozenset[str]] = {}
        self._interned: dict[frozenset[str], frozenset[str]] = {}

    def segments_of(self, person: Person) -> frozenset[str]:
        """Every segment that the person is in."""
        answers = (person.lists, *map(person.fields.get, self._columns))
        if answers not in self._by_answers:
            found = frozenset(name for name, rule in self._rules.items() if rule.holds(person))
            self._by_answers[answers] = self._interned.setdefault(found, found)
        return self._by_answers[answers]


def findings(loaded: Loaded[Segments], roll: Roll) -> Iterator[Finding]:
    """What does not fit between the segments and the lists: unknown lists, columns and words."""
    for name, segment in (loaded.value or {}).items():
        for index, listed in enumerate(segment.lists):
            if listed not in roll.lists:
                hint = did_you_mean(listed, roll.lists)
                place = loaded.places.at(name, "lists", index)
                yield Finding(place, Level.ERROR, "segment", f"there is no list {listed}.csv", hint)
        if all(map(roll.lists.get, segment.lists)):  # not while a list is missing or broken: its columns are unknown
            yield from _condition_findings(name, segment, loaded, roll)


def _condition_findings(name: str, segment: Segment, loaded: Loaded[Segments], roll: Roll) -> Iterator[Finding]:
    for word, heading, words in segment.conditions():
        column = column_name(heading)
        if column not in roll.columns:
            hint = did_you_mean(column, roll.columns)
            place = loaded.places.key(name, word, heading)
            yield Finding(place, Level.ERROR, "segment", f"no list has a column {heading!r}", hint)
            continue
        said = _all_said(column, roll)
        for index, text in enumerate(words):
            if _folded(text) not in said:
                place = loaded.places.at(name, word, heading, index)
                hint = did_you_mean(text, said.values())
                yield Finding(place, Level.WARNING, "segment", f"nobody has {text!r} under {column}", hint)


def _all_said(column: str, roll: Roll) -> dict[str, str]:
    """Everything that stands under a column, folded, with its first spelling."""
    cells = dict.fromkeys(person.fields.get(column, "") for person in roll.people.values())
    texts = [text for cell in cells for text in (groups(cell) if column == "groups" else (cell,)) if text]
    return {_folded(text): text for text in reversed(texts)}


def _rule(segment: Segment) -> _Rule:
    where, unless = (
        tuple((column_name(heading), frozenset(map(_folded, words))) for heading, words in conditions.items())
        for conditions in (segment.where, segment.except_)
    )
    return _Rule(frozenset(segment.lists), where, unless)


def _said(column: str, person: Person) -> frozenset[str]:
    cell = person.fields.get(column)
    return _group_words(cell) if cell and column == "groups" else frozenset((_folded(cell),) if cell else ())


@lru_cache(maxsize=4096)
def _group_words(cell: str) -> frozenset[str]:
    return frozenset(map(_folded, groups(cell)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())
