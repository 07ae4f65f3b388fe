"""Fifty processes send one issue at the same moment: one of them does, and the others say which."""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from tests.survival.accounts import copies
from tests.survival.fates import Fate
from tests.survival.mailings import TRY_AGAIN, Mailing
from tests.survival.newsletters import CONNECTIONS, newsletter
from tests.survival.records import Peer

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 300
PROCESSES = 50
HELD = re.compile(r"issue 1 is being sent by \S+ since \d\d:\d\d \(\S+, process (\d+)\)")


def await_opening(gate: str) -> None:
    """Wait until somebody opens the pipe for writing."""
    os.close(os.open(gate, os.O_RDONLY))


def test_fifty_at_once_are_one_run(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with Peer(tmp_path / "record.jsonl") as peer:
        mailing = Mailing(newsletter(tmp_path / "home", PEOPLE, peer.port), peer, PEOPLE)
        mailers = [mailing.begin(prelude=partial(await_opening, str(gate))) for _ in range(PROCESSES)]
        opened = os.open(gate, os.O_WRONLY)
        codes = Counter(mailer.wait() for mailer in mailers)
        os.close(opened)
        account = mailing.judge()
    assert codes.keys() <= {0, TRY_AGAIN}, [mailer.said for mailer in mailers]
    assert codes[0]
    for mailer in mailers:
        said = HELD.search(mailer.said)
        assert (mailer.wait() == TRY_AGAIN) == bool(said), mailer.said
        assert not said or int(said[1]) in {other.pid for other in mailers}
    assert peer.opened == CONNECTIONS
    assert not account.waiting
    assert set(copies(mailing.taken).values()) == {1}


def test_the_place_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    with Peer(tmp_path / "record.jsonl", trouble=1, only=Fate.SILENT) as peer:
        mailing = Mailing(newsletter(tmp_path / "home", PEOPLE, peer.port), peer, PEOPLE)
        first = mailing.begin()
        peer.until(lambda: len(mailing.taken) == CONNECTIONS)
        second = mailing.begin()
        assert second.wait() == TRY_AGAIN
        said = HELD.search(second.said)
        assert said
        assert int(said[1]) == first.pid
        first.kill()
        peer.calm_down()
        assert len(mailing.finish().doubtful) == CONNECTIONS
    assert set(copies(mailing.taken).values()) == {1}
