"""A mailing is stopped from outside: it ends in order where it can, says how to go on, and the next run does."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.survival.accounts import copies
from tests.survival.fates import Fate
from tests.survival.mailings import Mailing
from tests.survival.newsletters import CONNECTIONS, newsletter
from tests.survival.records import Peer
from tests.survival.terminals import CTRL_C, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.survival.accounts import Account

PEOPLE = 800
SENT = 50
INTERRUPTED = 130
GO_ON = "composer: interrupted; the same command goes on where it stopped"


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Mailing]:
    """A mailing to a server that takes a moment for every answer."""
    with Peer(tmp_path / "record.jsonl", trouble=1, only=Fate.SLOW) as peer:
        yield Mailing(newsletter(tmp_path / "home", PEOPLE, peer.port), peer, PEOPLE)


@pytest.fixture
def stuck(tmp_path: Path) -> Iterator[Mailing]:
    """A mailing to a server that after some messages answers no more."""
    with Peer(tmp_path / "record.jsonl", trouble=1, only=Fate.SILENT, after=SENT) as peer:
        yield Mailing(newsletter(tmp_path / "home", PEOPLE, peer.port), peer, PEOPLE)


def finish(mailing: Mailing) -> Account:
    """The next run, with a server in good health."""
    mailing.peer.calm_down()
    account = mailing.finish()
    assert set(copies(mailing.taken).values()) == {1}
    return account


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_messages_in_flight_are_ended_first(slow: Mailing, number: signal.Signals) -> None:
    mailer = slow.begin()
    slow.peer.until(lambda: len(slow.taken) >= SENT)
    mailer.signal(number)
    assert mailer.wait() == INTERRUPTED
    assert GO_ON in mailer.said
    account = slow.judge()
    assert account.waiting
    assert not account.doubtful
    assert not finish(slow).doubtful


def test_what_takes_too_long_is_cut_off_and_named(stuck: Mailing) -> None:
    mailer = stuck.begin()
    stuck.peer.until(lambda: len(stuck.taken) == SENT + CONNECTIONS)
    mailer.signal(signal.SIGINT)
    assert mailer.wait() == INTERRUPTED
    assert GO_ON in mailer.said
    doubtful = stuck.judge().doubtful
    assert doubtful == {one.recipient for one in stuck.taken[SENT:]}
    assert all(f"in doubt: {address}: cut off" in mailer.said for address in doubtful)
    assert finish(stuck).doubtful == doubtful


def test_impatience_loses_nobody(stuck: Mailing) -> None:
    mailer = stuck.begin()
    stuck.peer.until(lambda: len(stuck.taken) == SENT + CONNECTIONS)
    while not mailer.has_ended:
        mailer.signal(signal.SIGINT)
        time.sleep(0.02)
    assert mailer.wait() == INTERRUPTED
    assert "run the same command again" in mailer.said
    doubtful = stuck.judge().doubtful
    assert doubtful == {one.recipient for one in stuck.taken[SENT:]}
    assert finish(stuck).doubtful == doubtful


def test_ctrl_c_at_a_terminal(slow: Mailing) -> None:
    with Terminal() as terminal:
        mailer = slow.begin(prelude=terminal.seat)
        slow.peer.until(lambda: terminal.look() and len(slow.taken) >= SENT)
        terminal.type(CTRL_C)
        slow.peer.until(lambda: terminal.look() and mailer.has_ended)
        assert mailer.wait() == INTERRUPTED
        assert GO_ON in terminal.look()
    assert not slow.judge().doubtful
    finish(slow)


def test_a_closed_terminal_loses_nobody(slow: Mailing) -> None:
    with Terminal() as terminal:
        mailer = slow.begin(prelude=terminal.seat)
        slow.peer.until(lambda: terminal.look() and len(slow.taken) >= SENT)
    assert mailer.wait()
    assert not slow.judge().doubtful
    finish(slow)
