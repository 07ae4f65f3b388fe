"""Whatever a mail server does, nobody is lost, and nobody gets a message twice unless the manager asks for it."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from composer.errors import ComposerError
from composer.ledger import Doubt, State
from tests.delivery.conftest import Office, until
from tests.smtp_server import Fault, SmtpServer

PEOPLE = 8
ADDRESSES = [f"reader{number}@example.org" for number in range(PEOPLE)]

AT = st.sampled_from(["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."])
REPLIES = st.sampled_from(["421 4.3.2 Closing", "451 4.3.0 Later", "550 5.1.1 Unknown", "550 5.7.1 Policy", "299 What"])
FAULTS = st.lists(
    st.builds(Fault, AT, st.none() | REPLIES, times=st.integers(1, 4), takes_it=st.just(value=False))
    | st.builds(Fault, st.just("."), st.none(), times=st.integers(1, 4), takes_it=st.just(value=True))
    | st.builds(Fault, st.just("BODY"), st.none(), times=st.integers(1, 2)),
    max_size=4,
)


@given(faults=FAULTS, connections=st.integers(1, 3), stop_after=st.none() | st.integers(0, PEOPLE))
@settings(max_examples=25, deadline=None)
def test_nobody_is_lost_or_doubled(faults: list[Fault], connections: int, stop_after: int | None) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = Office(Path(folder) / "ledger.db")
        office.plan(PEOPLE)

        async def scene() -> list[str]:
            async with SmtpServer(*faults) as server:
                await _try(office, server, connections, stop_after)
                server.faults = ()
                await office.run(server.smtp, connections=connections)
                return server.recipients

        received = Counter(asyncio.run(scene()))
        stands = {one.address: one.state for one in office.rows()}
        assert set(stands) == set(ADDRESSES)
        assert max(received.values(), default=1) == 1
        for address, state in stands.items():
            assert state in {State.SENT, State.FAILED, State.IN_DOUBT}
            assert received[address] or state is not State.SENT
            assert not received[address] or state is not State.FAILED


@given(faults=FAULTS, connections=st.integers(1, 3))
@settings(max_examples=15, deadline=None)
def test_what_is_sent_again_is_the_same_and_stays_in_doubt_until_it_is_taken_or_refused(
    faults: list[Fault], connections: int
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = Office(Path(folder) / "ledger.db")
        office.plan(PEOPLE)

        async def scene() -> SmtpServer:
            async with SmtpServer(Fault(".", None, times=2, takes_it=True)) as server:
                await office.run(server.smtp, connections=1)
                server.faults = tuple(faults)
                with suppress(ComposerError):
                    await office.run(server.smtp, Doubt.RESEND, connections=connections)
                return server

        server = asyncio.run(scene())
        assert len(set(server.messages)) == PEOPLE
        received = Counter(server.recipients)
        for number, one in enumerate(office.rows()):
            assert one.state is State.SENT or (number < 2 and one.state in {State.IN_DOUBT, State.FAILED})
            assert received[one.address] <= (2 if number < 2 else 1)


async def _try(office: Office, server: SmtpServer, connections: int, stop_after: int | None) -> None:
    run = asyncio.create_task(office.run(server.smtp, connections=connections))
    if stop_after is not None:
        await asyncio.sleep(0)
        await until(lambda: len(server.messages) >= stop_after or run.done())
        run.cancel()
    try:
        await run
    except (ComposerError, asyncio.CancelledError):
        return
