from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from filelock import FileLock

from composer.ledger import State
from composer.report import NAMED, ORDER, Summary, summarise
from tests.report.ledgers import FEW, MOMENT, Case, opened, take, write

if TYPE_CHECKING:
    from pathlib import Path


def test_every_state_is_told_and_everybody_is_somewhere(summary: Summary) -> None:
    assert set(ORDER) == set(State)
    assert summary.adds_up
    assert not summary.is_done
    assert summary.waiting == 2
    assert summary.counts.total() == summary.planned.planned == 8


def test_domains_and_segments_are_counted(summary: Summary) -> None:
    assert [(tally.name, tally.counts.total()) for tally in summary.domains] == [("example.com", 6), ("example.org", 2)]
    assert [(tally.name, tally.counts.total()) for tally in summary.segments] == [("kent", 1), ("members", 8)]


def test_everybody_who_has_to_be_named_is(summary: Summary) -> None:
    named = {state: [one.address for one in summary.named(state)] for state in NAMED}
    assert named == {
        State.FAILED: ["cat@example.com"],
        State.IN_DOUBT: ["eve@example.com"],
        State.DEFERRED: ["dot@example.com"],
    }
    assert [what.what for what in summary.deeds] == ["approved", "sending"]


def test_the_first_are_as_many_as_are_asked_for(path: Path) -> None:
    write(path, (Case(f"p{number}@example.org", State.FAILED) for number in range(2500)))
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert [one.address for one in summary.first(State.FAILED, 2)] == ["p0@example.org", "p1@example.org"]
        assert len(summary.first(State.FAILED, 3000)) == 2500
        assert summary.first(State.DEFERRED, 10) == ()


def test_what_a_dead_run_was_sending_is_in_doubt(path: Path) -> None:
    write(path, [Case("ada@example.org", State.SENDING, "", None), Case("ben@example.org", State.IN_DOUBT)])
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert summary.counts == Counter({State.IN_DOUBT: 2})
        assert {one.address: one.words for one in summary.named(State.IN_DOUBT)} == {
            "ada@example.org": "the run that was sending it has ended without an answer",
            "ben@example.org": "2.0.0 Taken",
        }


def test_what_a_living_run_sends_is_not(path: Path) -> None:
    write(path, [Case("ada@example.org", State.SENDING, "", None)])
    take(path)
    with FileLock(path.with_name("ledger-653.lock")), opened(path, MOMENT) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert summary.sender is not None
        assert summary.counts == Counter({State.SENDING: 1})
        assert list(summary.named(State.IN_DOUBT)) == []


def test_what_was_never_planned_cannot_be_summed_up(path: Path) -> None:
    write(path, FEW)
    with opened(path) as ledger:
        assert summarise(ledger, 654) is None
