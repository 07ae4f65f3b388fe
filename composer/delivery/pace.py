"""How patient a run is, and what it takes from the world around it."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_GROWTH = 3.0
"""Each wait is this many times the one before."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, how long and how much before a run gives up; what is deferred then is left for the same command."""

    tries: int = 3
    """How often one message, or one connection, is tried in one run."""
    patience_s: float = 0
    """For how long messages that are put off are tried beyond that, before they are left for the same command."""
    first_wait_s: float = 10
    longest_wait_s: float = 1800
    alike: int = 10
    """So many refusals in a row alike are about us, and nobody's failure."""
    deferred_alike: int = 50
    """So many deferrals in a row alike end the run: whoever goes on knocking is shut out."""
    drain_s: float = 5
    """How long the messages in flight may take to end when the run is stopped."""

    def wait_s(self, tried: int, chance: float) -> float:
        """How long to wait after the `tried`th try; `chance` in [0, 1) spreads the waits by a quarter either way."""
        growth: float = _GROWTH ** (tried - 1)
        return min(self.first_wait_s * growth, self.longest_wait_s) * (0.75 + chance / 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider allows; None: as much as can be."""

    messages_per_connection: int | None = None
    per_minute: int | None = None
    per_minute_to_domain: int | None = None


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the post office has a clock


@dataclass(frozen=True, slots=True)
class World:
    """A clock in seconds that only goes forward, one that tells the time, a way to wait, and chance in [0, 1)."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], datetime] = _now
    chance: Callable[[], float] = random.random
