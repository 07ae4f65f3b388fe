from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from composer.errors import TryAgainError
from composer.ledger import Answer, Ledger, LedgerBusyError, LedgerError, State, sqlite
from composer.ledger.tables import VERSION, Moment
from tests.ledger.conftest import MOMENT, ROBIN, Clock, mailing, person

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_every_commit_is_on_the_disk_before_it_returns(path: Path) -> None:
    engine = sqlite(path)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    engine.dispose()


def test_it_is_made_aside_and_moved_into_place_and_says_its_layout(path: Path) -> None:
    sqlite(path).dispose()
    assert [file.name for file in path.parent.iterdir()] == ["ledger.db"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version FROM about").fetchall() == [(VERSION,)]


def test_a_failed_creation_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.ledger.migrations.VERSION", object())
    with pytest.raises(LedgerError, match="not supported"):
        sqlite(path)
    assert list(path.parent.iterdir()) == []


def test_a_newer_ledger_asks_for_a_newer_composer(path: Path) -> None:
    sqlite(path).dispose()
    execute(path, f"UPDATE about SET version = {VERSION + 1}")
    with pytest.raises(LedgerError, match=r"state/ledger\.db: the ledger has layout 3.*update Composer"):
        sqlite(path)


@pytest.mark.parametrize("content", [b"", b"dear diary, " * 100])
def test_a_file_that_is_not_a_ledger_is_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="not a ledger; move it away"):
        sqlite(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    execute(path, "CREATE TABLE recipes (title TEXT)")
    with pytest.raises(LedgerError, match="not a ledger"):
        sqlite(path)


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(LedgerError, match="the ledger cannot be read or written: "):
        sqlite(tmp_path / "state" / "ledger.db")


def test_a_locked_ledger_stops_the_run_before_the_dot(path: Path, clock: Clock) -> None:
    with Ledger(sqlite(path, patience_s=0.01), clock) as ledger, ledger.run(653, ROBIN) as run:
        run.plan(mailing([person("ada")]))
        (ada,) = run.waiting()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(LedgerBusyError, match="another program holds the ledger") as caught:
                run.begin(ada.id)
            assert isinstance(caught.value, TryAgainError)
            other.execute("ROLLBACK")
        assert next(run.waiting()).state is State.PLANNED


def _limit_pages(engine: Engine) -> None:
    with engine.connect() as connection:
        used: int = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {used}"))


def test_a_full_disk_is_said_in_words(path: Path, clock: Clock) -> None:
    engine = sqlite(path)
    with Ledger(engine, clock) as ledger, ledger.run(653, ROBIN) as run:
        run.plan(mailing([person("ada")]))
        (ada,) = run.waiting()
        run.begin(ada.id)
        _limit_pages(engine)
        with pytest.raises(LedgerError, match="the disk is full"):
            run.settle(Answer(ada.id, State.FAILED, 550, "no " * 10_000))


def test_a_damaged_value_is_refused_by_the_database_itself(path: Path, clock: Clock) -> None:
    with Ledger(sqlite(path), clock) as ledger, ledger.run(653, ROBIN) as run:
        run.plan(mailing([person("ada")]))
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        execute(path, "UPDATE deliveries SET state = 'lost'")


def test_moments_keep_their_zone_and_naive_ones_are_refused(path: Path) -> None:
    engine = sqlite(path)
    moment = Moment()
    written = moment.process_bind_param(MOMENT, engine.dialect)
    assert moment.process_result_value(written, engine.dialect) == MOMENT
    assert moment.process_bind_param(None, engine.dialect) is None
    elsewhere = moment.process_result_value(MOMENT.astimezone(timezone(timedelta(hours=9))), engine.dialect)
    assert elsewhere is not None
    assert (elsewhere, elsewhere.tzinfo) == (MOMENT, UTC)
    with pytest.raises(ValueError, match="needs a zone"):
        moment.process_bind_param(datetime(2025, 3, 14), engine.dialect)  # noqa: DTZ001 - the subject of the test
    engine.dispose()


def test_many_intents_and_answers_cost_one_commit(path: Path, clock: Clock) -> None:
    engine = sqlite(path)
    commits: list[object] = []
    with Ledger(engine, clock) as ledger, ledger.run(653, ROBIN) as run:
        run.plan(mailing([person(f"reader-{number}") for number in range(20)]))
        rows = [one.id for one in run.waiting()]
        event.listen(engine, "commit", commits.append)
        run.write(rows[:10], [])
        run.write(rows[10:], [Answer(row, State.SENT) for row in rows[:10]])
    assert len(commits) == 3  # the third gives the lock back


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM about",
        "INSERT INTO about VALUES (1)",
        "UPDATE about SET version = 'x'",
        "DROP TABLE deliveries",
        "DROP TABLE locks",
        "UPDATE deliveries SET fields = '{'",
        "UPDATE deliveries SET segments = 'null'",
        "UPDATE deliveries SET segments = '7'",
        "UPDATE deliveries SET attempts = 'many'",
        "UPDATE deliveries SET updated_at = 'once'",
        "UPDATE deliveries SET address = CAST(x'ff' AS TEXT)",
        "UPDATE deliveries SET address = x'ff'",
        "UPDATE mailings SET planned = 'x'",
        "UPDATE variants SET content = 'x'",
        "UPDATE variants SET hash = 'x'",
    ],
)
def test_damage_is_one_sentence_whatever_was_harmed(path: Path, clock: Clock, harm: str) -> None:
    with Ledger(sqlite(path), clock) as ledger, ledger.run(653, ROBIN) as run:
        run.plan(mailing([person("ada")]))
    execute(path, harm)
    sentence = r"^state/ledger\.db is damaged \(.*\); restore it from a backup before anything is sent$"
    with pytest.raises(LedgerError, match=sentence):
        _read_everything(path, clock)


def _read_everything(path: Path, clock: Clock) -> None:
    with Ledger(sqlite(path, home=path.parents[1]), clock) as ledger:
        ledger.read(653)
        ledger.annals.deeds(653)
        with ledger.run(653, ROBIN) as run:
            tuple(run.waiting())
            run.contents()


def test_every_ledger_is_called_by_its_own_path(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"dear diary, " * 100)
    with pytest.raises(LedgerError, match=r"^ledger\.db: this file is not a ledger"):
        sqlite(path, home=path.parent)
    with pytest.raises(LedgerError, match=r"^/.*state/ledger\.db: this file|^[A-Z]:/.*state/ledger\.db: this file"):
        sqlite(path)
