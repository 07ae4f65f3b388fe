"""`composer check` knows how many people got the last issue, whatever state the ledger is in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from composer.cli import main
from composer.errors import Exit
from tests.cli.conftest import change
from tests.cli.test_guards import next_issue, run, server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.test_guards import Run

__all__ = ["run", "server"]


def without_the_last(home: Path) -> None:
    members = home / "recipients" / "members.csv"
    lines = members.read_text(encoding="utf-8-sig").splitlines()
    members.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")


def checked(number: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `composer check` says of the lists and the ledger."""
    capsys.readouterr()
    main(["check", str(number)])
    lines = capsys.readouterr().out.splitlines()
    return [line for line in lines if ": list-change: " in line or ": ledger: " in line]


@pytest.fixture
def mailed(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> Path:
    """Issue 1 has gone to all four, and issue 2 is written for a list of three."""
    assert run("send", "1", "--yes")[0] == Exit.DONE
    next_issue(home, 2)
    without_the_last(home)
    return home


def test_a_list_that_has_shrunk_is_said_before_the_mailing_is_refused(
    mailed: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in (mailed / "state").iterdir())
    [line] = checked(2, capsys)
    assert line == (
        "recipients/segments.yaml:9:1: warning: list-change: there are 3 people, 25 % fewer than got issue 1 (4) "
        "(look at the lists; if that is right, say --expect 3 to composer send)"
    )
    assert sorted(path.name for path in (mailed / "state").iterdir()) == before
    assert checked(1, capsys) == []
    assert run("send", "2", "--yes", "--expect", "3")[0] == Exit.DONE
    assert checked(2, capsys) == []


def test_a_segment_is_compared_that_had_a_mailing_of_its_own_since(
    home: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("send", "1", "--segment", "leads", "--yes")[0] == Exit.DONE
    next_issue(home, 2)
    members = home / "recipients" / "members.csv"
    members.write_text(members.read_text(encoding="utf-8") + "new@example.org,New,,Leads\n", encoding="utf-8")
    lines = checked(2, capsys)
    assert [line.partition(" people")[2][:9] for line in lines] == [" in leads"]
    assert run("send", "2", "--yes")[0] == Exit.DONE
    next_issue(home, 3)
    assert checked(3, capsys) == []


def test_no_ledger_is_made(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(1, capsys) == []
    assert not (home / "state" / "ledger.db").exists()


@pytest.mark.parametrize("damage", ["not a database", "", "locked", "no table"])
def test_a_ledger_that_cannot_be_read_is_a_warning(
    mailed: Path, damage: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.ledger.precedent._PATIENCE_S", 0)
    ledger = mailed / "state" / "ledger.db"
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        if damage == "locked":
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("UPDATE about SET version = version")
        elif damage == "no table":
            connection.execute("DROP TABLE sendings")
        else:
            ledger.write_text(damage * 100, encoding="utf-8")
        [line] = checked(2, capsys)
    assert line.startswith(
        "state/ledger.db:1:1: warning: ledger: the ledger does not say how many people got the last issue, so "
        "list-change is silent (state/ledger.db"
    )


def test_a_ledger_of_the_first_layout_says_nothing_and_stays_as_it_is(
    mailed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = mailed / "state" / "ledger.db"
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE about SET version = 1")
        connection.execute("DROP TABLE sendings")
    assert checked(2, capsys) == []
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("SELECT version FROM about").fetchall() == [(1,)]


def test_nobody_asks_the_ledger_for_a_rule_that_is_off(mailed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mailed / "state" / "ledger.db").write_text("not a database", encoding="utf-8")
    change(mailed / "newsletter.yaml", "\nguards:", "\nchecks: {levels: {list-change: off}}\nguards:")
    assert checked(2, capsys) == []
