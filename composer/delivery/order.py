"""What a run is asked to do, and what it says while it does it and at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from composer.delivery.pace import Limits, Pace, World
from composer.ledger import State

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from datetime import datetime

    from composer.courier import Courier
    from composer.dkim import Signer
    from composer.unsubscribe import Tokens


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: `done` of `total` have been dealt with, `counts` says where all of them stand."""

    done: int
    total: int
    counts: Counter[State]


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended that nothing forbade: where the deliveries that it was to make stand now."""

    counts: Counter[State]
    was_interrupted: bool = False
    """Somebody stopped it; the same command goes on where it stopped."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left that may be tried again without a decision about it."""
        return not (self.counts[State.PLANNED] or self.counts[State.DEFERRED])


def nobody(_key: str) -> bool:
    """An empty suppression list."""
    return False


def unheard(_progress: Progress) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Order:
    """What one run is to do: to whom, through which courier, how patiently, and who is told."""

    courier: Callable[[], Courier]
    """A new courier, not yet opened."""
    tokens: Tokens
    signer: Signer | None = None
    connections: int = 4
    segment: str | None = None
    """Only the people of this segment."""
    has_opted_out: Callable[[str], bool] = nobody
    """Asks the suppression list for an address's key, at the last moment before the message is handed over."""
    progress: Callable[[Progress], None] = unheard
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)
    deadline: datetime | None = None
    """Whoever is still put off by then has failed: a weekly goes stale."""
    has_canary: bool = True
    world: World = field(default_factory=World)
