"""Connections that end, fall silent or forget, each at the worst moment, and what a mailing makes of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from composer.delivery import Limits
from composer.errors import Exit
from composer.ledger import State
from tests.faults.case import DONE, DOUBT, NOBODY, PEOPLE, Case, assert_ends, sent_through
from tests.faults.ending import ending
from tests.faults.rogue import Manners, Rogue, half_closes, hangs_up_after_each, resets, trickles
from tests.smtp_server import Fault, answers, never_answers, rejects_recipient

if TYPE_CHECKING:
    from tests.delivery.conftest import Office
    from tests.smtp_server import Moment

LOST = (None, "the connection was lost")
EARLY: tuple[Moment, ...] = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA")
"""Before anything of a message has left."""

CASES = (
    *(Case(f"torn off at {at}", lambda at=at: Rogue(resets(at)), *NOBODY) for at in EARLY),  # type: ignore[misc] # a Moment
    *(Case(f"half closed at {at}", lambda at=at: Rogue(half_closes(at)), *NOBODY) for at in EARLY),  # type: ignore[misc]
    Case("torn off in the message", lambda: Rogue(resets("BODY")), *DOUBT, LOST),
    Case("torn off at the dot", lambda: Rogue(resets(".")), *DOUBT, LOST),
    Case("torn off at the dot, and taken", lambda: Rogue(resets(".", takes_it=True)), *DOUBT, LOST),
    Case("half closed in the message", lambda: Rogue(half_closes("BODY")), *DOUBT, LOST),
    Case("half closed at the dot", lambda: Rogue(half_closes(".")), *DOUBT, LOST),
    Case("half closed at the dot, and taken", lambda: Rogue(half_closes(".", takes_it=True)), *DOUBT, LOST),
    Case("torn off at QUIT", lambda: Rogue(resets("QUIT")), *DONE),
    Case("half closed at QUIT", lambda: Rogue(half_closes("QUIT")), *DONE),
    Case("one message a connection", lambda: Rogue(hangs_up_after_each()), *DONE),
    Case("groups forgotten", lambda: Rogue(manners=Manners(forgets=True)), *DONE),
    Case("no PIPELINING", lambda: Rogue(offers=()), *DONE),
    Case("groups promised and answered slowly", lambda: Rogue(trickles("RCPT", times=2)), *DONE),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case(office: Office, case: Case) -> None:
    assert_ends(office, case)


@pytest.mark.parametrize("at", ["RCPT", "RSET"])
@pytest.mark.parametrize("fault", [resets, half_closes])
def test_a_connection_that_ends_after_a_refusal_costs_nobody_else_anything(
    office: Office, fault: type, at: Moment
) -> None:
    office.plan(PEOPLE)
    server = Rogue(rejects_recipient("reader1@example.org"), fault(at, times=1))
    assert sent_through(office, server, connections=1).exit == Exit.DONE
    assert office.states() == {State.SENT: PEOPLE - 1, State.FAILED: 1}


def test_a_server_that_takes_one_message_a_connection_is_served_to_the_end(office: Office) -> None:
    office.plan(30)

    async def scene() -> Rogue:
        async with Rogue(hangs_up_after_each()) as server:
            assert (await ending(office, server.smtp)).exit == Exit.DONE
        return server

    server = asyncio.run(scene())
    assert server.connections == len(server.messages) == 30
    assert office.waits == []


def test_who_forgets_groups_is_asked_one_by_one_from_then_on(office: Office) -> None:
    office.plan(PEOPLE)
    server = Rogue(manners=Manners(forgets=True))
    assert sent_through(office, server, connections=1).exit == Exit.DONE
    assert server.connections == 2
    assert server.verbs.count("RCPT") == PEOPLE


def test_a_message_too_large_is_nobodys_failure_and_costs_no_attempt(office: Office) -> None:
    """RFC 1870: known from EHLO, or said at MAIL by a server that had not told."""
    office.plan(PEOPLE)
    end = sent_through(office, Rogue(offers=["SIZE 500"]))
    assert end.exit == Exit.REFUSED
    assert "takes messages of at most" in end.said
    assert {(row.state, row.attempts) for row in office.rows()} == {(State.PLANNED, 0)}
    end = sent_through(office, Rogue(answers("MAIL", "552 5.3.4 Message size exceeds limit"), offers=["SIZE"]))
    assert end.exit == Exit.REFUSED
    assert office.states()[State.FAILED] == 0


def test_leave_that_is_not_answered_holds_up_nobody(office: Office) -> None:
    """Neither at the end nor between two connections is QUIT worth more than the time to drain."""
    office.plan(PEOPLE)

    async def scene() -> list[str]:
        async with Rogue(never_answers("QUIT")) as server, asyncio.timeout(20):
            await office.run(server.smtp, connections=1, limits=Limits(messages_per_connection=4))
        return server.recipients

    assert len(asyncio.run(scene())) == PEOPLE


def test_a_server_that_loses_patience_between_two_messages_is_opened_anew(office: Office) -> None:
    """Where the meter makes the connections wait longer than the server does."""
    office.plan(PEOPLE)

    async def scene() -> Rogue:
        async with Rogue(hangs_up_after_each()) as server:
            limits = Limits(per_minute=2, per_minute_to_domain=1)
            assert (await ending(office, server.smtp, connections=1, limits=limits)).exit == Exit.DONE
        return server

    assert len(asyncio.run(scene()).messages) == PEOPLE


def test_lost_answers_are_forgiven_while_messages_are_taken(office: Office) -> None:
    """A server that is started again loses as many as there are connections, and the mailing goes on."""
    office.plan(60)

    async def scene() -> Rogue:
        async with Rogue(Fault(".", None, times=2, takes_it=True)) as server:
            assert (await ending(office, server.smtp)).exit == Exit.REFUSED
        return server

    assert len(asyncio.run(scene()).messages) == 60
    assert office.states() == {State.SENT: 58, State.IN_DOUBT: 2}


def test_a_server_that_loses_every_other_answer_is_stopped(office: Office) -> None:
    """One connection of two leads to a server that never answers the dot: half of a list in doubt helps nobody."""
    office.plan(60)
    odd = [Fault(".", None, about=f"reader{number}@", takes_it=True) for number in range(1, 60, 2)]

    async def scene() -> Rogue:
        async with Rogue(*odd) as server:
            end = await ending(office, server.smtp)
            assert end.exit == Exit.REFUSED
            assert "in doubt, and the rest were not sent" in end.said
        return server

    asyncio.run(scene())
    assert office.states()[State.IN_DOUBT] <= 4
    assert office.states()[State.PLANNED] >= 50
