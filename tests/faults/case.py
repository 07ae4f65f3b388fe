"""One wrong server, and how a mailing to six people through two connections ends with it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import Exit
from composer.ledger import State
from composer.settings import Timeouts
from tests.faults.ending import Ending, assert_lawful, ending
from tests.smtp_server import SmtpServer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from composer.settings import Smtp
    from tests.delivery.conftest import Office

PEOPLE = 6
TIMEOUT_S = 0.2
_IMPATIENT = Timeouts(
    connect=TIMEOUT_S, command=TIMEOUT_S, data=TIMEOUT_S, body=TIMEOUT_S, dot=TIMEOUT_S, quit=TIMEOUT_S
)

DONE = (Exit.DONE, {State.SENT: PEOPLE})
NOBODY = (Exit.TRY_AGAIN, {State.PLANNED: PEOPLE})
DOUBT = (Exit.REFUSED, {State.IN_DOUBT: 4, State.PLANNED: 2})
"""Twice as many as connections; then the run stops."""


@dataclass(frozen=True)
class Case:
    """What a server does, and what comes of it."""

    name: str
    server: Callable[[], SmtpServer]
    exit: Exit
    stands: Mapping[State, int]
    answer: tuple[int | None, str] = (250, "2.0.0 Taken")
    """The code and the words recorded with whoever is not planned any more."""

    def __str__(self) -> str:
        return self.name


def assert_ends(office: Office, case: Case) -> None:
    """The mailing ends as the case has it, and the next run finishes it."""
    office.plan(PEOPLE)
    server = case.server()
    end = sent_through(office, server)
    assert (end.exit, office.states()) == (case.exit, Counter(case.stands))
    begun = {(row.code, row.words) for row in office.rows() if row.state is not State.PLANNED}
    assert begun <= {case.answer}
    finished(office, server)


def sent_through(office: Office, server: SmtpServer, connections: int = 2) -> Ending:
    """Hand a mailing to this server; it has to end, and within the law."""

    async def scene() -> tuple[Ending, list[str]]:
        async with server, asyncio.timeout(20):
            return await ending(office, impatient(server), connections=connections), server.recipients

    end, taken = asyncio.run(scene())
    assert_lawful(office, taken, PEOPLE)
    return end


def impatient(server: SmtpServer) -> Smtp:
    """The settings that lead there, for a test that does not want to wait."""
    return server.smtp.model_copy(update={"timeouts": _IMPATIENT})


def finished(office: Office, server: SmtpServer) -> None:
    """The next run brings everybody their message who has not got it, and nobody else."""

    async def scene() -> list[str]:
        async with SmtpServer() as healthy:
            await office.run(healthy.smtp)
        return healthy.recipients

    taken = asyncio.run(scene())
    assert set(office.states()) <= {State.SENT, State.FAILED, State.IN_DOUBT}
    assert_lawful(office, server.recipients + taken, PEOPLE)
