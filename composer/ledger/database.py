"""Opens the ledger's database so that a commit is on the disk when it returns, and says in words what is wrong."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine, event, inspect, select
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound
from sqlalchemy.pool import NullPool

from composer.errors import ComposerError, TryAgainError
from composer.ledger.tables import VERSION, about, metadata
from composer.state import create_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from sqlite3 import Connection as SqliteConnection

    from sqlalchemy import Connection, Engine


class LedgerError(ComposerError):
    """The ledger cannot be read or written: nothing may be sent, because nobody would know of it."""


class LedgerBusyError(TryAgainError, LedgerError):
    """Another program holds the ledger at this moment."""


_SENTENCES = {
    "SQLITE_FULL": "the disk is full, so nothing more can be recorded; make room and run the same command again",
    "SQLITE_READONLY": "the ledger may not be written to; look at the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "the ledger cannot be opened; look at the permissions of the file and its folder",
    "SQLITE_NOTADB": "this file is not a ledger; move it away or restore the right one from a backup",
    "SQLITE_IOERR": "the disk does not answer properly; nothing can be recorded safely, so nothing is sent",
}
_BUSY = "another program holds the ledger; close whatever has it open and run the same command again"
_UNSOUND = (NoResultFound, MultipleResultsFound, LookupError, TypeError, ValueError)
"""What reading ends in that meets a missing row, an unknown state, broken JSON or text for a number."""


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Turn a database's complaints into one sentence; the run stops, before the dot if it was about to send."""
    name = name_of(engine)
    try:
        yield
    except DBAPIError as error:
        raise _explained(error, name) from error
    except OSError as error:
        raise LedgerError(f"{name}: the ledger cannot be made: {error.strerror or error}") from error
    except _UNSOUND as error:
        raise damaged(name, "it holds what Composer never writes") from error


def name_of(engine: Engine) -> str:
    """What the ledger's file is called where users read of it."""
    return str(engine.get_execution_options().get("called", "the ledger"))


def damaged(name: str, why: str) -> LedgerError:
    """The error for a ledger that says what cannot be."""
    return LedgerError(f"{name} is damaged ({why}); restore it from a backup before anything is sent")


def _explained(error: DBAPIError, name: str) -> LedgerError:
    symptom: str = getattr(error.orig, "sqlite_errorname", None) or ""
    if symptom.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerBusyError(f"{name}: {_BUSY}")
    known = next((sentence for prefix, sentence in _SENTENCES.items() if symptom.startswith(prefix)), "")
    if known:
        return LedgerError(f"{name}: {known}")
    if isinstance(error.orig, sqlite3.Error):
        return damaged(name, str(error.orig).splitlines()[0])
    return LedgerError(f"{name}: {error.orig}")


def sqlite(path: Path, *, home: Path | None = None, patience_s: float = 10) -> Engine:
    """The engine for the ledger in `path`, created aside and moved into place when it is not there.

    Errors name the path from `home`. `patience_s` is how long to wait for another program's transaction to end.
    """
    inside = home is not None and path.is_relative_to(home)
    called = (path.relative_to(home) if home and inside else path).as_posix()
    url, arguments = URL.create("sqlite", database=str(path)), {"timeout": patience_s}
    engine = create_engine(url, connect_args=arguments, execution_options={"called": called})
    with in_words(engine):
        create_once(path, _create)
        with create_engine(url, connect_args=arguments, poolclass=NullPool).connect() as connection:
            _check_layout(connection, called)  # before hardening, which would change a file that is not ours
    event.listen(engine, "connect", _harden)
    event.listen(engine, "begin", _begin)
    return engine


def _harden(connection: SqliteConnection, _record: object) -> None:
    """Every commit reaches the disk: WAL with FULL lost none of 50 rows in a simulated power cut, NORMAL all 50."""
    connection.isolation_level = None  # transactions are begun by `_begin`, not guessed by the driver
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "fullfsync = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes the write lock at once: a reader that turns writer may be refused whatever its patience."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _create(path: Path) -> None:
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(about.insert().values(version=VERSION))


def _check_layout(connection: Connection, called: str) -> None:
    tables = set(inspect(connection).get_table_names())
    if about.name not in tables:
        raise LedgerError(f"{called}: {_SENTENCES['SQLITE_NOTADB']}")
    version = connection.execute(select(about.c.version)).scalar_one()
    if version > VERSION:
        raise LedgerError(
            f"{called}: the ledger has layout {version}, and this Composer knows layouts up to {VERSION}; "
            "update Composer"
        )
    missing = sorted(metadata.tables.keys() - tables)
    if missing:
        raise damaged(called, f"it has no table {missing[0]}")
