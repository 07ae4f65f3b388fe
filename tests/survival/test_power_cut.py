"""The power fails while a mailing runs: what the ledger had said of a message is still there when it comes back."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import pytest

from composer.ledger import embedded
from tests.survival.accounts import copies
from tests.survival.disks import Disk
from tests.survival.extent import IS_LONG, LONGEST_S
from tests.survival.machines import formatted, require_devices, running
from tests.survival.mailings import Mailing
from tests.survival.newsletters import CONNECTIONS, newsletter
from tests.survival.records import Peer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from sqlite3 import Connection

PEOPLE = 900 if IS_LONG else 300
CUTS = 12 if IS_LONG else 4
CAMPAIGNS = 10 if IS_LONG else 1
PLANNING = 45
"""About so many writes of the disk make a ledger and a plan of this size."""
SENDING = 120
"""About so many are a good third of its messages."""

pytestmark = pytest.mark.timeout(LONGEST_S)


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Mailing]:
    require_devices()
    with Peer(tmp_path / "record.jsonl") as peer:
        yield Mailing(newsletter(tmp_path / "home", PEOPLE, peer.port), peer, PEOPLE)


def cut(mailing: Mailing, disk: Disk, chance: random.Random, *, writes: int) -> Disk:
    """Let the mailer run until the power fails at one of so many writes; the disk as it is found then."""
    with running(disk, mailing.home / "state"):
        disk.cut_after(chance.randrange(writes))
        mailer = mailing.begin()
        mailing.peer.until(lambda: not disk.has_power or mailer.has_ended)
        disk.cut()
        mailer.kill()
    assert "Traceback" not in mailer.said
    return Disk(disk.remains, chance)


@pytest.mark.parametrize("seed", range(CAMPAIGNS))
def test_nobody_is_lost_and_nobody_gets_it_twice(mailing: Mailing, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    disk = Disk(formatted(tmp_path), chance)
    for number in range(1, CUTS + 1):
        disk = cut(mailing, disk, chance, writes=PLANNING if number % 3 == 1 else SENDING)
        with running(disk, mailing.home / "state"):
            assert len(mailing.judge().doubtful) <= CONNECTIONS * number
    with running(disk, mailing.home / "state"):
        mailing.finish()
    assert set(copies(mailing.taken).values()) == {1}


@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_a_ledger_that_does_not_wait_for_the_disk_would_be_found_out(
    mailing: Mailing, tmp_path: Path, level: str
) -> None:
    chance = random.Random(level)
    disk = Disk(formatted(tmp_path), chance)
    with running(disk, mailing.home / "state"):
        mailer = mailing.begin(prelude=partial(hasten, level))
        mailing.peer.until(lambda: len(mailing.taken) > PEOPLE / 2)
        disk.cut()
        mailer.kill()
    with running(Disk(disk.remains, chance), mailing.home / "state"), pytest.raises(AssertionError, match="differ"):
        mailing.judge()


def hasten(level: str) -> None:
    """Have SQLite write as it does where speed is dearer than truth."""
    careful = embedded._harden

    def harden(connection: Connection, _record: object) -> None:
        careful(connection, _record)
        connection.execute(f"PRAGMA synchronous = {level}").close()

    embedded._harden = harden
