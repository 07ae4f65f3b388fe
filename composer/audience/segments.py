"""`recipients/segments.yaml`: names for parts of the audience, and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from composer.audience.lists import column_name
from composer.audience.sorter import folded
from composer.errors import Finding, Level, did_you_mean
from composer.fields import Line, Slug
from composer.source import Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def findings(loaded: Loaded[Segments], roll: Roll, said: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """What does not fit between the segments and the lists: unknown lists, columns and words.

    `said` is what stands under each column that a segment looks at, by its folded form.
    """
    known = {column: said[column] for column in said if column in roll.columns}
    for name, segment in (loaded.value or {}).items():
        for index, listed in enumerate(segment.lists):
            if listed not in roll.lists:
                hint = did_you_mean(listed, roll.lists)
                place = loaded.places.at(name, "lists", index)
                yield Finding(place, Level.ERROR, "segment", f"there is no list {listed}.csv", hint)
        if all(map(roll.lists.get, segment.lists)):  # not while a list is missing or broken: its columns are unknown
            yield from _unknown_columns(name, segment, loaded, roll.columns)
            yield from _unknown_words(name, segment, loaded, known)


def _unknown_columns(
    name: str, segment: Segment, loaded: Loaded[Segments], columns: frozenset[str]
) -> Iterator[Finding]:
    for word, heading, _ in segment.conditions():
        column = column_name(heading)
        if column not in columns:
            place = loaded.places.key(name, word, heading)
            hint = did_you_mean(column, columns)
            yield Finding(place, Level.ERROR, "segment", f"no list has a column {heading!r}", hint)


def _unknown_words(
    name: str, segment: Segment, loaded: Loaded[Segments], said: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    for word, heading, words in segment.conditions():
        column = column_name(heading)
        spellings = said.get(column)
        for index, text in enumerate(words):
            if spellings is not None and folded(text) not in spellings:
                place = loaded.places.at(name, word, heading, index)
                hint = did_you_mean(text, spellings.values())
                yield Finding(place, Level.WARNING, "segment", f"nobody has {text!r} under {column}", hint)
