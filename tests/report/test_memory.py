"""A report on 200,000 failures holds no more of them than one on a few thousand does."""

from __future__ import annotations

import gc
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from composer.ledger import Delivery, State
from composer.report import Summary, summarise
from tests.report.ledgers import Case, opened, write
from tests.report.zones import LONDON

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

PEOPLE = 200_000
AT_ONCE = 2_500
"""The page that is read from the ledger, those that the report shows, and a few on their way."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "ledger.db"
    write(path, (Case(f"p{number}@example.org", State.FAILED, after_s=number) for number in range(PEOPLE)))
    return path


@pytest.fixture
def census(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many deliveries were in memory at every 20,000th that the report was given."""
    found: list[int] = []
    named: Callable[[Summary, State], Generator[Delivery]] = Summary.named

    def counting(summary: Summary, state: State) -> Iterator[Delivery]:
        for number, one in enumerate(named(summary, state), 1):
            if number % 20_000 == 0:
                found.append(sum(type(thing) is Delivery for thing in gc.get_objects()))
            yield one

    monkeypatch.setattr(Summary, "named", counting)
    return found


DOMAINS = 20_000


def test_domains_are_as_few(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    write(path, (Case(f"{number}@{number % DOMAINS}.example.org", State.SENT) for number in range(DOMAINS + 1)))
    found: list[int] = []
    with opened(path) as opening:
        summary = summarise(opening, 653)
        assert summary is not None
        assert [tally.name for tally in summary.domains][:2] == ["0.example.org", "1.example.org"]
        assert (len(summary.domains), summary.smaller_domains) == (200, DOMAINS - 200)
        for number, piece in enumerate(summary.json()):
            if number % 5000 == 4999:
                assert ".example.org" in piece
                found.append(sum(type(thing) is Counter for thing in gc.get_objects()))
    assert len(found) == 4
    assert max(found) < 500


def test_for_a_machine(ledger: Path, census: list[int]) -> None:
    with opened(ledger) as opening:
        summary = summarise(opening, 653)
        assert summary is not None
        assert sum("@example.org" in piece for piece in summary.json()) == PEOPLE
    assert len(census) == 10
    assert 0 < max(census) < AT_ONCE


def test_as_files(ledger: Path, census: list[int], tmp_path: Path) -> None:
    with opened(ledger) as opening:
        summary = summarise(opening, 653)
        assert summary is not None
        page = summary.write(tmp_path, LONDON)
    assert len(census) == 10
    assert 0 < max(census) < AT_ONCE
    assert (tmp_path / "failed.csv").read_bytes().count(b"\r\n") == PEOPLE + 1
    assert page.stat().st_size < 1_000_000
