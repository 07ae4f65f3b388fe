"""A campaign: one mailing, killed at one moment after the other, and begun again by the same command each time."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.survival.mailings import Mailing
from tests.survival.newsletters import CONNECTIONS

if TYPE_CHECKING:
    from tests.survival.mailers import Mailer

Moment = Literal["starting", "planning", "sending", "ending"]

_STARTED_S = 0.25
"""About so long a mailer takes until it sends."""
_PLANNING_S = 0.1
_ENDING_S = 0.03
_PATIENCE_S = 1.0
"""A mailer that has sent nothing for so long waits for another try: time to kill it."""


@dataclass
class Campaign(Mailing):
    """A mailing under attack."""

    chance: random.Random = field(default_factory=random.Random)
    kills: int = 0

    @property
    def most_doubts(self) -> int:
        """How many doubts can have come up: one for each connection of each dead run, and what the peer let down."""
        return CONNECTIONS * self.kills + len(self.peer.unanswered)

    def strike(self, moment: Moment, messages: int = 0) -> None:
        """Start the mailer, kill it at this moment (of sending: after so many messages), and hold court."""
        before, most = self.judge().doubtful, self.most_doubts
        mailer = self.begin()
        self._await(moment, mailer, messages)
        mailer.kill()
        assert "Traceback" not in mailer.said, mailer.said
        self.kills += 1
        after = self.judge().doubtful
        assert len(after - before) <= self.most_doubts - most
        assert before <= after or self.options, "a doubt has vanished"

    def _await(self, moment: Moment, mailer: Mailer, messages: int) -> None:
        match moment:
            case "starting":
                time.sleep(self.chance.uniform(0, _STARTED_S))
            case "planning":
                ledger = self.home / "state" / "ledger.db"
                self.peer.until(lambda: ledger.exists() or mailer.has_ended)
                time.sleep(self.chance.uniform(0, _PLANNING_S))
            case "sending":
                self._await_messages(mailer, messages)
            case "ending":
                self.peer.until(lambda: self.peer.sessions or mailer.has_ended)
                self.peer.until(lambda: not self.peer.sessions or mailer.has_ended)
                time.sleep(self.chance.uniform(0, _ENDING_S))

    def _await_messages(self, mailer: Mailer, messages: int) -> None:
        last, moved_at, target = len(self.peer.taken), time.monotonic(), len(self.peer.taken) + messages

        def is_time() -> bool:
            nonlocal last, moved_at
            if len(self.peer.taken) > last:
                last, moved_at = len(self.peer.taken), time.monotonic()
            return last >= target or mailer.has_ended or time.monotonic() - moved_at > _PATIENCE_S

        self.peer.until(is_time)
