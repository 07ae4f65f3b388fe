"""Large messages to servers that read slowly, not at all, or have heard enough half-way; in clear and over TLS."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from composer.courier import DOT, Courier, Kind, Outcome, Stage
from composer.message import Message
from composer.settings import Timeouts
from tests.faults.authority import Authority
from tests.faults.rogue import Rogue, answers_early, reads_slowly, resets, stops_reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composer.settings import Security
    from tests.smtp_server import Fault

LARGE = b"Subject: x\r\n\r\n" + b"y" * 16_000_000 + b"\r\n"
"""More than the system takes from us for a server that does not read."""
END = b"\r\n.\r\n"
IMPATIENT = Timeouts(connect=5, command=5, data=5, body=0.8, dot=5, quit=5)


@pytest.fixture(params=["none", "starttls"])
def security(request: pytest.FixtureRequest) -> Security:
    return cast("Security", request.param)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def hand_over(security: Security, authority: Authority) -> Callable[[Fault], Outcome]:
    """The message to a server with this fault, and what became of it."""

    async def scene(fault: Fault) -> Outcome:
        message = Message("bounces@example.org", "morgan@example.org", "<653.token@example.org>", LARGE + DOT)
        changes = {"security": security, "certificates": str(authority.pem), "timeouts": IMPATIENT}
        async with asyncio.timeout(20), Rogue(fault, tls=authority.server()) as server:
            async with Courier(server.smtp.model_copy(update=changes)) as courier:
                outcome = await courier.deliver(message, begin)
            assert [one.data for one in server.messages] == ([LARGE] if outcome.kind is Kind.ACCEPTED else [])
        return outcome

    return lambda fault: asyncio.run(scene(fault))


async def begin() -> None:
    """The ledger's mark, where the test does not look at it."""


LOST = Outcome(Kind.DEFERRED, None, "the connection was lost", Stage.DATA, connection_lost=True)
SILENT = Outcome(Kind.DEFERRED, None, "no answer in time", Stage.DATA, connection_lost=True)
TOO_BIG = Outcome(Kind.REJECTED, 552, "5.3.4 Too big", Stage.DATA, connection_lost=True)
OUT_OF_TURN = Outcome(
    Kind.DEFERRED, None, "the server answered out of turn: 250 2.0.0 Taken", Stage.DATA, connection_lost=True
)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (stops_reading(), SILENT),
        (answers_early("552 5.3.4 Too big"), TOO_BIG),
        (answers_early("552 5.3.4 Too big", reads_on=False), TOO_BIG),
        (answers_early("250 2.0.0 Taken"), OUT_OF_TURN),
        (resets("BODY"), LOST),
    ],
    ids=["stops reading", "too big", "too big and stops reading", "a yes that is none", "torn off"],
)
def test_half_a_message_is_no_message_and_no_doubt(
    hand_over: Callable[[Fault], Outcome], fault: Fault, outcome: Outcome
) -> None:
    assert hand_over(fault) == outcome


def test_a_server_that_reads_slowly_is_waited_for(hand_over: Callable[[Fault], Outcome]) -> None:
    """Longer, all in all, than a block of the message may take (RFC 5321 §4.5.3.2.5)."""
    assert hand_over(reads_slowly(pauses=4, pause_s=0.3)).kind is Kind.ACCEPTED


def test_one_connection_serves_many_messages_without_a_pause(security: Security, authority: Authority) -> None:
    """Over TLS Python's flow control calls an empty buffer full where the limit is 0: every other message waited."""
    message = Message("bounces@example.org", "morgan@example.org", "<653.token@example.org>", LARGE[:60_000] + END)

    async def scene() -> Rogue:
        changes = {"security": security, "certificates": str(authority.pem)}
        async with asyncio.timeout(20), Rogue(tls=authority.server()) as server:
            async with Courier(server.smtp.model_copy(update=changes)) as courier:
                for _ in range(20):
                    assert (await courier.deliver(message, begin)).kind is Kind.ACCEPTED
            return server

    assert asyncio.run(scene()).connections == 1
