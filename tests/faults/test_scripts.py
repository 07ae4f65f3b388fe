"""The laws, under any script of faults: nobody is lost or doubled, doubt stays small, and the run ends."""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from composer.delivery import Pace
from composer.ledger import State
from tests.delivery.conftest import Office
from tests.faults.case import impatient
from tests.faults.ending import assert_lawful, ending
from tests.faults.rogue import (
    Manners,
    Rogue,
    answers_without_end,
    half_closes,
    hangs_up_after_each,
    resets,
    speaks_unasked,
)
from tests.smtp_server import OFFERS, Fault, SmtpServer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

PEOPLE = 8
AT = st.sampled_from(["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", ".", "RSET", "QUIT"])
TIMES = st.integers(1, 4)
ABOUT = st.sampled_from(["", "", "reader1@", "reader5@"])
REPLIES = st.sampled_from(
    [
        "250 Ok",
        "250 Ok\r\n250 Ok",
        "250-Ok\r\n250 Ok",
        "354 Go on",
        "354 Go on\r\n250 Ok",
        "354 Go on\r\n554 No",
        "421 4.3.2 Closing down",
        "450 4.2.1 Busy",
        "450 4.2.1 Busy\r\n250 Ok",
        "503 5.5.1 Out of turn",
        "550 5.1.1 Unknown",
        "550 5.1.1 Unknown\r\n354 Go on",
        "550 5.7.1 Policy",
        "299 What",
        "99",
        "\0\udcff",
        "",
    ]
)


def said() -> SearchStrategy[Fault]:
    """Any reply at any moment; a message is taken where the server says so."""
    made = partial(Fault, delay_s=0)
    return st.builds(made, AT, REPLIES, about=ABOUT, times=TIMES, goes_on=st.booleans())


def done() -> SearchStrategy[Fault]:
    """Any end of a connection, with the message taken or not."""
    ends = st.sampled_from([resets, half_closes])
    return st.one_of(
        st.builds(lambda end, at, times, takes_it: end(at, times, takes_it=takes_it), ends, AT, TIMES, st.booleans()),
        st.builds(Fault, AT | st.just("BODY"), st.none(), about=ABOUT, times=TIMES, takes_it=st.booleans()),
        st.builds(lambda times: speaks_unasked(times=times), TIMES),
        st.builds(lambda at: answers_without_end(at, times=2), AT),
        st.builds(hangs_up_after_each),
    )


MANNERS = st.builds(Manners, piece=st.sampled_from([None, 1, 7]), gathers=st.booleans(), forgets=st.booleans())


@given(
    script=st.lists(said() | done(), max_size=5),
    manners=MANNERS,
    offers=st.sampled_from([OFFERS, ()]),
    connections=st.integers(1, 3),
)
@settings(max_examples=40, deadline=None)
def test_whatever_a_server_says_and_does(
    script: list[Fault], manners: Manners, offers: Sequence[str], connections: int
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = Office(Path(folder) / "ledger.db", pace=Pace(drain_s=0.2))
        office.plan(PEOPLE)

        async def scene() -> list[str]:
            async with Rogue(*script, manners=manners, offers=offers) as server, asyncio.timeout(60):
                await ending(office, impatient(server), connections=connections)
                assert office.states()[State.IN_DOUBT] <= 2 * max(connections, 2)
            taken = [one.recipient for one in server.messages if one.data]
            assert_lawful(office, taken, PEOPLE)
            async with SmtpServer() as healthy:
                await office.run(healthy.smtp, connections=connections)
            return taken + healthy.recipients

        assert_lawful(office, asyncio.run(scene()), PEOPLE)
        assert set(office.states()) <= {State.SENT, State.FAILED, State.IN_DOUBT}
