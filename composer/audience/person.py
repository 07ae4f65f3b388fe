"""Somebody on the lists: one address, and what all its rows say together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composer.errors import Place

# Whoever writes "Dr Moor" is not to be greeted "Dear Dr".
_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"),
        *("cllr", "councillor", "councilor", "rt", "hon", "sir", "dame", "lord", "lady", "baroness"),
        *("rev", "revd", "reverend", "canon", "fr", "col", "capt", "captain", "sgt", "judge"),
    }
)


@dataclass(slots=True)
class Person:
    """One address with its fields and the lists that it stands on."""

    address: str
    fields: dict[str, str]
    lists: frozenset[str]
    place: Place
    """The first row that named the address."""

    @property
    def key(self) -> str:
        """The identity of the address: what is equal here is the same person."""
        return self.address.casefold()

    def learn(self, fields: dict[str, str]) -> None:
        """Take what a later row adds: values where there was none, and further groups."""
        if "groups" in fields and "groups" in self.fields:
            self.fields["groups"] = _united(self.fields["groups"], fields["groups"])
        for column, value in fields.items():
            self.fields.setdefault(column, value)


@lru_cache(maxsize=4096)
def groups(cell: str) -> tuple[str, ...]:
    """The groups that a cell names, separated by semicolons."""
    return tuple(filter(None, map(str.strip, cell.split(";"))))


def _united(first: str, second: str) -> str:
    by_name = {name.casefold(): name for name in reversed(groups(first) + groups(second))}
    return "; ".join(reversed(by_name.values()))


def first_name(name: str) -> str | None:
    """The first word of a full name, unless that is a title, an initial or a surname followed by a comma."""
    word = name.split(maxsplit=1)[0] if name else ""
    return word if _is_name(word) else None


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    is_word = len(word) > 1 and re.fullmatch(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", word)
    return bool(is_word) and word.casefold() not in _TITLES
