"""What can be true of one delivery, and which truth may follow which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class State(StrEnum):
    """Where one delivery stands; every row is in exactly one of these, always."""

    PLANNED = "planned"
    """Nothing has been handed over yet."""
    SENDING = "sending"
    """Its message is being handed over at this moment; between runs there is none."""
    SENT = "sent"
    """The server took responsibility for it (RFC 5321 §4.2.5)."""
    DEFERRED = "deferred"
    """The server said "not now"; the same command tries again."""
    FAILED = "failed"
    """The server said "never" about this recipient."""
    IN_DOUBT = "in-doubt"
    """Handed over, but the answer was lost: it may have arrived or not. No plan changes it."""
    SUPPRESSED = "suppressed"
    """The person had opted out when their turn came."""
    EXCLUDED = "excluded"
    """Planned once, but no longer on any list before anything was handed over."""


class Doubt(StrEnum):
    """What to do about deliveries in doubt: leave them named, send the same bytes again, or take them as arrived.

    One that is sent again is in doubt until the server takes or refuses it: "not now" (4yz) says nothing of what was
    handed over before, nor does an opt-out since. After a "never" (5yz) nothing can be done for it any more: failed.
    """

    HOLD = "hold"
    RESEND = "resend"
    ASSUME_SENT = "assume-sent"


OPEN = (State.PLANNED, State.DEFERRED)
"""May be handed over."""

BEGUN = (State.SENDING, State.SENT, State.DEFERRED, State.FAILED, State.IN_DOUBT)
"""A server has heard of it: the content of the issue can no longer be changed."""


def domain_of(address: str) -> str:
    """The part after the @, in which capitals mean nothing (RFC 5321 §2.4)."""
    return address.rpartition("@")[2].casefold()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row: one issue for one address."""

    id: int
    number: int
    key: str
    """The identity of the address, as `composer.audience.Recipient.key`."""
    address: str
    variant: str
    fields: Mapping[str, str]
    segments: frozenset[str]
    message_id: str
    state: State
    attempts: int
    code: int | None
    """The last SMTP reply code."""
    words: str
    """What the server said last, or why the row is where it is."""
    updated_at: datetime
    begun_at: datetime | None = None
    """When it was handed over last; the first time of all that are in doubt."""

    @property
    def domain(self) -> str:
        """As `domain_of` says: what a limit counts by, and a report."""
        return domain_of(self.address)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one delivery, to be written down before the next one begins on that connection."""

    id: int
    state: State
    code: int | None = None
    words: str = ""
    attempts: int = 0
    """What to add to the attempts: 1 for an answer that came before the message was begun, because beginning counts."""

    def leaves(self, *, in_doubt: bool) -> State:
        """Where its delivery stands then, if it was in doubt before this run (see `Doubt`) or not."""
        return State.IN_DOUBT if in_doubt and self.state not in _SETTLING else self.state


_SETTLING = (State.SENT, State.FAILED)
"""The answers that end a doubt."""
