"""What the log shows of one connection to the relay, and of the messages on their way over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from composer.maillog.transaction import Fate

if TYPE_CHECKING:
    from datetime import datetime

    from composer.maillog.counts import Counts
    from composer.maillog.moment import Moment
    from composer.maillog.transaction import Transaction


class Ending(Enum):
    """How a connection ended, to whoever looks for a message whose Message-ID the log never shows."""

    OPEN = auto()
    LEAVE = auto()
    """The client took its leave (QUIT): it was alive, and had all its answers."""
    BLANK = auto()
    """Cut off, and what was on its way, if anything, was never whole."""
    IDLE = auto()
    """Cut off behind a whole message, before anything of the next one."""
    OTHER = auto()
    """Cut off with a message on its way whose Message-ID is known, or before the client had introduced itself."""
    UNTOLD = auto()
    """More came over it than the log shows, or the log does not say."""


@dataclass(slots=True, eq=False)
class Session:
    """One connection, served by one process of smtpd."""

    opened: datetime | None
    """None where the log begins later."""
    closed: datetime | None = None
    ending: Ending = Ending.OPEN
    transaction: Transaction | None = None
    """The latest message."""
    begun: int = 0
    """How many messages there were."""
    named: int = 0
    """How many of them have shown a Message-ID, and no refusal: each that was accepted has."""
    refused: int = 0

    def touches(self, moment: Moment) -> bool:
        """Whether it was there at that moment."""
        return moment.touches(self.opened, self.closed)

    @property
    def is_blank(self) -> bool:
        """Whether nobody knows which message was on its way last, if any was."""
        return self.transaction is None or self.transaction.message_id is None

    def begin(self, transaction: Transaction, at: datetime) -> None:
        """The next message; whatever came before it is over."""
        self._end(Fate.UNTOLD, at)
        self.transaction = transaction
        self.begun += 1

    def cut(self, at: datetime) -> None:
        """The client has gone in the middle of a message."""
        self._end(Fate.CUT, at)

    def close(self, at: datetime, counts: Counts) -> None:
        """The end, as smtpd tells it."""
        self.closed = at
        self.ending = self._ending(counts)
        is_cut = counts.is_told and self.is_blank and self._shows_all(counts)
        self._end(Fate.CUT if is_cut else Fate.UNTOLD, at)

    def die(self, at: datetime) -> None:
        """Its process was killed, or ended itself in despair."""
        self.closed = at
        self.ending = Ending.BLANK if self.transaction and self.is_blank else Ending.OTHER
        self._end(Fate.CUT if self.is_blank else Fate.DIED, at)

    def vanish(self, at: datetime) -> None:
        """Its process serves somebody else, and the log does not show how this ended."""
        self.closed, self.ending = at, Ending.UNTOLD
        self._end(Fate.UNTOLD, at)

    def _end(self, fate: Fate, at: datetime) -> None:
        if self.transaction:
            self.transaction.end(fate, at)

    @property
    def _is_cut(self) -> bool:
        return self.transaction is not None and self.transaction.fate is Fate.CUT

    def _shows_all(self, counts: Counts) -> bool:
        """Whether the log has a line for all that was counted, and not for more."""
        failed = self.refused + counts.unheard + self._is_cut
        return self.begun <= counts.mails and counts.whole <= self.named and counts.failed <= failed

    def _ending(self, counts: Counts) -> Ending:
        if counts.is_leave:
            return Ending.LEAVE
        if not (self._shows_all(counts) if counts.is_told else self._is_cut):
            return Ending.UNTOLD
        if self.is_blank:
            return Ending.BLANK if counts.is_introduced or self._is_cut else Ending.OTHER
        return Ending.OTHER if self._is_cut else Ending.IDLE
