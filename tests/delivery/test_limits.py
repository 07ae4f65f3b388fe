"""What a provider and a clock allow: rates, messages per connection, a deadline, patience, a stop in the middle."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Unpack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.delivery import Limits, Pace, Result
from composer.ledger import Doubt, State
from tests.delivery.clock import most_in_a_minute
from tests.delivery.conftest import MOMENT, Office, until
from tests.smtp_server import Fault, SmtpServer, answers, defers_recipient, drops_after_the_dot, drops_at

if TYPE_CHECKING:
    from tests.delivery.conftest import Wishes


def sent(
    office: Office, *faults: Fault, doubt: Doubt = Doubt.HOLD, **wishes: Unpack[Wishes]
) -> tuple[Result, SmtpServer]:
    async def scene() -> tuple[Result, SmtpServer]:
        async with SmtpServer(*faults) as server, asyncio.timeout(20):
            return await office.run(server.smtp, doubt, **wishes), server

    return asyncio.run(scene())


class Departures:
    """Looks at the clock whenever somebody's turn has come, which is the last thing before the message is begun."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.moments: list[float] = []

    def __call__(self, _key: str) -> bool:
        self.moments.append(self._office.seconds)
        return False


@pytest.mark.parametrize("connections", [1, 4])
def test_never_more_than_so_many_in_any_minute(office: Office, connections: int) -> None:
    office.plan(30)
    departures = Departures(office)
    result, server = sent(office, has_opted_out=departures, limits=Limits(per_minute=6), connections=connections)
    assert result.counts == Counter({State.SENT: 30})
    assert most_in_a_minute(departures.moments) <= 6
    assert sorted(server.recipients) == sorted(row.address for row in office.rows())


def test_never_more_than_so_many_in_any_minute_to_one_domain(office: Office) -> None:
    office.plan(10)
    departures = Departures(office)
    result, server = sent(office, has_opted_out=departures, limits=Limits(per_minute_to_domain=2), connections=3)
    assert result.counts == Counter({State.SENT: 10})
    assert most_in_a_minute(departures.moments) <= 2
    assert len(server.messages) == 10


def test_one_connection_keeps_the_order(office: Office) -> None:
    office.plan(12)
    _, server = sent(office, limits=Limits(per_minute=60, per_minute_to_domain=30), connections=1)
    assert server.recipients == [f"reader{number}@example.org" for number in range(12)]


def test_whoever_is_tried_again_counts_again(office: Office) -> None:
    office.plan(6)
    departures = Departures(office)
    faults = [defers_recipient(f"reader{number}@example.org", times=2) for number in range(6)]
    result, _ = sent(office, *faults, has_opted_out=departures, limits=Limits(per_minute=4))
    assert result.counts == Counter({State.SENT: 6})
    assert len(departures.moments) == 18
    assert most_in_a_minute(departures.moments) <= 4


def test_a_rate_holds_where_connections_are_lost(office: Office) -> None:
    office.plan(20)
    departures = Departures(office)
    result, _ = sent(
        office, drops_at("RCPT", times=4), has_opted_out=departures, limits=Limits(per_minute=6), connections=3
    )
    assert result.counts == Counter({State.SENT: 20})
    assert most_in_a_minute(departures.moments) <= 6


@given(per_connection=st.integers(1, 7), people=st.integers(1, 20), connections=st.integers(1, 3))
@settings(max_examples=15)
def test_no_connection_carries_more_than_it_may(
    tmp_path_factory: pytest.TempPathFactory, per_connection: int, people: int, connections: int
) -> None:
    office = Office(tmp_path_factory.mktemp("office") / "ledger.db")
    office.plan(people)
    limits = Limits(messages_per_connection=per_connection)
    result, server = sent(office, connections=connections, limits=limits)
    assert result.counts == Counter({State.SENT: people})
    assert server.connections * per_connection >= people
    assert server.verbs.count("QUIT") == server.connections


def test_exactly_so_many_on_each_connection(office: Office) -> None:
    office.plan(7)
    _, server = sent(office, connections=1, limits=Limits(messages_per_connection=3))
    said = "".join(verb[0] for verb in server.verbs if verb in {"EHLO", "DATA", "QUIT"})
    assert said == "EDDDQEDDDQEDQ"


def test_a_refused_message_counts_too(office: Office) -> None:
    office.plan(4)
    _, server = sent(
        office, answers("RCPT", "550 5.1.1 Who?", times=2), connections=1, limits=Limits(messages_per_connection=2)
    )
    assert server.connections == 2


# Patience and the deadline.


def busy(number: int = 1) -> Fault:
    return defers_recipient(f"reader{number}@example.org")


def test_patience_tries_beyond_the_usual_three(office: Office) -> None:
    office.pace = Pace(tries=3, patience_s=3600, first_wait_s=10, longest_wait_s=600)
    office.plan(3)
    result, _ = sent(office, busy())
    assert result.counts == Counter({State.SENT: 2, State.DEFERRED: 1})
    assert office.waits == [10, 30, 90, 270, 600, 600, 600, 600, 600, 600]
    assert office.rows()[1].attempts == len(office.waits) + 1
    assert office.seconds >= 3600


def test_patience_ends_as_soon_as_the_server_gives_way(office: Office) -> None:
    office.pace = Pace(patience_s=3600)
    office.plan(3)
    result, _ = sent(office, defers_recipient("reader1@example.org", times=5))
    assert result.counts == Counter({State.SENT: 3})
    assert office.rows()[1].attempts == 6


def test_who_is_put_off_until_it_is_too_late_has_failed(office: Office) -> None:
    office.plan(3)
    result, _ = sent(office, busy(), deadline=MOMENT + timedelta(seconds=30))
    assert result.counts == Counter({State.SENT: 2, State.FAILED: 1})
    assert result.is_complete
    row = office.rows()[1]
    assert (row.state, row.code) == (State.FAILED, 450)
    assert row.words == "put off until it was too late: 4.2.1 Mailbox busy"


def test_before_the_deadline_it_is_left_for_the_same_command_and_after_it_tried_once_more(office: Office) -> None:
    office.plan(3)
    deadline = MOMENT + timedelta(hours=24)
    result, _ = sent(office, busy(), deadline=deadline)
    assert result.counts[State.DEFERRED] == 1
    office.now = deadline + timedelta(minutes=1)
    result, _ = sent(office, deadline=deadline)
    assert result.counts == Counter({State.SENT: 1})


def test_after_the_deadline_a_last_not_now_has_failed(office: Office) -> None:
    office.plan(3)
    deadline = MOMENT + timedelta(hours=24)
    sent(office, busy(), deadline=deadline)
    office.now = deadline + timedelta(minutes=1)
    result, _ = sent(office, busy(), deadline=deadline)
    assert result.counts == Counter({State.FAILED: 1})


def test_a_doubt_that_is_sent_again_too_late_is_still_a_doubt(office: Office) -> None:
    """It may have arrived the first time, whatever the server says of the second."""
    office.plan(1)
    sent(office, drops_after_the_dot(times=1))
    result, _ = sent(office, busy(0), doubt=Doubt.RESEND, deadline=MOMENT)
    assert result.counts == Counter({State.IN_DOUBT: 1})
    assert office.states() == {State.IN_DOUBT: 1}


def test_a_connection_lost_after_the_deadline_is_nobodys_failure(office: Office) -> None:
    office.plan(1)
    sent(office, drops_at("RCPT", times=2), deadline=MOMENT)
    assert office.states() == {State.SENT: 1}


def test_what_was_put_off_and_then_lost_its_connection_still_says_why(office: Office) -> None:
    office.plan(1)
    office.pace = Pace(tries=2)
    _, _ = sent(office, defers_recipient("reader0@example.org", times=1), drops_at("RCPT", times=1))
    row = office.rows()[0]
    assert (row.state, row.code, row.words, row.attempts) == (State.DEFERRED, 450, "4.2.1 Mailbox busy", 1)


# Stops in the middle of a wait.


async def stop(office: Office, *faults: Fault, **wishes: Unpack[Wishes]) -> tuple[Result, SmtpServer]:
    """Ctrl-C while everybody waits: the clock of this office never comes to the end of its wait."""
    waiting = asyncio.Event()

    async def sleep(seconds: float) -> None:
        office.waits.append(seconds)
        waiting.set()
        await asyncio.Event().wait()

    office.sleep = sleep  # type: ignore[method-assign]
    async with SmtpServer(*faults) as server, asyncio.timeout(20):
        run = asyncio.create_task(office.run(server.smtp, **wishes))
        await waiting.wait()
        await until(lambda: len(office.waits) >= wishes.get("connections", 1))
        run.cancel()
        return await run, server


def test_a_stop_in_the_middle_of_a_wait_for_the_rate(office: Office) -> None:
    office.plan(10)
    result, server = asyncio.run(stop(office, limits=Limits(per_minute=1), connections=2))
    assert result.was_interrupted
    assert len(server.messages) == 1
    assert office.states() == {State.SENT: 1, State.PLANNED: 9}
    assert {row.attempts for row in office.rows()} == {0, 1}


def test_a_stop_in_the_middle_of_a_wait_for_a_domain(office: Office) -> None:
    office.plan(10)
    result, server = asyncio.run(stop(office, limits=Limits(per_minute_to_domain=1), connections=2))
    assert result.was_interrupted
    assert office.states() == {State.SENT: len(server.messages), State.PLANNED: 10 - len(server.messages)}


def test_a_stop_in_the_middle_of_a_wait_for_another_try(office: Office) -> None:
    office.plan(2)
    result, _ = asyncio.run(stop(office, busy(), connections=1))
    assert result.was_interrupted
    assert office.states() == {State.SENT: 1, State.DEFERRED: 1}
    assert office.rows()[1].words == "4.2.1 Mailbox busy"


def test_a_stop_in_the_middle_of_a_wait_for_a_connection(office: Office) -> None:
    office.plan(2)
    result, _ = asyncio.run(stop(office, drops_at("MAIL"), connections=1))
    assert result.was_interrupted
    assert {(row.state, row.attempts) for row in office.rows()} == {(State.PLANNED, 0)}


# Opt-outs that come in late.


def test_who_opts_out_while_waiting_for_the_rate_gets_nothing(office: Office) -> None:
    office.plan(5)
    result, server = sent(
        office,
        has_opted_out=lambda key: key == "reader4@example.org" and office.seconds >= 60,
        limits=Limits(per_minute=2),
        connections=1,
    )
    assert result.counts == Counter({State.SENT: 4, State.SUPPRESSED: 1})
    assert "reader4@example.org" not in server.recipients


def test_who_opts_out_between_two_tries_gets_nothing(office: Office) -> None:
    office.plan(3)
    result, server = sent(office, busy(), has_opted_out=lambda key: key == "reader1@example.org" and office.seconds > 0)
    assert result.counts == Counter({State.SENT: 2, State.SUPPRESSED: 1})
    assert server.verbs.count("DATA") <= 3
    row = office.rows()[1]
    assert (row.words, row.attempts) == ("opted out before it was their turn", 1)
