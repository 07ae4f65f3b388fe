"""Older ledgers, as Composer wrote them then (tests/ledger/layouts), opened by the Composer of today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, Table, inspect

from composer.ledger import Answer, Ledger, LedgerError, State, embedded, migrations
from composer.ledger.embedded import sqlite as opened
from composer.ledger.tables import VERSION, metadata
from tests.ledger.conftest import ROBIN, Clock, deliveries, waiting

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.sql"))


def older(path: Path, layout: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout.read_text(encoding="utf-8"))


def test_every_older_layout_has_an_example() -> None:
    assert [path.stem for path in LAYOUTS] == [str(number) for number in range(1, VERSION)]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_an_older_ledger_goes_on_where_it_stopped(path: Path, clock: Clock, layout: Path) -> None:
    older(path, layout)
    with Ledger(opened(path), clock) as ledger:
        assert [one.state for one in deliveries(ledger)] == [State.SENT, State.SENDING, State.PLANNED]
        record = ledger.read(653)
        assert record is not None
        assert set(record.domains) == {"example.org"}
        with ledger.run(653, ROBIN) as run:
            assert [one.begun_at is not None for one in run.in_doubt()] == [True]
            (cat,) = waiting(run)
            run.begin(cat.id)
            run.settle(Answer(cat.id, State.SENT))
        assert [one.state for one in deliveries(ledger)] == [State.SENT, State.IN_DOUBT, State.SENT]
        assert ledger.annals.deeds(653) == ()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_its_tables_are_those_of_a_new_one(path: Path, layout: Path) -> None:
    older(path, layout)
    old, new = opened(path), opened(path.with_name("new.db"))
    for table in metadata.tables:
        columns = [
            {(column["name"], str(column["type"]), column["nullable"]) for column in inspect(engine).get_columns(table)}
            for engine in (old, new)
        ]
        assert columns[0] == columns[1], table
        indexes = [{index["name"] for index in inspect(engine).get_indexes(table)} for engine in (old, new)]
        assert indexes[0] == indexes[1], table
        for look in ("get_pk_constraint", "get_foreign_keys", "get_unique_constraints"):
            assert getattr(inspect(old), look)(table) == getattr(inspect(new), look)(table), table
    old.dispose()
    new.dispose()


def test_a_step_makes_the_tables_of_its_own_time(path: Path) -> None:
    of_tomorrow = Table("of_tomorrow", metadata, Column("id", Integer))
    older(path, LAYOUTS[0])
    try:
        engine = opened(path)
        assert "of_tomorrow" not in inspect(engine).get_table_names()
        engine.dispose()
    finally:
        metadata.remove(of_tomorrow)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_it_is_kept_as_it_was(path: Path, layout: Path) -> None:
    older(path, layout)
    opened(path).dispose()
    kept = path.with_name(f"ledger-layout-{layout.stem}.db")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT version FROM about").fetchall() == [(int(layout.stem),)]


def test_a_step_that_fails_leaves_the_old_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(connection: object) -> None:
        migrations._from_1(connection)  # type: ignore[arg-type]
        raise ValueError

    older(path, LAYOUTS[0])
    monkeypatch.setitem(migrations._STEPS, 1, breaks)
    with pytest.raises(LedgerError):
        embedded.sqlite(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version FROM about").fetchall() == [(1,)]
        assert "domain" not in {column[1] for column in connection.execute("PRAGMA table_info(deliveries)")}
