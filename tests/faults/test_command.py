"""A sample of the cells through the command itself: `python send.py 1 --yes`, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from composer.errors import Exit
from composer.ledger import Ledger, State, sqlite
from composer.settings import VARIABLES
from tests.faults.cells import CELLS, CLOSING, CONNECTIONS, DROP, HARD, PEOPLE, SOFT, Cell
from tests.faults.sink import Sink
from tests.home.making import write

if TYPE_CHECKING:
    from collections import Counter

    from composer.settings import Smtp

ROOT = Path(__file__).parents[2]
SETTINGS = """\
name: Harbour Notes
organisation: Harbour Partnership
address: 1 Quay Street, Downhaven SE0 9ZZ
sender: {{name: Harbour Notes, email: notes@example.org}}
smtp: {{host: 127.0.0.1, port: {port}, security: none, connections: {connections}}}
"""
ISSUE = """\
number: 1
date: {today}
updates:
  - title: The harbour wall is finished
    body: Walkers can use the path along the harbour wall again.
"""

SAMPLE = [
    cell
    for cell in CELLS
    if (cell.at, cell.how)
    in {
        ("CONNECT", CLOSING),
        ("EHLO", SOFT),
        ("MAIL", HARD),
        (".", DROP),
        ("QUIT", DROP),
    }
]
"""Those that need no wait: a process has a real clock."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return newsletter(tmp_path / "letter", PEOPLE)


def newsletter(home: Path, people: int) -> Path:
    write(home, "issues/1.yaml", ISSUE.format(today=datetime.now(UTC).date()))
    write(home, "recipients/segments.yaml", "everyone: {lists: [members]}\n")
    write(home, "recipients/members.csv", "\n".join(["email", *readers(people), ""]))
    return home


def readers(people: int) -> list[str]:
    return [f"reader{number}@example.org" for number in range(people)]


def send(home: Path, smtp: Smtp) -> subprocess.CompletedProcess[str]:
    write(home, "newsletter.yaml", SETTINGS.format(port=smtp.port, connections=CONNECTIONS))
    command = [sys.executable, str(ROOT / "send.py"), "1", "--yes", "--home", str(home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60)


def stands(home: Path) -> Counter[State]:
    with Ledger(sqlite(home / "state" / "ledger.db"), lambda: datetime.now(UTC)) as ledger:
        record = ledger.read(1)
    assert record is not None
    assert record.adds_up
    return record.counts


@pytest.mark.parametrize("cell", SAMPLE, ids=str)
def test_a_cell(home: Path, cell: Cell) -> None:
    with Sink(cell.how, cell.at) as sink:
        ended = send(home, sink.smtp)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == cell.exit
    assert ended.stderr.strip().startswith("composer: ") == bool(cell.said)
    assert cell.said in ended.stderr
    states = stands(home)
    assert all(states[state] in counts for state, counts in cell.stands.items())
    assert sink.connections <= cell.connections

    with Sink() as healthy:
        again = send(home, healthy.smtp)
    doubtful = states[State.IN_DOUBT]
    assert (again.returncode, again.stderr.strip()) == (Exit.REFUSED if doubtful else Exit.DONE, "")
    assert sorted(healthy.recipients) == sorted(set(healthy.recipients))
    assert len(healthy.recipients) == PEOPLE - states[State.SENT] - doubtful
    assert stands(home)[State.SENT] == PEOPLE - doubtful


def test_who_failed_and_why_is_in_what_the_manager_reads(home: Path) -> None:
    newsletter(home, 3)
    with Sink("-f", "RCPT", "-B", "550 5.1.1 No such user") as sink:
        ended = send(home, sink.smtp)
    assert (ended.returncode, ended.stderr.strip()) == (Exit.DONE, "")
    for address in readers(3):
        assert address in ended.stdout
    assert "550 5.1.1 No such user" in ended.stdout
