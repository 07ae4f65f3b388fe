from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from composer.ledger import State
from composer.report import Summary, summarise
from composer.report.sentences import advice, deed, equation, heading, interval, one_line, share, span, told
from tests.report.ledgers import DEEDS, FEW, MOMENT, opened, take, write
from tests.report.zones import LONDON

if TYPE_CHECKING:
    from pathlib import Path


def test_everybody_is_somewhere_and_it_is_said(summary: Summary) -> None:
    assert equation(summary) == (
        "8 planned = 2 sent + 1 failed + 1 deferred + 1 in doubt + 1 opted out + 1 off the lists + 1 still to send"
    )


def test_what_was_planned_is_told_with_its_hashes(summary: Summary) -> None:
    assert heading(summary, LONDON) == (
        "Issue 653, planned 13 June 2025 16:02 by robin on desk, content c0ffeec0ffee, audience decadedecade"
    )


def test_a_sum_that_is_wrong_is_said_and_nothing_is_advised(path: Path) -> None:
    write(path, FEW[:2], planned=3)
    with opened(path) as ledger:
        damaged = summarise(ledger, 653)
        assert damaged is not None
        assert not damaged.adds_up
        assert not damaged.is_done
        assert equation(damaged).startswith("THE SUM IS WRONG: 3 planned, but 2 found (2 sent). Send nothing more;")
        assert list(advice(damaged, LONDON)) == []


def test_whoever_is_left_is_reached_by_the_same_command(summary: Summary) -> None:
    left, doubt, failed = advice(summary, LONDON)
    assert left == "2 still to be sent: composer send 653 reaches all of them."
    assert "--in-doubt resend" in doubt
    assert failed == "1 failed for good: correct this address or take it off the lists before the next issue."


def test_done_is_said_when_nobody_is_left(path: Path) -> None:
    write(path, FEW[:2])
    with opened(path) as ledger:
        done = summarise(ledger, 653)
        assert done is not None
        assert done.is_done
        assert list(advice(done, LONDON)) == ["Done: nobody is left."]


def test_a_run_that_is_on_is_named(path: Path) -> None:
    write(path, FEW)
    take(path)
    with FileLock(path.with_name("ledger-653.lock")), opened(path, MOMENT) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert next(advice(summary, LONDON)) == "It is being sent at this moment by desk, since 16:02."


def test_a_line_of_the_log() -> None:
    assert deed(DEEDS[0], LONDON) == "13 Jun 14:02:00: morgan on office: approved: everybody, 8 people"


def test_thousands_are_set_apart() -> None:
    assert told(Counter({State.SENT: 58_000, State.FAILED: 1})) == "58,000 sent + 1 failed"


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (0, 0, "0%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (1, 3, "33.3%"),
        (1, 1_000_000, "<0.1%"),
        (999_999, 1_000_000, ">99.9%"),
    ],
)
def test_a_share_is_never_rounded_to_nobody_or_everybody(count: int, total: int, said: str) -> None:
    assert share(count, total) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "less than a second"),
        (59, "59 s"),
        (149, "2 min 29 s"),
        (3600, "1 h"),
        (3605, "1 h"),
        (190_000, "2 d 4 h"),
    ],
)
def test_a_time_is_told_in_two_units(seconds: float, said: str) -> None:
    assert span(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "second"), (15, "15 seconds"), (300, "5 minutes"), (3600, "hour"), (86_400, "day")]
)
def test_what_comes_after_every(seconds: int, said: str) -> None:
    assert interval(timedelta(seconds=seconds)) == said


@given(st.text())
def test_a_strangers_words_take_one_line_and_steer_nothing(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert one_line(line) == line


def test_what_can_be_read_of_them_stays() -> None:
    assert one_line("550 \x1b[2Jno\r\nsuch \u202euser\x00 Łukasz") == "550 [2Jno such user Łukasz"
