"""One message on its way to the relay, and what the log says of its end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from composer.maillog.session import Session


class Fate(Enum):
    """What became of a message that was on its way."""

    OPEN = auto()
    """The rest of it may still come."""
    CUT = auto()
    """Its connection ended before it did."""
    REFUSED = auto()
    """The relay did not want it."""
    DIED = auto()
    """The process that received it died, before its end or just behind it."""
    UNTOLD = auto()
    """It is over, and the log does not say how, or not yet."""
    TAKEN = auto()
    """The queue manager has it."""


@dataclass(slots=True, eq=False)
class Transaction:
    """One message on its way, from the queue id that it was given with its first recipient."""

    queue_id: str
    session: Session | None = None
    """None where the log does not show the connection."""
    fate: Fate = Fate.OPEN
    at: datetime | None = None
    """When that was decided."""
    message_id: str | None = None
    """None until the log shows it: when the header has been read, and sometimes after the connection has ended."""
    instance: str = ""
    """Which of several Postfixes on the host has shown it."""

    def name(self, message_id: str, instance: str) -> None:
        """The log shows its Message-ID."""
        self.message_id, self.instance = message_id, instance
        if self.fate is Fate.OPEN and self.session:
            self.session.named += 1

    def end(self, fate: Fate, at: datetime) -> None:
        """It is over, in one way or another."""
        if self.fate is Fate.OPEN:
            self.fate, self.at = fate, at

    def refuse(self, at: datetime) -> None:
        """The relay did not want it: so it is none of those that were accepted."""
        if self.fate is Fate.OPEN and self.session:
            self.session.refused += 1
            self.session.named -= self.message_id is not None
        if self.fate is not Fate.TAKEN:
            self.fate, self.at = Fate.REFUSED, at

    def take(self, at: datetime) -> None:
        """The queue manager has it; where that cannot be, the queue id may be somebody else's by now."""
        if self.fate is not Fate.TAKEN:
            is_odd = self.fate in {Fate.CUT, Fate.REFUSED}
            self.fate, self.at = Fate.UNTOLD if is_odd else Fate.TAKEN, at
