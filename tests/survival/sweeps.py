"""A small mailing, made anew for every system call of it at which something shall happen."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.survival.mailers import composer, send
from tests.survival.mailings import Mailing
from tests.survival.newsletters import newsletter
from tests.survival.tracing import calls, traced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from tests.survival.records import Peer, Taken
    from tests.survival.tracing import Call

PEOPLE = 4
CONNECTIONS = 2
ANSWERED = 1
BEGUN = ANSWERED + CONNECTIONS
"""So many messages are taken before a mailing that was begun is killed, all but one without an answer."""


@dataclass
class Sweep:
    """Mailings that are all the same until one of their system calls; such as were begun before, if `options` say."""

    folder: Path
    peer: Peer
    options: tuple[str, ...] = ()
    history: tuple[Taken, ...] = ()
    _made: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._model = newsletter(self.folder / "model", PEOPLE, self.peer.port, connections=CONNECTIONS)
        assert composer(self._model, "send", "1", "--dry-run").wait() == 0  # what is cached is no part of a mailing

    def begin(self) -> None:
        """Let all mailings be such as were killed when the peer answered no more."""
        mailer = send(self._model)
        self.peer.until(lambda: len(self.peer.taken) == BEGUN)
        mailer.kill()
        self.peer.calm_down()
        self.peer.settle()
        self.history = tuple(self.peer.taken)

    def mailing(self) -> Mailing:
        """One more."""
        self._made += 1
        home = self.folder / str(self._made) / "home"
        shutil.copytree(self._model, home)
        return Mailing(home, self.peer, PEOPLE, self.options, self.history)

    def points(self, names: Collection[str]) -> list[Call]:
        """Every system call by these names in a mailing that nothing befalls; of `openat` those that may create."""
        mailing, log = self.mailing(), self.folder / "census"
        mailer = mailing.begin(prelude=traced(log=log))
        assert mailer.wait() == 0, mailer.said
        return [call for call in calls(log) if call.name in names and ("O_CREAT" in call.line or call.name != "openat")]


def sampled(points: list[Call], most: int) -> Iterator[Call]:
    """So many of them at most, evenly spread."""
    step = max(1, -(-len(points) // most))
    yield from points[::step]
