from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

import pytest

from composer.delivery import Pace, PausedError, Progress, RefusedAlikeError, Result
from composer.errors import ComposerError, TryAgainError
from composer.ledger import Doubt, LedgerError, State
from composer.unsubscribe import Tokens
from tests.delivery.conftest import until
from tests.smtp_server import (
    Fault,
    SmtpServer,
    answers,
    answers_421,
    defers_recipient,
    drops_after_the_dot,
    drops_at,
    is_busy,
    never_answers,
    refuses_connection,
    refuses_sender,
    rejects_recipient,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composer.ledger import Answer
    from tests.delivery.conftest import Office, Wishes


def handed_over(
    office: Office, *faults: Fault, doubt: Doubt = Doubt.HOLD, **wishes: Unpack[Wishes]
) -> tuple[Result, SmtpServer]:
    async def scene() -> tuple[Result, SmtpServer]:
        async with SmtpServer(*faults) as server:
            return await office.run(server.smtp, doubt, **wishes), server

    return asyncio.run(scene())


def stopped_by(
    error: type[ComposerError], office: Office, *faults: Fault, **wishes: Unpack[Wishes]
) -> tuple[str, SmtpServer]:
    async def scene() -> tuple[str, SmtpServer]:
        async with SmtpServer(*faults) as server:
            with pytest.raises(error) as caught:
                await office.run(server.smtp, **wishes)
            return str(caught.value), server

    return asyncio.run(scene())


def once_each(server: SmtpServer, count: int) -> bool:
    return sorted(server.recipients) == sorted(f"reader{number}@example.org" for number in range(count))


def test_everybody_gets_one_message_and_a_second_run_sends_nothing(office: Office) -> None:
    office.plan(25)
    result, server = handed_over(office, connections=4)
    assert result == Result(Counter({State.SENT: 25}))
    assert result.is_complete
    assert once_each(server, 25)
    assert server.connections == 4
    result, server = handed_over(office)
    assert (result.counts, server.connections) == (Counter(), 0)
    row = office.rows()[0]
    assert (row.state, row.code, row.words, row.attempts) == (State.SENT, 250, "2.0.0 Taken", 1)


def test_progress_is_told_for_each(office: Office) -> None:
    office.plan(5)
    told: list[Progress] = []
    handed_over(office, progress=told.append, connections=1)
    assert [one.done for one in told] == [0, 1, 2, 3, 4, 5]
    assert told[2].counts == Counter({State.SENT: 2, State.PLANNED: 3})
    assert {one.total for one in told} == {5}


def test_nobody_is_sent_what_was_not_durably_begun(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.plan(3)

    def fail(*_: object) -> None:
        raise LedgerError("state/ledger.db: the disk is full")

    monkeypatch.setattr("composer.ledger.Run.write", fail)
    said, server = stopped_by(LedgerError, office)
    assert "disk is full" in said
    assert server.messages == []


def test_an_answer_that_cannot_be_written_stops_the_run_and_leaves_doubt(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from composer.ledger import Run

    office.plan(3)
    write = Run.write

    def fail(self: Run, begins: Sequence[int], answers: Sequence[Answer]) -> frozenset[int]:
        if answers:
            raise LedgerError("state/ledger.db: the disk is full")
        return write(self, begins, answers)

    monkeypatch.setattr(Run, "write", fail)
    _, server = stopped_by(LedgerError, office, connections=1)
    assert len(server.messages) == 1
    monkeypatch.undo()
    result, server = handed_over(office)
    assert result.counts == Counter({State.SENT: 2})
    assert office.states() == {State.SENT: 2, State.IN_DOUBT: 1}


def test_a_busy_mailbox_is_tried_again_after_growing_waits(office: Office) -> None:
    office.plan(3)
    result, server = handed_over(office, defers_recipient("reader1@example.org", times=2), connections=1)
    assert result.counts == Counter({State.SENT: 3})
    assert once_each(server, 3)
    assert office.waits == [10, 30]
    assert office.rows()[1].attempts == 3


def test_a_mailbox_that_stays_busy_is_left_for_the_next_run(office: Office) -> None:
    office.plan(3)
    result, _ = handed_over(office, defers_recipient("reader1@example.org"))
    assert not result.is_complete
    row = office.rows()[1]
    assert (row.state, row.code, row.words, row.attempts) == (State.DEFERRED, 450, "4.2.1 Mailbox busy", 3)
    result, server = handed_over(office)
    assert server.recipients == ["reader1@example.org"]
    assert result.is_complete


def test_a_server_that_puts_off_everybody_is_left_alone(office: Office) -> None:
    office.plan(30)
    office.pace = Pace(deferred_alike=8)
    said, server = stopped_by(TryAgainError, office, answers("RCPT", "452 4.7.1 Daily quota used up"))
    assert "put off" in said
    assert "452 4.7.1 Daily quota used up" in said
    assert server.verbs.count("RCPT") <= 9
    assert office.states()[State.PLANNED] >= 21
    assert handed_over(office)[0].counts == Counter({State.SENT: 30})


def test_so_many_put_off_alike_stop_every_connection_even_if_the_next_would_be_taken(office: Office) -> None:
    office.plan(30)
    office.pace = Pace(deferred_alike=8)
    said, _ = stopped_by(TryAgainError, office, answers("RCPT", "452 4.7.1 Daily quota used up", times=8))
    assert "put off 8 messages in a row alike" in said
    assert office.states()[State.PLANNED] >= 20
    assert office.states()[State.SENT] <= 1


def test_an_unknown_recipient_fails_alone(office: Office) -> None:
    office.plan(12)
    result, _ = handed_over(office, rejects_recipient("reader3@example.org"))
    assert result.counts == Counter({State.SENT: 11, State.FAILED: 1})
    row = office.rows()[3]
    assert (row.state, row.code, row.words, row.attempts) == (State.FAILED, 550, "5.1.1 No such user", 1)


def test_a_few_refusals_alike_at_the_end_are_believed(office: Office) -> None:
    office.plan(4)
    assert handed_over(office, answers("RCPT", "550 5.1.1 No such user"))[0].counts == Counter({State.FAILED: 4})


def test_many_refusals_alike_stop_the_run_and_nobody_has_failed(office: Office) -> None:
    office.plan(30)
    said, server = stopped_by(RefusedAlikeError, office, answers(".", "550 5.7.1 Blocked by policy"))
    assert 'refused 10 recipients in a row alike ("550 5.7.1 Blocked by policy")' in said
    assert "run the same command again" in said
    assert office.states()[State.FAILED] == 0
    assert office.states()[State.DEFERRED] in {10, 11}
    assert server.verbs.count("DATA") <= 11
    result, server = handed_over(office)
    assert result.counts == Counter({State.SENT: 30})
    assert once_each(server, 30)


def test_refusals_that_differ_are_about_the_recipients(office: Office) -> None:
    office.plan(24)
    faults = [rejects_recipient(f"reader{number}@example.org", f"550 5.{1 + number % 2}.1 No") for number in range(24)]
    assert handed_over(office, *faults, connections=1)[0].counts == Counter({State.FAILED: 24})


def test_an_objection_to_the_sender_pauses_the_run(office: Office) -> None:
    office.plan(5)
    said, server = stopped_by(PausedError, office, refuses_sender())
    assert 'takes nothing from us ("550 5.7.1 Sender not allowed")' in said
    assert office.states()[State.FAILED] == 0
    assert server.messages == []


def test_a_connection_lost_before_the_body_costs_nobody_anything(office: Office) -> None:
    office.plan(6)
    result, server = handed_over(office, drops_at("RCPT", times=1), answers_421("MAIL", times=1), connections=1)
    assert result.counts == Counter({State.SENT: 6})
    assert once_each(server, 6)
    assert {one.attempts for one in office.rows()} == {1}


def test_a_connection_lost_at_data_is_safe_to_try_again(office: Office) -> None:
    office.plan(3)
    result, server = handed_over(office, drops_at("DATA", times=1), connections=1)
    assert result.counts == Counter({State.SENT: 3})
    assert once_each(server, 3)


def test_an_answer_lost_after_the_dot_is_doubt_and_is_never_sent_again_unasked(office: Office) -> None:
    office.plan(5)
    result, server = handed_over(office, drops_after_the_dot(times=1), connections=1)
    assert result.counts == Counter({State.SENT: 4, State.IN_DOUBT: 1})
    assert once_each(server, 5)
    assert result.is_complete
    assert handed_over(office)[1].messages == []


def test_doubt_is_sent_again_to_the_last_byte_when_the_manager_says_so(office: Office) -> None:
    office.plan(1)
    _, before = handed_over(office, drops_after_the_dot(times=1))
    result, again = handed_over(office, doubt=Doubt.RESEND)
    assert result.counts == Counter({State.SENT: 1})
    assert again.messages == before.messages


def test_what_is_sent_again_and_put_off_stays_in_doubt(office: Office) -> None:
    office.plan(2)
    handed_over(office, drops_after_the_dot(times=1), connections=1)
    result, server = handed_over(office, answers(".", "451 4.7.1 Greylisted"), doubt=Doubt.RESEND)
    assert result.counts == Counter({State.IN_DOUBT: 1})
    assert server.verbs.count("DATA") == office.pace.tries
    row = office.rows()[0]
    assert (row.state, row.code, row.words, row.attempts) == (State.IN_DOUBT, 451, "4.7.1 Greylisted", 4)
    assert handed_over(office)[1].messages == []


@pytest.mark.parametrize("refuses", [answers(at, "550 5.1.1 No such user") for at in ("RCPT", ".")])
def test_what_is_sent_again_and_refused_has_failed(office: Office, refuses: Fault) -> None:
    office.plan(1)
    handed_over(office, drops_after_the_dot(times=1))
    result, _ = handed_over(office, refuses, doubt=Doubt.RESEND)
    assert result.counts == Counter({State.FAILED: 1})
    assert office.states() == {State.FAILED: 1}


def test_a_refusal_that_is_about_us_leaves_what_is_sent_again_in_doubt(office: Office) -> None:
    office.plan(1)
    handed_over(office, drops_after_the_dot(times=1))
    office.pace = replace(office.pace, alike=1)
    with pytest.raises(RefusedAlikeError):
        handed_over(office, answers(".", "550 5.7.1 Blocked by policy"), doubt=Doubt.RESEND)
    assert office.states() == {State.IN_DOUBT: 1}


def test_doubt_that_was_to_be_sent_again_is_still_doubt_when_the_server_is_not_there(office: Office) -> None:
    office.plan(1)
    handed_over(office, drops_after_the_dot(times=1))
    with pytest.raises(TryAgainError):
        handed_over(office, is_busy(), doubt=Doubt.RESEND)
    assert office.states() == {State.IN_DOUBT: 1}


def test_who_opted_out_since_is_not_sent_it_again(office: Office) -> None:
    office.plan(1)
    handed_over(office, drops_after_the_dot(times=1))
    result, server = handed_over(office, doubt=Doubt.RESEND, has_opted_out=lambda _: True)
    assert (result.counts, server.messages) == (Counter({State.IN_DOUBT: 1}), [])
    assert office.rows()[0].words == "opted out before it was their turn"


def test_doubt_may_be_closed(office: Office) -> None:
    office.plan(1)
    handed_over(office, drops_after_the_dot(times=1))
    assert handed_over(office, doubt=Doubt.ASSUME_SENT)[1].messages == []
    assert office.states() == {State.SENT: 1}


def test_a_server_that_is_not_there_leaves_everybody_planned(office: Office) -> None:
    office.plan(5)
    server = SmtpServer()
    server.port = 9
    with pytest.raises(TryAgainError):
        asyncio.run(office.run(server.smtp))
    assert office.states() == {State.PLANNED: 5}
    assert office.waits == []


def test_a_server_that_turns_everybody_away_is_an_error(office: Office) -> None:
    office.plan(5)
    stopped_by(ComposerError, office, refuses_connection())
    assert office.states() == {State.PLANNED: 5}


def test_a_server_that_takes_one_connection_only_is_served_by_one(office: Office) -> None:
    office.plan(12)
    result, server = handed_over(office, is_busy(times=3), connections=4)
    assert result.counts == Counter({State.SENT: 12})
    assert once_each(server, 12)


def test_a_server_that_goes_away_ends_the_run_and_the_next_one_goes_on(office: Office) -> None:
    office.plan(20)

    async def scene() -> list[str]:
        async with SmtpServer() as server:

            def leave(progress: Progress) -> None:
                if progress.done == 7:
                    server.faults = (drops_at("MAIL"), is_busy())

            with pytest.raises(TryAgainError):
                await office.run(server.smtp, progress=leave)
        return server.recipients

    first = asyncio.run(scene())
    assert office.states()[State.SENT] == len(first) < 20
    assert office.states()[State.FAILED] == 0
    result, server = handed_over(office)
    assert result.is_complete
    assert sorted(first + server.recipients) == sorted(f"reader{number}@example.org" for number in range(20))


def test_a_server_that_closes_every_connection_is_left_alone(office: Office) -> None:
    office.plan(20)
    said, server = stopped_by(TryAgainError, office, drops_at("MAIL"))
    assert "closes every connection" in said
    assert server.connections <= 6
    assert office.states() == {State.PLANNED: 20}


def test_ctrl_c_lets_messages_in_flight_end_and_begins_no_more(office: Office) -> None:
    office.plan(30)

    async def scene() -> tuple[Result, list[str]]:
        async with SmtpServer(Fault(".", "250 2.0.0 Taken slowly", delay_s=0.05, times=2, takes_it=True)) as server:
            run = asyncio.create_task(office.run(server.smtp))
            await until(lambda: "DATA" in server.verbs)
            run.cancel()
            return await run, server.recipients

    result, first = asyncio.run(scene())
    assert result.was_interrupted
    assert not result.is_complete
    assert 1 <= result.counts[State.SENT] == len(first) <= 2
    assert office.states() == {State.SENT: len(first), State.PLANNED: 30 - len(first)}
    result, server = handed_over(office)
    assert result.counts == Counter({State.SENT: 30 - len(first)})
    assert sorted(first + server.recipients) == sorted(f"reader{number}@example.org" for number in range(30))


def test_ctrl_c_makes_no_refusal_final_that_may_be_about_us(office: Office) -> None:
    office.plan(30)

    async def scene() -> Result:
        async with SmtpServer(answers("RCPT", "550 5.7.1 Blocked by policy")) as server:
            run = asyncio.create_task(office.run(server.smtp, connections=1))
            await until(lambda: server.verbs.count("RCPT") >= 5)
            run.cancel()
            return await run

    assert asyncio.run(scene()).was_interrupted
    assert office.states()[State.FAILED] == 0
    assert handed_over(office)[0].counts == Counter({State.SENT: 30})


def test_a_message_that_takes_too_long_to_end_is_in_doubt(office: Office) -> None:
    office.plan(4)
    office.pace = Pace(drain_s=0.05)

    async def scene() -> Result:
        async with SmtpServer(never_answers(".")) as server:
            run = asyncio.create_task(office.run(server.smtp, connections=1))
            await until(lambda: "DATA" in server.verbs)
            await asyncio.sleep(0.02)
            run.cancel()
            return await run

    result = asyncio.run(scene())
    assert result.counts == Counter({State.IN_DOUBT: 1, State.PLANNED: 3})
    assert office.states() == result.counts


def test_who_opted_out_meanwhile_gets_nothing(office: Office) -> None:
    office.plan(3)
    result, server = handed_over(office, has_opted_out=lambda key: key == "reader1@example.org")
    assert result.counts == Counter({State.SENT: 2, State.SUPPRESSED: 1})
    assert "reader1@example.org" not in server.recipients


def test_another_signing_key_is_noticed_before_anything_is_sent(office: Office) -> None:
    office.plan(3)
    office.tokens = Tokens("another key" * 4)
    said, server = stopped_by(ComposerError, office)
    assert "restore state/key" in said
    assert server.messages == []


def test_only_a_segment_is_sent_when_only_it_was_asked_for(office: Office) -> None:
    office.plan(3)
    assert handed_over(office, segment="consultants")[0].counts == Counter()
    assert handed_over(office, segment="members")[0].counts == Counter({State.SENT: 3})


def test_a_run_that_has_lost_its_place_stops(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from composer.ledger import HeldError

    def taken_over(_: object) -> None:
        raise HeldError("issue 653 was taken over by another run")

    office.plan(2)
    monkeypatch.setattr("composer.ledger.Run.beat", taken_over)
    monkeypatch.setattr("composer.delivery.round.BEAT_S", 0.01)
    office.pace = replace(office.pace, drain_s=0.05)
    said, _ = stopped_by(HeldError, office, never_answers("MAIL"))
    assert "taken over" in said
    assert office.states() == {State.PLANNED: 2}


def test_a_message_that_the_server_is_too_small_for_stops_the_run_and_nobody_was_tried(office: Office) -> None:
    office.plan(3)

    async def scene() -> str:
        async with SmtpServer(offers=["PIPELINING", "SIZE 1000"]) as server:
            with pytest.raises(ComposerError) as caught:
                await office.run(server.smtp)
            assert server.verbs.count("MAIL") == 0
        return str(caught.value)

    assert "takes messages of at most 1,000 bytes" in asyncio.run(scene())
    assert [(one.state, one.attempts) for one in office.rows()] == [(State.PLANNED, 0)] * 3


def test_a_ledger_that_does_not_add_up_sends_nothing(office: Office) -> None:
    office.plan(3)
    with office.ledger() as ledger, ledger._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM deliveries WHERE id = 2")
    said, server = stopped_by(LedgerError, office)
    assert "3 were planned for it, and 2 are there" in said
    assert server.connections == 0
