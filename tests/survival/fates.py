"""What may befall a message on its way into a mail server, dealt out by chance that a seed repeats."""

from __future__ import annotations

import random
from enum import StrEnum


class Fate(StrEnum):
    """What the peer does with one message."""

    GOOD = "good"
    SLOW = "slow"
    """Taken, and answered late."""
    CLOSES_DOWN = "421"
    """The server closes down at MAIL."""
    MAILBOX_BUSY = "450"
    """Not now, for this recipient."""
    LOST_BEFORE_BODY = "lost before the body"
    LOST_IN_BODY = "lost in the body"
    NOT_NOW = "451"
    """Not now, after the dot."""
    LOST_UNTAKEN = "lost untaken"
    """The connection ends after the dot, and the message with it."""
    LOST_TAKEN = "lost taken"
    """The message is taken, and the connection ends before the answer."""
    SILENT = "silent"
    """The message is taken, and the answer never comes."""


GOOD = Fate.GOOD

_TROUBLES = tuple(fate for fate in Fate if fate not in {Fate.GOOD, Fate.SILENT})
_SLOWEST_S = 0.02


class Fates:
    """Deals trouble to a share of all messages: one and the same, or every kind of it as often as any other."""

    def __init__(self, seed: int, share: float, *, only: Fate | None = None, after: int = 0) -> None:
        """`after` so many messages the trouble begins."""
        self._chance = random.Random(seed)
        self._share = share
        self._troubles = (only,) if only else _TROUBLES
        self._good = after

    def draw(self) -> Fate:
        """The fate of the next message."""
        self._good -= 1
        if self._good >= 0 or self._chance.random() >= self._share:
            return GOOD
        return self._chance.choice(self._troubles)

    def delay_s(self) -> float:
        """How late a late answer is."""
        return self._chance.uniform(0, _SLOWEST_S)

    def calm_down(self) -> None:
        """Everything is well from now on."""
        self._share = 0
