"""Rows by key, on disk instead of in memory: a million people would fill 700 MB as objects, and here they fill 10.

A SQLite database without a name is private to its connection: it stays in a bounded cache while it is small, spills
into an unlinked file of the temporary folder when it is not, and is gone once closed, even by a crash. So this is
memory, not state: nothing is kept, shared or read again, and that is why paper may use it.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from typing import TYPE_CHECKING, Any

from composer.errors import TryAgainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = tuple[str, str, int, int]
"""Cells, sheets, line and column; what they mean is for `composer.audience.people` to know."""

_CACHE_KB = 8_000

_SET_UP = (
    f"PRAGMA cache_size = -{_CACHE_KB}",
    "PRAGMA journal_mode = OFF",  # nothing is ever rolled back
    "PRAGMA secure_delete = OFF",
    "CREATE TABLE row (at INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, cells TEXT, sheets TEXT, line INT, col INT)",
    "BEGIN",
)
_ENTER = "INSERT INTO row (key, cells, sheets, line, col) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_FIND = "SELECT cells, sheets, line, col FROM row WHERE key = ?"
_ALL = "SELECT cells, sheets, line, col FROM row ORDER BY at"
_DOMAIN = "substr(key, instr(key, '@') + 1)"
_LOCAL_PART = "substr(key, 1, instr(key, '@') - 1)"
_DOMAINS = f"SELECT {_DOMAIN}, count(*) FROM row GROUP BY 1 HAVING count(*) >= ?"  # noqa: S608 - ours
_WHOSE = "SELECT cells, sheets, line, col FROM row WHERE {} IN (SELECT value FROM json_each(?)) ORDER BY at"
_CHANGE = "UPDATE row SET cells = ?, sheets = ? WHERE key = ?"


class ScratchError(TryAgainError):
    """The temporary folder has no room, or cannot be written."""

    def __init__(self, error: sqlite3.Error) -> None:
        super().__init__(f"the lists do not fit into the temporary folder ({error}); make room there, and try again")


class Scratch:
    """Rows in the order in which they were entered, each under a key of its own; closed with its last user.

    Any method raises `ScratchError` when the temporary folder fails.
    """

    def __init__(self) -> None:
        # Whatever thread lets go of it last closes it; SQLite itself serialises.
        connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, connection.close)
        self._connection = connection
        for statement in _SET_UP:
            self._execute(statement)

    def enter(self, key: str, row: Row) -> Row | None:
        """Enter a row under a new key; the row that a known key has, which stays as it is."""
        is_new = self._execute(_ENTER, (key, *row)).rowcount == 1
        return None if is_new else self.find(key)

    def find(self, key: str) -> Row | None:
        """The row of a key."""
        row: Row | None = self._execute(_FIND, (key,)).fetchone()
        return row

    def change(self, key: str, *, cells: str, sheets: str) -> None:
        """Put other cells and sheets into the row of a key."""
        self._execute(_CHANGE, (cells, sheets, key))

    def domains(self, at_least: int) -> Iterator[tuple[str, int]]:
        """What stands behind the @ of so many keys or more, and of how many; sorted, counted on disk."""
        return self._each(_DOMAINS, (at_least,))

    def at_domains(self, domains: Iterable[str]) -> Iterator[Row]:
        """The rows whose keys have one of these behind the @."""
        return self._each(_WHOSE.format(_DOMAIN), (json.dumps([*domains]),))

    def of_local_parts(self, words: Iterable[str]) -> Iterator[Row]:
        """The rows whose keys have one of these in front of the @."""
        return self._each(_WHOSE.format(_LOCAL_PART), (json.dumps([*words]),))

    def __iter__(self) -> Iterator[Row]:
        return self._each(_ALL)

    def _each(self, statement: str, parameters: tuple[str | int, ...] = ()) -> Iterator[Any]:
        try:
            yield from self._execute(statement, parameters)
        except sqlite3.Error as error:
            raise ScratchError(error) from error

    def _execute(self, statement: str, parameters: tuple[str | int, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, parameters)
        except sqlite3.Error as error:
            raise ScratchError(error) from error
