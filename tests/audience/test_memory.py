"""A long list takes no more memory than a short one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from composer.audience import read, roll
from composer.audience.people import People
from tests.audience.test_audience import MEMBERS, SEGMENTS, written

if TYPE_CHECKING:
    from pathlib import Path

PEAK_KB = """
import resource, sys
from pathlib import Path
from composer.audience import read
recipients = read(Path(sys.argv[1]))[0].recipients
assert sum(1 for _ in recipients) == len(recipients) == int(sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""


def peak_kb(folder: Path, count: int) -> int:
    folder.mkdir()
    with (folder / "members.csv").open("w", encoding="utf-8") as members:
        members.write("email,name,organisation,groups\n")
        members.writelines(f"Person.{n}@Example.org,Person Number{n},Kent {n},QA;G{n}\n" for n in range(count))
    (folder / "segments.yaml").write_text("a: {lists: [members], where: {groups: QA}}", encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-c", PEAK_KB, str(folder), str(count)], capture_output=True, text=True, check=True
    )
    return int(answer.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="a process does not know its peak here")
def test_five_times_the_people_fit_into_the_same_memory(tmp_path: Path) -> None:
    few, many = peak_kb(tmp_path / "few", 16_000), peak_kb(tmp_path / "many", 80_000)
    assert many - few < 12_000  # as objects they would take 50 MB; SQLite's cache fills up to 8


def test_only_the_first_refused_and_repeated_rows_are_named_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roll, "NAMED", 2)
    audience, findings = written(tmp_path, SEGMENTS, members=MEMBERS + "x\ny\nz\n" + "ann@example.org\n" * 4)
    assert [finding.place.line for finding in audience.refused] == [5, 6]
    assert [finding.place.line for finding in audience.duplicates] == [8, 9]
    assert (audience.refused_total, audience.duplicates_total) == (3, 4)
    (finding,) = [finding for finding in findings if finding.code == "row"]
    assert str(finding) == (
        "recipients:1:1: warning: row: refused rows that are not named here: 1"
        " (correct those that are, then look again)"
    )


def test_recipients_outlive_the_audience_and_the_lists(tmp_path: Path) -> None:
    reading = iter(written(tmp_path)[0].recipients)
    assert next(reading).key == "di@example.org"
    (tmp_path / "members.csv").unlink()
    assert [recipient.key for recipient in reading] == ["bo@example.org", "ann@example.org", "cy@example.org"]


def test_a_list_that_changes_while_it_is_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, members=MEMBERS + "".join(f"reader{n}@example.org\n" for n in range(10_000)))
    enter = People.enter

    def spoil(*entered: object) -> object:
        with (tmp_path / "members.csv").open("r+b") as members:
            members.seek(100_000)
            members.write(b"\xff" * 10)
        return enter(*entered)  # type: ignore[arg-type]

    monkeypatch.setattr(People, "enter", spoil)
    _, findings = read(tmp_path)
    assert any("error: list: the file has changed while it was read" in str(finding) for finding in findings)
