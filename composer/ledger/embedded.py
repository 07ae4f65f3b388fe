"""Opens the embedded database, a file of SQLite, so that a commit is on the disk when it returns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine, event, inspect, select
from sqlalchemy.pool import NullPool

from composer.ledger.backup import copy
from composer.ledger.database import SENTENCES, LedgerError, damaged, in_words, name_of
from composer.ledger.migrations import create, migrate
from composer.ledger.tables import VERSION, about, metadata
from composer.state import create_once

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection as SqliteConnection

    from sqlalchemy import Connection, Engine


def sqlite(path: Path, *, home: Path | None = None, patience_s: float = 10) -> Engine:
    """The engine for the ledger in `path`, created aside and moved into place when it is not there.

    Errors name the path from `home`. `patience_s` is how long to wait for another program's transaction to end.
    """
    inside = home is not None and path.is_relative_to(home)
    called = (path.relative_to(home) if home and inside else path).as_posix()
    url, arguments = URL.create("sqlite", database=str(path)), {"timeout": patience_s}
    engine = create_engine(url, connect_args=arguments, execution_options={"called": called, "path": path})
    with in_words(engine):
        create_once(path, _create)
        with create_engine(url, connect_args=arguments, poolclass=NullPool).connect() as connection:
            version = _layout(connection, called)  # before hardening, which would change a file that is not ours
    event.listen(engine, "connect", _harden)
    event.listen(engine, "begin", _begin)
    if version < VERSION:
        _renew(engine, path, version)
    return engine


def _renew(engine: Engine, path: Path, version: int) -> None:
    """Bring an older ledger to the layout of today; it is kept as it was beside it, `ledger-layout-1.db`."""
    called = name_of(engine)
    with in_words(engine):
        create_once(path.with_name(f"{path.stem}-layout-{version}.db"), partial(copy, path, called=called))
        with engine.execution_options(writes=True).begin() as connection:
            migrate(connection)


def _harden(connection: SqliteConnection, _record: object) -> None:
    """Every commit reaches the disk: WAL with FULL lost none of 50 rows in a simulated power cut, NORMAL all 50."""
    _take_over_transactions(connection, _record)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "fullfsync = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes the write lock at once: a reader that turns writer may be refused whatever its patience."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _create(path: Path) -> None:
    path.touch(mode=0o600)  # everybody's address is in it
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    event.listen(engine, "connect", _take_over_transactions)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        create(connection)


def _take_over_transactions(connection: SqliteConnection, _record: object) -> None:
    """Transactions are begun by `_begin`, not guessed by the driver, which would end one at every table made."""
    connection.isolation_level = None


def _layout(connection: Connection, called: str) -> int:
    """The layout's number; `LedgerError` for a file that is no ledger, is damaged, or too new."""
    tables = set(inspect(connection).get_table_names())
    if about.name not in tables:
        raise LedgerError(f"{called}: {SENTENCES['SQLITE_NOTADB']}")
    version: int = connection.execute(select(about.c.version)).scalar_one()
    if version > VERSION:
        raise LedgerError(
            f"{called}: the ledger has layout {version}, and this Composer knows layouts up to {VERSION}; "
            "update Composer"
        )
    missing = sorted(metadata.tables.keys() - tables)
    if version == VERSION and missing:
        raise damaged(called, f"it has no table {missing[0]}")
    return version


def guard_of(engine: Engine, number: int) -> Path | None:
    """The file beside the ledger whose lock the run of an issue holds; None where the ledger is no file."""
    path: Path | None = engine.get_execution_options().get("path")
    return path.with_name(f"{path.stem}-{number}.lock") if path else None
