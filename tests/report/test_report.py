from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from composer.ledger import Delivery, Lock, Planned, Record, State
from composer.report import Summary, summarise
from composer.report.terminal import equation, lines, show

LONDON = ZoneInfo("Europe/London")
MOMENT = datetime(2025, 6, 13, 15, 2, tzinfo=UTC)


def delivery(
    address: str, state: State, words: str = "2.0.0 Taken", code: int | None = 250, *segments: str
) -> Delivery:
    return Delivery(
        id=hash(address),
        number=653,
        key=address,
        address=address,
        variant="everyone",
        fields={},
        segments=frozenset(segments or {"members"}),
        message_id=f"<653.{address}>",
        state=state,
        attempts=1,
        code=code,
        words=words,
        updated_at=MOMENT,
    )


DELIVERIES = (
    delivery("ada@example.org", State.SENT),
    delivery("ben@example.org", State.SENT, "2.0.0 Taken", 250, "members", "kent"),
    delivery("cat@example.com", State.FAILED, "5.1.1 [red]No such user", 550),
    delivery("dot@example.com", State.DEFERRED, "4.2.1 Busy", 450),
    delivery("eve@example.com", State.IN_DOUBT, "the connection was lost", None),
    delivery("fay@example.com", State.SUPPRESSED, "opted out", None),
    delivery("gus@example.com", State.EXCLUDED, "on no list any more", None),
    delivery("hal@example.com", State.PLANNED, "", None),
)
PLANNED = Planned(653, "c0ffee" * 10, "decade" * 10, len(DELIVERIES), MOMENT, MOMENT, "robin", "desk", begun=True)
RECORD = Record(PLANNED, DELIVERIES, None)
SENDER = Lock(653, "token", "robin", "desk", 4711, MOMENT, MOMENT + timedelta(seconds=5))


@pytest.fixture
def summary() -> Summary:
    return summarise(RECORD)


def test_everybody_is_somewhere_and_it_is_said(summary: Summary) -> None:
    assert equation(summary) == (
        "8 planned = 2 sent + 1 failed + 1 deferred + 1 in doubt + 1 opted out + 1 off the lists + 1 still to send"
    )
    assert summary.adds_up
    assert not summary.is_done
    assert summary.waiting == 2


def test_a_sum_that_is_wrong_is_said_instead_of_done() -> None:
    damaged = summarise(Record(replace(PLANNED, planned=3), DELIVERIES[:2], None))
    assert not damaged.adds_up
    assert not damaged.is_done
    text = "\n".join(lines(damaged, LONDON))
    assert "THE SUM IS WRONG: 3 planned, but 2 found (2 sent)" in text
    assert "Done" not in text


def test_done_is_said_when_nobody_is_left() -> None:
    done = summarise(Record(replace(PLANNED, planned=3), DELIVERIES[:3], None))
    assert done.is_done
    assert "Done: nobody is left." in list(lines(done, LONDON))


def test_every_failed_deferred_and_doubtful_address_is_named_with_the_servers_words(summary: Summary) -> None:
    text = list(lines(summary, LONDON))
    assert "failed: cat@example.com: 550 5.1.1 [red]No such user (13 Jun 16:02:00)" in text
    assert "deferred: dot@example.com: 450 4.2.1 Busy (13 Jun 16:02:00)" in text
    assert "in doubt: eve@example.com: the connection was lost (13 Jun 16:02:00)" in text
    assert "2 still to be sent: composer send 653 reaches all of them." in text
    assert any("--in-doubt resend" in line for line in text)
    assert text[0].startswith("Issue 653, planned 13 June 2025 16:02 by robin on desk, content c0ffeec0ffee")


def test_domains_and_segments_are_counted(summary: Summary) -> None:
    assert [(tally.name, tally.counts.total()) for tally in summary.domains] == [("example.com", 6), ("example.org", 2)]
    assert [(tally.name, tally.counts.total()) for tally in summary.segments] == [("kent", 1), ("members", 8)]
    text = list(lines(summary, LONDON))
    assert "domain example.org: 2 sent" in text
    assert "segment kent: 1 sent" in text


def test_what_a_dead_run_was_sending_is_in_doubt_and_what_a_living_one_sends_is_not() -> None:
    sending = replace(DELIVERIES[0], state=State.SENDING)
    record = Record(replace(PLANNED, planned=1), (sending,), None)
    assert summarise(record).counts == Counter({State.IN_DOUBT: 1})
    assert summarise(record).named[0].words == "the run that was sending it has ended without an answer"
    living = summarise(replace(record, sender=SENDER))
    assert living.counts == Counter({State.SENDING: 1})
    assert "It is being sent at this moment by desk, since 16:02." in list(lines(living, LONDON))


def test_a_machine_reads_the_same(summary: Summary) -> None:
    told = json.loads(summary.json())
    assert told["issue"] == 653
    assert told["planned"] == 8
    assert told["adds_up"] is True
    assert told["states"]["in-doubt"] == 1
    assert sum(told["states"].values()) == 8
    assert told["planned_at"] == "2025-06-13T15:02:00+00:00"
    assert told["sender"] is None
    assert [one["address"] for one in told["deliveries"]] == ["cat@example.com", "eve@example.com", "dot@example.com"]
    assert told["deliveries"][0]["code"] == 550
    assert told["segments"]["kent"]["sent"] == 1


def test_a_pipe_gets_plain_lines_and_a_terminal_gets_tables(summary: Summary) -> None:
    piped, terminal = StringIO(), StringIO()
    show(summary, Console(file=piped, width=40), LONDON)
    assert piped.getvalue().splitlines() == list(lines(summary, LONDON))
    show(summary, Console(file=terminal, force_terminal=True, width=100, color_system=None), LONDON)
    shown = terminal.getvalue()
    assert "550 5.1.1 [red]No such user" in shown
    assert "cat@example.com" in shown
    assert "1 in doubt" in shown
    assert "─" in shown


def test_an_address_is_shown_in_full_however_narrow_the_terminal() -> None:
    address = f"{'very' * 12}@example.com"
    record = Record(replace(PLANNED, planned=1), (delivery(address, State.FAILED),), None)
    out = StringIO()
    show(summarise(record), Console(file=out, force_terminal=True, width=50, color_system=None), LONDON)
    assert "…" not in out.getvalue()


def test_it_can_be_shown_as_it_is(summary: Summary, capsys: pytest.CaptureFixture[str]) -> None:
    summary.show(LONDON)
    assert capsys.readouterr().out.splitlines() == list(lines(summary, LONDON))
