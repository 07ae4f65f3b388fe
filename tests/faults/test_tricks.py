"""What else `smtp-sink` can do: what it does not offer, what it is late with, and when it dies."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from composer.errors import Exit
from composer.ledger import State
from tests.faults.ending import Ending, assert_lawful, ending
from tests.faults.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.delivery.conftest import Office


@dataclass(frozen=True)
class Trick:
    """The sink's options, and what they come to; `people` are fewer where each of them takes a second."""

    name: str
    options: tuple[str, ...]
    exit: Exit
    stands: Mapping[State, int]
    answer: tuple[int | None, str] = (250, "2.0.0 Ok")
    said: str = ""
    people: int = 12

    def __str__(self) -> str:
        return self.name


_DONE = (Exit.DONE, {State.SENT: 12})
_ONE_EACH = (Exit.DONE, {State.SENT: 2})
_NEVER_BEGUN = (Exit.REFUSED, {State.PLANNED: 12}, (None, ""))

TRICKS = (
    Trick("no PIPELINING", ("-p",), *_DONE),
    Trick("no ESMTP", ("-e",), *_DONE),
    Trick("no 8BITMIME", ("-8",), *_DONE),
    Trick("no ENHANCEDSTATUSCODES", ("-E",), *_DONE),
    Trick("no DSN, AUTH, XCLIENT and XFORWARD", ("-N", "-a", "-C", "-F"), *_DONE),
    Trick("behind a PIX firewall", ("-P",), *_DONE),
    Trick("one connection at a time", ("-m", "1"), *_DONE),
    Trick("neither EHLO nor HELO", ("-f", "EHLO,HELO"), *_NEVER_BEGUN, "turned us away (500 5.3.0"),
    Trick("LMTP", ("-L",), *_NEVER_BEGUN, "turned us away (500 5.5.1"),
    Trick("late with its greeting", ("-W", "CONNECT:1"), *_ONE_EACH, people=2),
    Trick("late with RCPT", ("-p", "-W", "RCPT:1"), *_ONE_EACH, people=2),
    Trick("late with MAIL, and loses count in a group", ("-W", "MAIL:1"), *_ONE_EACH, people=2),
    Trick("late with RCPT, and loses count in a group", ("-W", "RCPT:1"), *_ONE_EACH, people=2),
    Trick("late with DATA", ("-w", "1"), *_ONE_EACH, people=2),
    Trick("late with reading, through a small window", ("-H", "1", "-T", "1000"), *_ONE_EACH, people=2),
    Trick("late with the dot", ("-W", ".:1"), *_ONE_EACH, people=2),
    Trick("late with QUIT", ("-W", "QUIT:1"), *_ONE_EACH, people=2),
    Trick(
        "550 behind the go-ahead, and reads no more",
        ("-A", "0"),
        Exit.DONE,
        {State.FAILED: 4},
        (550, "This violates SMTP"),
        people=4,
    ),
    Trick(
        "greylisting at the dot",
        ("-r", ".", "-b", "451 4.7.1 Greylisted"),
        Exit.TRY_AGAIN,
        {State.DEFERRED: 12},
        (451, "4.7.1 Greylisted"),
    ),
    Trick(
        "unknown users",
        ("-f", "RCPT", "-B", "550 5.1.1 Who?"),
        Exit.DONE,
        {State.FAILED: 4},
        (550, "5.1.1 Who?"),
        people=4,
    ),
)


@pytest.mark.parametrize("trick", TRICKS, ids=str)
def test_a_trick(office: Office, trick: Trick) -> None:
    office.plan(trick.people)
    with Sink(*trick.options) as sink:
        end = asyncio.run(ending(office, sink.smtp))
    assert (end.exit, office.states()) == (trick.exit, Counter(trick.stands))
    assert trick.said in end.said
    assert {(row.code, row.words) for row in office.rows()} == {trick.answer}
    if trick.exit == Exit.DONE:
        taken = sink.recipients if State.SENT in trick.stands else []
        assert_lawful(office, taken, trick.people)


def test_without_pipelining_every_command_is_answered_before_the_next_is_said(office: Office) -> None:
    """The sink says nothing of groups, so it takes a fault that would come between: DATA is never said."""
    office.plan(1)
    with Sink("-f", "RCPT") as sink:
        asyncio.run(ending(office, sink.smtp))
    assert (sink.verbs["RCPT"], sink.verbs["DATA"]) == (1, 0)


@pytest.mark.parametrize("messages", [1, 5, 11])
def test_a_server_that_dies_leaves_one_doubt_a_connection_at_most(office: Office, messages: int) -> None:
    """And the run ends, because it is not there any more; another one finishes."""
    office.plan(20)
    with Sink("-M", str(messages)) as dying:
        end = asyncio.run(ending(office, dying.smtp))
    assert end.exit == Exit.TRY_AGAIN
    assert office.states()[State.IN_DOUBT] <= 2
    assert office.states()[State.SENT] >= messages - 2
    with Sink() as healthy:
        again: Ending = asyncio.run(ending(office, healthy.smtp))
    assert again.exit in {Exit.DONE, Exit.REFUSED}
    assert set(office.states()) <= {State.SENT, State.IN_DOUBT}
    assert_lawful(office, dying.recipients + healthy.recipients, 20)
