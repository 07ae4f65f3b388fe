from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.ledger import LedgerError, State
from composer.report import Summary, UnwrittenError
from tests.report.ledgers import FEW, Case, write, write_report
from tests.report.zones import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composer.ledger import Delivery


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_the_page_and_a_table_of_each_state_are_written(summary: Summary, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "653"
    assert summary.write(folder, LONDON) == folder / "report.html"
    assert names(folder) == {"report.html", "failed.csv", "deferred.csv", "in-doubt.csv"}
    failed = (folder / "failed.csv").read_bytes()
    assert failed.startswith(b"\xef\xbb\xbfaddress,state,code,the server's words,")
    assert failed.endswith(
        b"cat@example.com,failed,550,5.1.1 [red]No such user,1,2025-06-13 16:02:00,<653.3@example.org>\r\n"
    )


def test_a_table_of_a_state_in_which_nobody_is_any_more_is_removed(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(path, FEW)
    write_report(path, folder)
    (folder / "notes.csv").touch()
    path.unlink()
    write(path, FEW[:3])
    write_report(path, folder)
    assert names(folder) == {"report.html", "failed.csv", "notes.csv"}


def test_nobody_reads_half_a_file(summary: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary.write(tmp_path, LONDON)
    before = {file: file.read_bytes() for file in tmp_path.glob("*.*")}

    def breaking(_: Summary, state: State) -> Iterator[Delivery]:
        yield from summary.ledger.named(653, state)
        raise LedgerError("the disk does not answer")

    monkeypatch.setattr(Summary, "named", breaking)
    with pytest.raises(LedgerError):
        summary.write(tmp_path, LONDON)
    assert {file: file.read_bytes() for file in tmp_path.glob("*.*")} == before
    assert names(tmp_path) == {*(file.name for file in before), "state"}


def test_a_file_that_cannot_be_written_is_said_in_words(summary: Summary, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(UnwrittenError, match=r"failed\.csv cannot be written: .*another program has it open"):
        summary.write(tmp_path / "out", LONDON)


def test_a_folder_in_the_way_is_said_in_words(path: Path, tmp_path: Path) -> None:
    write(path, [Case("ada@example.org", State.SENT)])
    (tmp_path / "out" / "failed.csv").mkdir(parents=True)
    with pytest.raises(UnwrittenError, match=r"failed\.csv cannot be written"):
        write_report(path, tmp_path / "out")
