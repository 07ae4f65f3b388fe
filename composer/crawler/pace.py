"""How long to wait for servers, and how long to leave them in peace."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds."""

    connect_s: float = 5.0
    read_s: float = 10.0
    """Without a single byte."""
    overall_s: float = 60.0
    """For all links together; what is not known by then stays unknown."""
    pause_s: float = 0.25
    """Between two requests to one host."""
    again_s: float = 1.0
    """Before a failed request is tried once more."""
    longest_wait_s: float = 5.0
    """The longest `Retry-After` that is waited for."""
    count_s: float = 10.0
    """For the pages of one document."""


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


@dataclass(slots=True)
class Turns:
    """One request at a time for each host, with a pause between two."""

    pause_s: float
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turns: dict[str, _Turn] = field(default_factory=dict)

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        """Meanwhile nobody else asks this host; one that gave no answer needs no rest."""
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            time.sleep(max(0.0, turn.free_at - time.monotonic()))
            yield
            turn.free_at = time.monotonic() + self.pause_s
