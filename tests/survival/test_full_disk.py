"""The disk is full, or broken, at whatever moment: the run stops before the dot, says so, and goes on afterwards."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.survival.accounts import copies
from tests.survival.extent import IS_LONG, LONGEST_S
from tests.survival.machines import require_root
from tests.survival.mailings import Mailing
from tests.survival.newsletters import CONNECTIONS, newsletter
from tests.survival.records import Peer
from tests.survival.sweeps import CONNECTIONS as FEW_CONNECTIONS
from tests.survival.sweeps import Sweep, sampled
from tests.survival.tracing import traced
from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.survival.tracing import Call

MOST = 10_000 if IS_LONG else 4
REFUSED = 1
FULL = "state/ledger.db: the disk is full, so nothing more can be recorded; make room and run the same command again"

pytestmark = pytest.mark.timeout(LONGEST_S)


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    needs("strace")
    folder = tmp_path_factory.mktemp("full")
    with Peer(folder / "record.jsonl") as peer:
        yield Sweep(folder, peer)


@pytest.mark.parametrize(
    ("names", "error", "lasts"),
    [
        (("pwrite64", "ftruncate"), "ENOSPC", True),
        (("pwrite64", "ftruncate"), "ENOSPC", False),
        (("openat", "mkdir", "link", "rename"), "ENOSPC", True),
        (("write",), "ENOSPC", False),
        (("pwrite64",), "EIO", True),
        (("fdatasync", "fsync"), "EIO", True),
        (("fdatasync", "fsync"), "EIO", False),
    ],
    ids=str,
)
def test_at_any_call(sweep: Sweep, names: tuple[str, ...], error: str, *, lasts: bool) -> None:
    """Once, or from then on: what goes wrong has to be told in one sentence, and cannot cost anybody the message."""
    for point in sampled(sweep.points(names), MOST):
        fails_lawfully(sweep, point, f"error={error}:when={point.nth}{'+' * lasts}")


def fails_lawfully(sweep: Sweep, point: Call, how: str) -> None:
    mailing = sweep.mailing()
    log = mailing.home.parent / "log"
    mailer = mailing.begin(prelude=traced("-e", f"trace={point.name}", "-e", f"inject={point.name}:{how}", log=log))
    code, said = mailer.wait(), mailer.said
    assert code in {0, REFUSED}, (point, said)
    assert "Traceback" not in said, (point, said)
    assert code == 0 or point.name == "write" or said.splitlines()[-1].startswith("composer: "), (point, said)
    mailing.judge()
    account = mailing.finish()
    assert len(account.doubtful) <= FEW_CONNECTIONS, point
    assert set(copies(mailing.taken).values()) <= {1}, point


@contextmanager
def small(folder: Path, size_kb: int) -> Iterator[None]:
    """Meanwhile the folder has a file system of its own, in memory, of this size."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("room_kb", range(0, 800, 16) if IS_LONG else (0, 60, 150, 300, 500, 640))
def test_a_small_disk_fills_up(tmp_path: Path, room_kb: int) -> None:
    """From the ledger's creation over the plan to the messages; with room made the same command goes on."""
    require_root()
    people, size_kb = 200, 4096
    with Peer(tmp_path / "record.jsonl") as peer:
        home = newsletter(tmp_path / "home", people, peer.port)
        mailing, ballast = Mailing(home, peer, people), home / "state" / "ballast"
        with small(home / "state", size_kb):
            ballast.write_bytes(bytes((size_kb - room_kb) * 1024))
            mailer = mailing.begin()
            assert mailer.wait() == REFUSED
            assert mailer.said.splitlines()[-1].endswith(FULL)
            ballast.unlink()
            assert mailing.judge().waiting or not mailing.taken
            assert len(mailing.finish().doubtful) <= CONNECTIONS
    assert set(copies(mailing.taken).values()) == {1}
