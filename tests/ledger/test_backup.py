"""What cannot be made again is kept whole, and a mailing goes on from it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
import threading
from argparse import Namespace
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from composer.cli import keeping
from composer.cli.desk import Desk
from composer.dkim import make_key
from composer.errors import ComposerError, Exit
from composer.ledger import Answer, Ledger, LedgerBusyError, LedgerError, State, backup, sqlite
from composer.scaffold import start
from composer.state import signing_key
from tests.ledger.conftest import ROBIN, Clock, deliveries, mailing, person, waiting, without_the_disk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAMES = ("ada", "ben", "cat", "dot")


def plan(ledger: Ledger, names: Iterable[str] = NAMES, *, send: int = 0) -> None:
    """Plan issue 653, and send it to the first of them."""
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([person(name) for name in names]))
        for one in waiting(run)[:send]:
            run.begin(one.id)
            run.settle(Answer(one.id, State.SENT, 250, "queued"))


def harm(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


class TestCopy:
    """One consistent file of a ledger that is in use."""

    def test_it_holds_what_the_ledger_holds_and_has_nothing_beside_it(
        self, ledger: Ledger, path: Path, tmp_path: Path
    ) -> None:
        plan(ledger, send=1)
        copy = tmp_path / "copy" / "ledger.db"
        copy.parent.mkdir()
        backup.copy(path, copy, called="state/ledger.db")
        assert [file.name for file in copy.parent.iterdir()] == ["ledger.db"]
        assert backup.prove(copy, called="state/ledger.db") == backup.Holding(1, 4, ())
        with Ledger(sqlite(copy), Clock()) as other:
            assert deliveries(other) == deliveries(ledger)

    def test_whoever_writes_meanwhile_goes_on_and_no_transaction_is_torn(
        self, ledger: Ledger, path: Path, tmp_path: Path
    ) -> None:
        plan(ledger, (f"reader-{number}" for number in range(3000)))
        has_begun = threading.Event()

        def write() -> None:
            with Ledger(without_the_disk(sqlite(path)), Clock()) as other, other.run(653, ROBIN) as run:
                rows = [one.id for one in run.waiting()]
                tens = [rows[first : first + 10] for first in range(0, len(rows), 10)]
                for begun, settled in zip([*tens, []], [[], *tens], strict=True):
                    run.write(begun, [Answer(row, State.SENT, 250, "queued " * 40) for row in settled])
                    has_begun.set()

        writer = threading.Thread(target=write)
        writer.start()
        has_begun.wait()
        seen = [self.sent_in(path, tmp_path / f"{number}.db") for number in range(5)]
        writer.join()
        assert seen == sorted(seen)
        assert self.sent_in(path, tmp_path / "last.db") == 3000

    @staticmethod
    def sent_in(path: Path, copy: Path) -> int:
        """How many of a copy of 3,000 were sent, ten in every transaction."""
        backup.copy(path, copy, called="ledger")
        assert backup.prove(copy, called="ledger").deliveries == 3000
        with closing(sqlite3.connect(copy)) as connection:
            counts = dict(connection.execute("SELECT state, count(*) FROM deliveries GROUP BY state"))
        assert {count % 10 for count in counts.values()} == {0}
        return int(counts.get("sent", 0))

    def test_who_has_an_issue_in_hand_is_known(self, ledger: Ledger, path: Path, tmp_path: Path) -> None:
        plan(ledger)
        with ledger.run(653, ROBIN):
            backup.copy(path, tmp_path / "copy.db", called="ledger")
        assert backup.prove(tmp_path / "copy.db", called="ledger").in_hand == (653,)

    def test_a_ledger_that_another_program_holds_is_not_waited_for_for_ever(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Ledger(sqlite(path), Clock()) as ledger:
            plan(ledger)
        monkeypatch.setattr("composer.ledger.backup._PATIENCE_S", 0.01)
        harm(path, "PRAGMA journal_mode = DELETE")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(LedgerBusyError, match=r"state/ledger\.db: another program holds the ledger"):
                backup.copy(path, tmp_path / "copy.db", called="state/ledger.db")

    @pytest.mark.parametrize("content", [b"", b"dear diary, " * 100])
    def test_a_file_that_is_no_ledger_is_not_copied(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "diary").write_bytes(content)
        with pytest.raises(LedgerError, match="not a ledger"):
            backup.copy(tmp_path / "diary", tmp_path / "copy.db", called="diary")

    def test_a_ledger_of_an_older_layout_is_kept_as_it_is(self, ledger: Ledger, path: Path, tmp_path: Path) -> None:
        plan(ledger)
        harm(path, "UPDATE about SET version = 1")
        backup.copy(path, tmp_path / "copy.db", called="ledger")
        assert backup.prove(tmp_path / "copy.db", called="ledger").deliveries == 4
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT version FROM about").fetchall() == [(1,)]


class TestProof:
    """A copy that is not whole is never taken for one."""

    @pytest.mark.parametrize(
        ("sql", "said"),
        [
            ("DELETE FROM deliveries WHERE id = 2", r"4 were planned for issue 653, and 3 are there"),
            ("UPDATE mailings SET planned = 3", r"3 were planned for issue 653, and 4 are there"),
            ("UPDATE deliveries SET number = 7", r"deliveries of no mailing"),
            ("DROP TABLE deliveries", r"no such table"),
            ("DROP TABLE about", r"not a ledger"),
        ],
    )
    def test_what_cannot_be_true_is_said(self, ledger: Ledger, path: Path, tmp_path: Path, sql: str, said: str) -> None:
        plan(ledger)
        copy = tmp_path / "copy.db"
        backup.copy(path, copy, called="state/ledger.db")
        harm(copy, sql)
        with pytest.raises(LedgerError, match=rf"^state/ledger\.db.*{said}"):
            backup.prove(copy, called="state/ledger.db")

    def test_a_page_that_was_overwritten_is_found(self, ledger: Ledger, path: Path, tmp_path: Path) -> None:
        plan(ledger, (f"reader-{number}" for number in range(500)))
        copy = tmp_path / "copy.db"
        backup.copy(path, copy, called="ledger")
        data = bytearray(copy.read_bytes())
        half = len(data) // 2
        data[half : half + 8192] = b"\xff" * 8192
        copy.write_bytes(data)
        with pytest.raises(LedgerError, match="damaged"):
            backup.prove(copy, called="ledger")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A newsletter that has sent something, and signs."""
    for name in ("COMPOSER_KEY", "COMPOSER_DKIM_KEY"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "letter"
    start(home, today=date(2025, 3, 14))
    desk = Desk.at(home)
    signing_key(desk.home.state, desk.settings)
    (desk.home.state / "dkim-spring.pem").write_bytes(make_key())
    with Ledger(sqlite(desk.home.state / "ledger.db"), Clock()) as ledger:
        plan(ledger, send=2)
    return desk


def keep(desk: Desk, out: Path | None = None) -> Exit:
    return keeping.backup(desk, Namespace(out=out))


class TestCommand:
    """`composer backup`."""

    def test_the_ledger_and_the_keys_are_in_one_file(
        self, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "elsewhere" / "kept.zip"
        assert keep(desk, out) == 0
        with ZipFile(out) as archive:
            assert set(archive.namelist()) == {"RESTORING.txt", "key", "dkim-spring.pem", "ledger.db"}
            assert archive.read("key") == (desk.home.state / "key").read_bytes()
            assert archive.read("dkim-spring.pem") == (desk.home.state / "dkim-spring.pem").read_bytes()
            restoring = archive.read("RESTORING.txt").decode()
        told = capsys.readouterr().out
        assert "ledger.db: 1 mailing, 4 deliveries, and every sum is right" in told
        assert "key: the signing key" in told
        assert "dkim-spring.pem: a DKIM key" in told
        assert told.endswith(restoring)
        assert "It does not know what was sent, and who opted out, after" in restoring

    def test_left_to_itself_it_lies_among_the_state_under_the_moment(self, desk: Desk) -> None:
        assert keep(desk) == 0
        [file] = (desk.home.state / "backups").iterdir()
        assert file.match("????-??-??-??????.zip")
        assert {path.name for path in desk.home.state.iterdir()} >= {"ledger.db", "key", "backups"}
        assert not list(desk.home.state.glob(".backup-*"))

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists, not modes")
    def test_only_the_owner_reads_it(self, desk: Desk, tmp_path: Path) -> None:
        keep(desk, tmp_path / "kept.zip")
        assert stat.S_IMODE((tmp_path / "kept.zip").stat().st_mode) == 0o600

    def test_no_backup_replaces_anything(self, desk: Desk, tmp_path: Path) -> None:
        out = tmp_path / "kept.zip"
        out.write_bytes(b"the last one")
        with pytest.raises(ComposerError, match="is there already, and no backup replaces another"):
            keep(desk, out)
        assert out.read_bytes() == b"the last one"

    def test_a_damaged_ledger_makes_no_backup(self, desk: Desk, tmp_path: Path) -> None:
        harm(desk.home.state / "ledger.db", "DELETE FROM deliveries WHERE id = 2")
        out = tmp_path / "kept" / "kept.zip"
        with pytest.raises(LedgerError, match=r"^state/ledger\.db is damaged \(4 were planned"):
            keep(desk, out)
        assert list(out.parent.iterdir()) == []
        assert not list(desk.home.state.glob(".backup-*"))

    def test_a_place_that_cannot_be_written_to_is_said_in_words(self, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "kept").touch()
        with pytest.raises(ComposerError, match=r"no backup was made \(.*kept.*name another file with --out"):
            keep(desk, tmp_path / "kept" / "kept.zip")

    def test_a_disk_that_does_not_keep_what_it_was_given_is_found_out(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def losing(ledger: Path, to: Path, *, called: str) -> None:
            to.write_bytes(ledger.read_bytes())
            (desk.home.state / "key").write_text("another" * 6, encoding="ascii")

        monkeypatch.setattr(backup, "copy", losing)
        with pytest.raises(ComposerError, match=r"no backup was made: .*cannot be read back \(key is another\)"):
            keep(desk, tmp_path / "kept.zip")
        assert not (tmp_path / "kept.zip").exists()

    def test_before_the_first_mailing_the_keys_are_kept_alone(
        self, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (desk.home.state / "ledger.db").unlink()
        assert keep(desk, tmp_path / "kept.zip") == 0
        assert "ledger.db:" not in capsys.readouterr().out
        shutil.rmtree(desk.home.state)
        with pytest.raises(ComposerError, match="there is nothing to keep yet"):
            keep(desk, tmp_path / "another.zip")

    def test_a_key_that_comes_from_the_environment_is_missed(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("COMPOSER_KEY", "k" * 40)
        assert keep(Desk.at(desk.home.root), tmp_path / "kept.zip") == 0
        assert "not in it: the signing key in COMPOSER_KEY" in capsys.readouterr().out

    def test_what_is_restored_goes_on_where_it_stood(self, desk: Desk, tmp_path: Path) -> None:
        state, key = desk.home.state, signing_key(desk.home.state, desk.settings)
        with Ledger(sqlite(state / "ledger.db"), Clock()) as ledger:
            before = deliveries(ledger)
        keep(desk, tmp_path / "kept.zip")
        shutil.rmtree(state)
        with ZipFile(tmp_path / "kept.zip") as archive:
            archive.extractall(state)
        assert signing_key(state, desk.settings) == key
        with Ledger(sqlite(state / "ledger.db"), Clock()) as ledger:
            assert deliveries(ledger) == before
            with ledger.run(653, ROBIN) as run:
                run.plan(mailing([person(name) for name in NAMES]))
                assert [one.address for one in waiting(run)] == ["cat@example.org", "dot@example.org"]

    def test_what_was_on_its_way_at_that_moment_is_in_doubt_afterwards(
        self, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Ledger(sqlite(desk.home.state / "ledger.db"), Clock()) as ledger, ledger.run(653, ROBIN) as run:
            run.begin(waiting(run)[0].id)
            keep(desk, tmp_path / "kept.zip")
        assert "issue 653 is being sent, or was cut off" in capsys.readouterr().out
        with ZipFile(tmp_path / "kept.zip") as archive:
            archive.extractall(tmp_path / "restored")
        clock = Clock()
        clock.turn(hours=1)
        with Ledger(sqlite(tmp_path / "restored" / "ledger.db"), clock) as ledger, ledger.run(653, ROBIN):
            [doubtful] = ledger.named(653, State.IN_DOUBT)
        assert doubtful.address == "cat@example.org"
