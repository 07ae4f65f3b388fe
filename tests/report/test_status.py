"""`composer status`, from the ledger of a newsletter to its page."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer.cli import main
from composer.scaffold import start
from tests.report.ledgers import DEEDS, FEW, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter whose issue 653 was sent, in the current folder."""
    folder = tmp_path / "letter"
    start(folder, today=date(2025, 3, 14))
    write(folder / "state" / "ledger.db", FEW, log=DEEDS)
    monkeypatch.chdir(folder)
    return folder


def test_it_names_everybody_and_the_page(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "653"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("8 planned = 2 sent + 1 failed")
    assert any(line.startswith("failed: cat@example.com: 550 5.1.1") for line in lines)
    assert "log: 13 Jun 16:02:00: robin on desk: sending: to everybody" in lines
    assert last == f"The page: {home / 'out' / '653' / 'report.html'}"
    assert (home / "out" / "653" / "failed.csv").is_file()


def test_a_machine_gets_json_and_nothing_is_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "653", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["states"]["failed"] == 1
    assert not (home / "out").exists()


def test_a_page_that_cannot_be_written_comes_after_what_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "out").touch()
    assert main(["status", "653"]) == 1
    told = capsys.readouterr()
    assert "8 planned" in told.out
    assert "cannot be written" in told.err


def test_a_sandbox_run_has_its_own_page(home: Path) -> None:
    write(home / "out" / "653" / "sandbox.db", FEW)
    assert main(["status", "653", "--sandbox"]) == 0
    assert (home / "out" / "653" / "sandbox" / "report.html").is_file()
    assert not (home / "out" / "653" / "report.html").exists()


@pytest.mark.parametrize("number", ["1", "654"])
def test_what_was_never_planned_has_no_status(home: Path, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", number]) == 1
    assert f"nothing of issue {number} has been planned or sent yet" in capsys.readouterr().err
    (home / "state" / "ledger.db").unlink()
    assert main(["status", number, "--json"]) == 1
    assert not (home / "state" / "ledger.db").exists()
