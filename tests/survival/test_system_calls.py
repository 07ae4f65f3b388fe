"""A mailer dies at a system call, or is interrupted: at every one that changes anything, one after the other."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.survival.accounts import copies
from tests.survival.extent import IS_LONG, LONGEST_S
from tests.survival.fates import Fate
from tests.survival.records import Peer
from tests.survival.sweeps import ANSWERED, CONNECTIONS, Sweep, sampled
from tests.survival.tracing import traced
from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.survival.mailers import Prelude
    from tests.survival.mailings import Mailing
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
MOST = 10_000 if IS_LONG else 28
MOST_AGAIN = 10_000 if IS_LONG else 8
PARTS = 4
NEARLY = 0.7
INTERRUPTED = 130
RESEND = ("--in-doubt", "resend")

pytestmark = pytest.mark.timeout(LONGEST_S)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    """Mailings from their beginning."""
    needs("strace")
    folder = tmp_path_factory.mktemp("first")
    with Peer(folder / "record.jsonl") as peer:
        yield Sweep(folder, peer)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    """Mailings that have left doubts, which are sent again."""
    needs("strace")
    folder = tmp_path_factory.mktemp("again")
    with Peer(folder / "record.jsonl", trouble=1, only=Fate.SILENT, after=ANSWERED) as peer:
        sweep = Sweep(folder, peer, RESEND)
        sweep.begin()
        yield sweep


@pytest.fixture(scope="module")
def points(first: Sweep) -> list[Call]:
    return list(sampled(first.points(CHANGING), MOST))


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_it_dies_at_nobody_is_lost_and_nobody_gets_it_twice(
    first: Sweep, points: list[Call], part: int
) -> None:
    for mailing in killed(first, points[part::PARTS]):
        assert len(mailing.finish().doubtful) <= CONNECTIONS
        assert set(copies(mailing.taken).values()) == {1}


def test_whatever_it_dies_at_what_is_sent_again_is_the_same(again: Sweep) -> None:
    for mailing in killed(again, list(sampled(again.points(CHANGING), MOST_AGAIN))):
        assert not mailing.finish().doubtful
        assert max(copies(mailing.taken).values()) <= 3


def test_wherever_it_is_interrupted_nobody_is_left_in_doubt(first: Sweep) -> None:
    for point in sampled(first.points(CHANGING), MOST_AGAIN):
        mailing = first.mailing()
        mailer = mailing.begin(prelude=struck(mailing, point, signal.SIGINT))
        assert mailer.wait() in {0, INTERRUPTED}, (point, mailer.said)
        assert "Traceback" not in mailer.said, (point, mailer.said)
        assert not mailing.judge().doubtful, point
        assert not mailing.finish().doubtful, point
        assert set(copies(mailing.taken).values()) == {1}, point


def killed(sweep: Sweep, points: Sequence[Call]) -> Iterator[Mailing]:
    """One mailing after the other whose mailer has died at one of these; nearly all, as not all are made every time."""
    deaths = 0
    for point in points:
        mailing = sweep.mailing()
        mailer = mailing.begin(prelude=struck(mailing, point, signal.SIGKILL))
        code = mailer.wait()
        assert code in {0, -signal.SIGKILL}, (point, mailer.said)
        deaths += code != 0
        mailing.judge()
        yield mailing
    assert deaths >= len(points) * NEARLY


def struck(mailing: Mailing, point: Call, by: signal.Signals) -> Prelude:
    """The prelude of a mailer that the signal meets at this call."""
    inject = f"inject={point.name}:signal={by.name}:when={point.nth}"
    return traced("-e", f"trace={point.name}", "-e", inject, log=mailing.home.parent / "log")
