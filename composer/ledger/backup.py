"""Copies the embedded ledger while a mailing may be writing to it, and proves that a copy is whole.

Nothing here changes the ledger, not even to bring an older one to the layout of today: the copy is what was there.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.ledger.database import SENTENCES, LedgerBusyError, LedgerError, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE_S = 10.0
_SUMS = (
    "SELECT number, planned, (SELECT count(*) FROM deliveries WHERE deliveries.number = mailings.number) "
    "FROM mailings ORDER BY number"
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a copy of the ledger holds."""

    mailings: int
    deliveries: int
    in_hand: tuple[int, ...]
    """The issues that somebody was sending when it was made."""


def copy(ledger: Path, to: Path, *, called: str) -> None:
    """Copy the ledger as it is at one moment; whoever writes to it goes on. Errors call it `called`.

    The copy is one file without a journal beside it. SQLite's online backup takes it in one step from the view of one
    transaction, so that a writer in another process neither waits nor has it begin anew.
    """
    with _in_words(called), closing(_opened(ledger)) as source, closing(_opened(to)) as target:
        source.execute("BEGIN")
        _look(source, called)  # takes the view; the backup itself would wait for ever for a ledger that is held
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def prove(copy: Path, *, called: str) -> Holding:
    """What the copy holds; `LedgerError` when it is damaged or the sum of a mailing is wrong."""
    with _in_words(called), closing(_opened(copy)) as connection:
        _look(connection, called)
        [(found,)] = connection.execute("PRAGMA integrity_check(1)")
        if found != "ok":
            raise damaged(called, str(found).splitlines()[-1])
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise damaged(called, "it holds deliveries of no mailing")
        sums = connection.execute(_SUMS).fetchall()
        for number, planned, stand in sums:
            if planned != stand:
                raise damaged(called, f"{planned} were planned for issue {number}, and {stand} are there")
        in_hand = tuple(number for (number,) in connection.execute("SELECT number FROM locks ORDER BY number"))
    return Holding(len(sums), sum(stand for _, _, stand in sums), in_hand)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)


def _look(connection: sqlite3.Connection, called: str) -> None:
    if not connection.execute("SELECT name FROM sqlite_schema WHERE name = 'about'").fetchone():
        raise LedgerError(f"{called}: {SENTENCES['SQLITE_NOTADB']}")


@contextmanager
def _in_words(called: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        symptom = getattr(error, "sqlite_errorname", None) or ""
        if symptom.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise LedgerBusyError(f"{called}: another program holds the ledger; run the same command again") from error
        known = next((sentence for prefix, sentence in SENTENCES.items() if symptom.startswith(prefix)), None)
        raise (LedgerError(f"{called}: {known}") if known else damaged(called, str(error))) from error
