"""A mailer dies at a system call: at every one that changes anything, one after the other."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.survival.accounts import copies
from tests.survival.extent import IS_LONG, LONGEST_S
from tests.survival.records import Peer
from tests.survival.sweeps import CONNECTIONS, Sweep, sampled
from tests.survival.tracing import traced
from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.survival.tracing import Call

CHANGING = (
    "connect",
    "fdatasync",
    "flock",
    "fsync",
    "ftruncate",
    "link",
    "mkdir",
    "openat",
    "pwrite64",
    "recvfrom",
    "rename",
    "sendto",
    "unlink",
    "write",
)
MOST = 10_000 if IS_LONG else 32
PARTS = 4

pytestmark = pytest.mark.timeout(LONGEST_S)


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    needs("strace")
    folder = tmp_path_factory.mktemp("calls")
    with Peer(folder / "record.jsonl") as peer:
        yield Sweep(folder, peer)


@pytest.fixture(scope="module")
def points(sweep: Sweep) -> list[Call]:
    return list(sampled(sweep.points(CHANGING), MOST))


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_it_dies_at_nobody_is_lost_and_nobody_gets_it_twice(
    sweep: Sweep, points: list[Call], part: int
) -> None:
    deaths = [dies_lawfully(sweep, point) for point in points[part::PARTS]]
    assert sum(deaths) >= len(deaths) - 2  # the last calls of a kind are made or not as the wind blows


def dies_lawfully(sweep: Sweep, point: Call) -> bool:
    """Whether it died there at all; some calls are not made every time."""
    mailing = sweep.mailing()
    inject = f"inject={point.name}:signal=KILL:when={point.nth}"
    mailer = mailing.begin(prelude=traced("-e", f"trace={point.name}", "-e", inject, log=mailing.home.parent / "log"))
    code = mailer.wait()
    assert code in {0, -signal.SIGKILL}, (point, mailer.said)
    mailing.judge()
    account = mailing.finish()
    assert len(account.doubtful) <= CONNECTIONS, point
    assert set(copies(mailing.taken).values()) <= {1}, point
    return code != 0
