"""Processes that die or are stopped in the middle, and what the next one makes of it."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from composer.errors import TryAgainError
from composer.ledger import State
from tests.delivery.conftest import Office, until
from tests.smtp_server import Fault, SmtpServer

if TYPE_CHECKING:
    from asyncio.subprocess import Process

PEOPLE = 60
CONNECTIONS = 3
EVERYBODY = {f"reader{number}@example.org" for number in range(PEOPLE)}

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot send SIGKILL, nor SIGINT to a single process"
)


def slowly() -> Fault:
    return Fault(".", "250 2.0.0 Taken", delay_s=0.005, takes_it=True)


async def sender(office: Office, server: SmtpServer) -> Process:
    arguments = ("-m", "tests.delivery.sender", str(office.path), str(server.port))
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)


async def received(server: SmtpServer, count: int, process: Process) -> None:
    await until(lambda: len(server.messages) >= count or process.returncode is not None)


@pytest.mark.parametrize("seed", range(int(os.environ.get("COMPOSER_CRASHES", "1"))))
def test_a_process_that_is_killed_again_and_again_loses_nobody_and_sends_to_nobody_twice(
    office: Office, seed: int
) -> None:
    """Once, or as often as `make crash` asks for."""
    office.plan(PEOPLE)
    kills = sorted(random.Random(seed).sample(range(1, PEOPLE), 3))

    async def scene() -> list[str]:
        async with SmtpServer(slowly()) as server:
            for count in kills:
                process = await sender(office, server)
                await received(server, count, process)
                process.kill()
                assert await process.wait() == -signal.SIGKILL
                await until(lambda: not server._sessions)
            await office.run(server.smtp)
            return server.recipients

    recipients = asyncio.run(scene())
    doubtful = {one.address for one in office.rows() if one.state is State.IN_DOUBT}
    assert set(Counter(recipients).values()) == {1}
    assert set(recipients) | doubtful == EVERYBODY
    assert len(doubtful) <= CONNECTIONS * len(kills)
    assert office.states() == +Counter({State.SENT: PEOPLE - len(doubtful), State.IN_DOUBT: len(doubtful)})


def test_the_place_of_a_killed_process_is_free_at_once(office: Office) -> None:
    office.plan(PEOPLE)

    async def scene() -> None:
        async with SmtpServer(slowly()) as server:
            process = await sender(office, server)
            await received(server, 5, process)
            with pytest.raises(TryAgainError, match="issue 653 is being sent by desk since"):
                await office.run(server.smtp)
            process.kill()
            await process.wait()
            await office.run(server.smtp)

    asyncio.run(scene())
    assert office.states()[State.PLANNED] == 0


def test_ctrl_c_ends_in_order_and_the_next_process_goes_on_at_once(office: Office) -> None:
    office.plan(PEOPLE)

    async def scene() -> list[str]:
        async with SmtpServer(slowly()) as server:
            process = await sender(office, server)
            await received(server, 10, process)
            process.send_signal(signal.SIGINT)
            said, _ = await process.communicate()
            assert (said.decode().strip(), process.returncode) == ("interrupted", 0)
            assert office.states() == {State.SENT: len(server.messages), State.PLANNED: PEOPLE - len(server.messages)}
            await office.run(server.smtp)
            return server.recipients

    recipients = asyncio.run(scene())
    assert sorted(recipients) == sorted(EVERYBODY)
    assert office.states() == {State.SENT: PEOPLE}
