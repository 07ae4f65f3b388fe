"""The canary: the first 1 % go alone, their answers decide about the rest, and the rest never wait for nobody."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.delivery import CanaryError, LostAnswersError, Pace, Result
from composer.delivery.canary import Canary
from composer.errors import ComposerError, TryAgainError
from composer.ledger import State
from tests.delivery.conftest import Office, until
from tests.smtp_server import Fault, SmtpServer, defers_recipient, rejects_recipient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SIZE = 20
PEOPLE = 60


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "state" / "ledger.db", has_canary=True)


def reader(number: int) -> str:
    return f"reader{number}@example.org"


def rejected(numbers: Iterable[int]) -> list[Fault]:
    return [rejects_recipient(reader(number)) for number in numbers]


def lost(number: int, times: int = 1_000_000) -> Fault:
    """The connection ends whenever this recipient is named."""
    return Fault("RCPT", None, about=f"<{reader(number)}>", times=times)


def in_doubt(number: int) -> Fault:
    return Fault(".", None, about=reader(number), takes_it=True)


def sent(
    office: Office, *faults: Fault, has_opted_out: Callable[[str], bool] = lambda _: False, connections: int = 3
) -> SmtpServer:
    """Run the mailing; it has to end by itself."""

    async def scene() -> SmtpServer:
        async with SmtpServer(*faults) as server, asyncio.timeout(20):
            result = await office.run(server.smtp, has_opted_out=has_opted_out, connections=connections)
        assert not result.was_interrupted
        return server

    return asyncio.run(scene())


def stopped(office: Office, *faults: Fault, connections: int = 3) -> tuple[str, SmtpServer]:
    """Run the mailing; the canary has to stop it."""

    async def scene() -> tuple[str, SmtpServer]:
        async with SmtpServer(*faults) as server, asyncio.timeout(20):
            with pytest.raises(CanaryError) as caught:
                await office.run(server.smtp, connections=connections)
        return str(caught.value), server

    return asyncio.run(scene())


@pytest.mark.parametrize(
    ("planned", "size"), [(0, 0), (20, 0), (21, 20), (2000, 20), (2001, 21), (2100, 21), (10_000, 100), (10_001, 101)]
)
def test_the_first_hundredth_and_at_least_twenty(planned: int, size: int) -> None:
    canary = Canary.of(Counter({State.PLANNED: planned}))
    assert (canary._size if canary else 0) == size


@pytest.mark.parametrize(
    ("failed", "size", "is_too_many"), [(1, 20, False), (2, 20, True), (5, 100, False), (6, 100, True)]
)
def test_more_than_one_in_twenty_is_too_many(*, failed: int, size: int, is_too_many: bool) -> None:
    canary = Canary(size, answered=size, failed=failed)
    if is_too_many:
        with pytest.raises(CanaryError, match=f"{failed} of the first {size} were refused, so the rest were not sent"):
            canary._judge()
    else:
        canary._judge()


def test_the_rest_wait_until_all_of_the_first_have_an_answer(office: Office) -> None:
    """One of the first is slow: nobody else is named meanwhile."""
    office.plan(PEOPLE)

    async def scene() -> None:
        slow = Fault(".", "250 2.0.0 Taken", about=reader(7), delay_s=0.1, takes_it=True)
        async with SmtpServer(slow) as server, asyncio.timeout(20):
            run = asyncio.create_task(office.run(server.smtp, connections=3))
            await until(lambda: len(server.messages) >= SIZE - 1)
            await asyncio.sleep(0.02)
            assert server.verbs.count("RCPT") == SIZE
            await run
        assert server.recipients[:SIZE].count(reader(7)) == 1
        assert len(server.recipients) == PEOPLE

    asyncio.run(scene())


def test_too_many_refused_among_the_first_keep_the_rest_at_home(office: Office) -> None:
    office.plan(PEOPLE)
    said, server = stopped(office, *rejected([3, 9]))
    assert "2 of the first 20 were refused" in said
    assert "--no-canary" in said
    assert office.states() == {State.SENT: SIZE - 2, State.FAILED: 2, State.PLANNED: PEOPLE - SIZE}
    assert server.verbs.count("RCPT") == SIZE


def test_one_in_twenty_lets_the_rest_go(office: Office) -> None:
    office.plan(PEOPLE)
    sent(office, *rejected([3]))
    assert office.states() == {State.SENT: PEOPLE - 1, State.FAILED: 1}


def test_later_refusals_are_not_the_canarys_business(office: Office) -> None:
    office.plan(PEOPLE)
    sent(office, *rejected(range(30, 45, 2)))
    assert office.states() == {State.SENT: PEOPLE - 8, State.FAILED: 8}


def test_the_same_command_again_is_stopped_again_and_names_nobody(office: Office) -> None:
    office.plan(PEOPLE)
    stopped(office, *rejected([3, 9]))
    _, server = stopped(office)
    assert server.verbs.count("RCPT") == 0
    office.has_canary = False
    assert len(sent(office).messages) == PEOPLE - SIZE
    assert office.states() == {State.SENT: PEOPLE - 2, State.FAILED: 2}


def test_refusals_that_were_not_believed_yet_are_asked_of_as_many_others(office: Office) -> None:
    """The last two of the first were refused alike: about us, it may be; so the next run has two others go first."""
    office.plan(PEOPLE)
    stopped(office, *rejected([18, 19]), connections=1)
    assert office.states() == {State.SENT: 18, State.DEFERRED: 2, State.PLANNED: 40}
    _, server = stopped(office, *rejected(range(18, 60)), connections=1)
    assert server.verbs.count("RCPT") == 2
    assert office.states() == {State.SENT: 18, State.DEFERRED: 4, State.PLANNED: 38}
    sent(office)
    assert office.states() == {State.SENT: PEOPLE}


def test_who_has_an_answer_from_an_earlier_run_counts(office: Office) -> None:
    office.plan(PEOPLE)

    async def scene() -> SmtpServer:
        async with SmtpServer(*rejected([2])) as server:
            run = asyncio.create_task(office.run(server.smtp, connections=1))
            await until(lambda: len(server.messages) >= 10)
            run.cancel()
            assert (await run).was_interrupted
        return server

    first = asyncio.run(scene())
    answered = first.verbs.count("RCPT")
    assert answered < SIZE
    said, server = stopped(office, *rejected([answered + 1]), connections=1)
    assert "2 of the first 20 were refused" in said
    assert server.verbs.count("RCPT") == SIZE - answered


def test_a_mailing_that_is_past_its_canary_goes_on_without_one(office: Office) -> None:
    office.plan(PEOPLE)

    async def scene() -> Result:
        async with SmtpServer() as server:
            run = asyncio.create_task(office.run(server.smtp))
            await until(lambda: len(server.messages) >= 30)
            run.cancel()
            return await run

    assert asyncio.run(scene()).counts[State.SENT] >= 30
    sent(office, *rejected(range(50, 60, 2)))
    assert office.states() == {State.SENT: PEOPLE - 5, State.FAILED: 5}


def test_who_opted_out_is_one_of_the_first_and_has_not_failed(office: Office) -> None:
    office.plan(PEOPLE)
    gone = {reader(number) for number in range(10)}
    server = sent(office, has_opted_out=gone.__contains__)
    assert len(server.messages) == PEOPLE - 10
    assert office.states() == {State.SENT: PEOPLE - 10, State.SUPPRESSED: 10}


def test_all_of_the_first_have_opted_out(office: Office) -> None:
    office.plan(PEOPLE)
    gone = {reader(number) for number in range(SIZE)}
    sent(office, has_opted_out=gone.__contains__)
    assert office.states() == {State.SENT: PEOPLE - SIZE, State.SUPPRESSED: SIZE}


def test_not_now_is_an_answer_and_no_failure(office: Office) -> None:
    office.plan(PEOPLE)
    sent(office, *(defers_recipient(reader(number)) for number in range(5)))
    assert office.states() == {State.SENT: PEOPLE - 5, State.DEFERRED: 5}


@pytest.mark.parametrize("connections", [1, 2, 3, 4])
def test_a_message_whose_connection_is_lost_again_and_again_holds_nobody_up(office: Office, connections: int) -> None:
    """Given up for this run, it never gets an answer: whoever waits for one waits for ever."""
    office.plan(PEOPLE)

    async def scene() -> None:
        async with SmtpServer(lost(5), lost(6)) as server, asyncio.timeout(20):
            with suppress(TryAgainError):  # the last connection is lost to them, or they are given up before
                assert not (await office.run(server.smtp, connections=connections)).was_interrupted

    asyncio.run(scene())
    sent(office)
    assert office.states() == {State.SENT: PEOPLE}


def test_connections_that_are_lost_once_hold_nobody_up(office: Office) -> None:
    office.plan(PEOPLE)
    sent(office, *(lost(number, times=1) for number in range(0, 20, 3)))
    assert office.states() == {State.SENT: PEOPLE}


def test_doubt_is_no_answer_to_wait_for_and_no_failure(office: Office) -> None:
    office.plan(PEOPLE)
    sent(office, in_doubt(2), in_doubt(17))
    assert office.states() == {State.SENT: PEOPLE - 2, State.IN_DOUBT: 2}


def test_a_small_mailing_has_no_canary(office: Office) -> None:
    office.plan(SIZE)
    sent(office, *rejected(range(0, 10, 2)))
    assert office.states() == {State.SENT: 15, State.FAILED: 5}


TROUBLE = st.sampled_from(
    [
        lambda number: rejects_recipient(reader(number)),
        lambda number: rejects_recipient(reader(number), "550 5.7.1 Policy"),
        lambda number: defers_recipient(reader(number)),
        lambda number: defers_recipient(reader(number), times=1),
        lost,
        lambda number: lost(number, times=1),
        in_doubt,
        lambda number: Fault("MAIL", "421 4.3.2 Closing down", times=1),
        lambda number: Fault("CONNECT", "421 4.3.2 Too many", times=2),
    ]
)
FAULTS = st.lists(st.builds(lambda trouble, number: trouble(number), TROUBLE, st.integers(0, 30)), max_size=8)


@given(faults=FAULTS, gone=st.sets(st.integers(0, 30), max_size=25), connections=st.integers(1, 4))
@settings(max_examples=40)
def test_whatever_befalls_the_first_the_run_ends(faults: list[Fault], gone: set[int], connections: int) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = Office(Path(folder) / "ledger.db", has_canary=True, pace=Pace(drain_s=0.2))
        office.plan(35)
        keys = {reader(number) for number in gone}

        async def scene() -> None:
            async with SmtpServer(*faults) as server, asyncio.timeout(20):
                try:
                    result = await office.run(server.smtp, has_opted_out=keys.__contains__, connections=connections)
                except ComposerError:
                    return
                assert not result.was_interrupted, "everybody waited for nobody"

        asyncio.run(scene())
        assert office.states().total() == 35


def test_the_canary_does_not_hide_what_is_worse(office: Office) -> None:
    """Too many lost answers stop the run as they would without it."""
    office.plan(PEOPLE)
    office.pace = replace(office.pace, drain_s=0.2)

    async def scene() -> None:
        async with SmtpServer(Fault(".", None, takes_it=True)) as server, asyncio.timeout(20):
            with pytest.raises(LostAnswersError):
                await office.run(server.smtp, connections=2)

    asyncio.run(scene())
    assert office.states()[State.IN_DOUBT] <= 4
