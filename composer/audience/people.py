"""Everybody on the lists, once, in the order of their first rows. They live in a scratch file, not in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import repeat
from typing import TYPE_CHECKING

from composer.audience.person import Person, first_name
from composer.audience.scratch import Scratch
from composer.errors import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from composer.audience.lists import Entry
    from composer.audience.scratch import Row

_BETWEEN = "\t"
"""What separates cells; a cleaned cell holds none."""

_ALWAYS = ("email", "name", "first_name")
"""Whatever the headings: a name may come from `Name <address>`, and a first name from a name."""

_KINDS = 10_000
"""Of so many kinds people are counted before the counts are handed on."""


@dataclass(frozen=True, slots=True)
class Kind:
    """People who differ in nothing that was asked about."""

    lists: frozenset[str]
    fields: Mapping[str, str]
    """The columns asked about as they are; of the others, which are filled."""
    count: int


@dataclass(frozen=True, slots=True)
class _Sheets:
    """A file that people are read from, or several: what follows for whoever stands on all of them."""

    lists: frozenset[str]
    path: str
    """The first of them."""
    has_first_names: bool

    @classmethod
    def numbered(cls, every: list[_Sheets], numbers: str) -> _Sheets:
        """Those with these numbers, as a row holds them: `0 2`."""
        those = [every[int(number)] for number in numbers.split()]
        lists = frozenset().union(*(sheet.lists for sheet in those))
        return cls(lists, those[0].path, any(sheet.has_first_names for sheet in those))


class People:
    """The people by the identity of their address; each is one row of the scratch file.

    A row holds the cells under all columns so far, so that it ends where a later list brings another column, and the
    numbers of the sheets that name the person, the first of which is where they stand.
    """

    def __init__(self) -> None:
        self._scratch = Scratch()
        self._columns = dict.fromkeys(_ALWAYS)
        self._sheets: list[_Sheets] = []
        self._together = lru_cache(maxsize=4096)(partial(_Sheets.numbered, self._sheets))
        self._count = 0

    def begin(self, name: str, path: str, columns: Collection[str]) -> None:
        """What is entered from here on stands on this list."""
        self._sheets.append(_Sheets(frozenset((name,)), path, "first_name" in columns))
        self._columns |= dict.fromkeys(columns)

    def enter(self, entry: Entry) -> Place | None:
        """Take an entry in. Somebody who is there already learns from it; the answer is the place where they stand."""
        key = entry.address.casefold()
        sheet = str(len(self._sheets) - 1)
        row = (self._packed(entry.fields, sheet), sheet, entry.place.line, entry.place.column)
        known = self._scratch.enter(key, row)
        if known is None:
            self._count += 1
            return None
        return self._taught(known, entry, sheet)

    def of_address(self, key: str) -> Person | None:
        """Who has this address (casefolded)."""
        row = self._scratch.find(key)
        return self._person(row) if row else None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Person]:
        return map(self._person, self._scratch)

    def domains(self, at_least: int) -> Iterator[tuple[str, int]]:
        """The domains that so many people or more are at, and how many are; by name, counted on disk."""
        return self._scratch.domains(at_least)

    def at_domains(self, domains: Iterable[str]) -> Iterator[Person]:
        """Whoever is at one of these domains."""
        return map(self._person, self._scratch.at_domains(domains))

    def of_local_parts(self, words: Iterable[str]) -> Iterator[Person]:
        """Whoever has one of these (casefolded) in front of the @."""
        return map(self._person, self._scratch.of_local_parts(words))

    def kinds(self, columns: Collection[str]) -> Iterator[Kind]:
        """Everybody, counted by their lists, what they have under `columns`, and which other columns are filled."""
        asked = [column in columns for column in self._columns]
        counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for cells, sheets, _, _ in self._scratch:
            named = zip(asked, cells.split(_BETWEEN), strict=False)
            counts[sheets, tuple([cell if ask else cell and "…" for ask, cell in named])] += 1
            if len(counts) == _KINDS:
                yield from self._counted(counts)
                counts.clear()
        yield from self._counted(counts)

    def _counted(self, counts: Counter[tuple[str, tuple[str, ...]]]) -> Iterator[Kind]:
        for (sheets, cells), count in counts.items():
            yield Kind(self._together(sheets).lists, self._fields(cells), count)

    def _taught(self, row: Row, entry: Entry, sheet: str) -> Place:
        """What the entry says is added to somebody's row; the answer is the place where they stand."""
        person, sheets = self._person(row), row[1]
        if not self._together(sheets).has_first_names:
            person.fields.pop("first_name", None)
        person.learn(entry.fields)
        if sheet not in sheets.split():
            sheets = f"{sheets} {sheet}"
        self._scratch.change(person.key, cells=self._packed(person.fields, sheets), sheets=sheets)
        return person.place

    def _packed(self, fields: dict[str, str], sheets: str) -> str:
        """The cells of a row, with the first name that follows from a name unless a list has a column for it."""
        if not self._together(sheets).has_first_names:
            fields = fields | {"first_name": first_name(fields.get("name", "")) or ""}
        return _BETWEEN.join(map(fields.get, self._columns, repeat(""))).rstrip(_BETWEEN)

    def _person(self, row: Row) -> Person:
        cells, sheets, line, column = row
        together = self._together(sheets)
        fields = self._fields(cells.split(_BETWEEN))
        return Person(fields["email"], fields, together.lists, Place(together.path, line, column))

    def _fields(self, cells: Collection[str]) -> dict[str, str]:
        return {column: cell for column, cell in zip(self._columns, cells, strict=False) if cell}
