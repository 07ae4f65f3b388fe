"""Large messages to servers that read slowly, not at all, or have heard enough half-way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from composer.courier import DOT, Courier, Kind, Outcome, Stage
from composer.message import Message
from composer.settings import Timeouts
from tests.faults.rogue import Rogue, answers_early, reads_slowly, resets, stops_reading

if TYPE_CHECKING:
    from composer.settings import Smtp
    from tests.smtp_server import SmtpServer

LARGE = b"Subject: x\r\n\r\n" + b"y" * 16_000_000 + b"\r\n"
"""More than the system takes from us for a server that does not read."""
IMPATIENT = Timeouts(connect=5, command=5, data=5, body=0.8, dot=5, quit=5)


def impatient(server: SmtpServer) -> Smtp:
    return server.smtp.model_copy(update={"timeouts": IMPATIENT})


async def begin() -> None:
    """The ledger's mark, where the test does not look at it."""


def handed_over(server: SmtpServer) -> Outcome:
    message = Message("bounces@example.org", "morgan@example.org", "<653.token@example.org>", LARGE + DOT)

    async def scene() -> Outcome:
        async with server, asyncio.timeout(20), Courier(impatient(server)) as courier:
            return await courier.deliver(message, begin)

    return asyncio.run(scene())


def test_a_server_that_stops_reading_is_left_and_nothing_is_in_doubt() -> None:
    outcome = handed_over(Rogue(stops_reading()))
    assert outcome == Outcome(Kind.DEFERRED, None, "no answer in time", Stage.DATA, connection_lost=True)


def test_a_server_that_reads_slowly_is_waited_for() -> None:
    """Longer, all in all, than a block of the message may take (RFC 5321 §4.5.3.2.5)."""
    server = Rogue(reads_slowly(pauses=4, pause_s=0.3))
    assert handed_over(server).kind is Kind.ACCEPTED
    assert server.messages[0].data == LARGE


@pytest.mark.parametrize("reads_on", [True, False])
def test_a_server_that_has_heard_enough_need_not_be_told_the_rest(*, reads_on: bool) -> None:
    server = Rogue(answers_early("552 5.3.4 Too big", reads_on=reads_on))
    assert handed_over(server) == Outcome(Kind.REJECTED, 552, "5.3.4 Too big", Stage.DATA, connection_lost=True)
    assert server.messages == []


def test_a_yes_half_way_is_no_yes() -> None:
    outcome = handed_over(Rogue(answers_early("250 2.0.0 Taken")))
    assert (outcome.kind, outcome.stage, outcome.connection_lost) == (Kind.DEFERRED, Stage.DATA, True)
    assert outcome.reply == "the server answered out of turn: 250 2.0.0 Taken"


def test_a_connection_torn_off_half_way_leaves_no_doubt() -> None:
    outcome = handed_over(Rogue(resets("BODY")))
    assert outcome == Outcome(Kind.DEFERRED, None, "the connection was lost", Stage.DATA, connection_lost=True)
