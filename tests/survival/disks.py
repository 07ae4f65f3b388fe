"""A disk whose power can be cut: it knows what was flushed to it, and what only seemed to be.

What is written to it is in its cache at once, and on the platter when a flush has followed. So everything that was
written before the last flush is there when the power comes back; of a sector that was written since then nothing can be
said: it may be there or not, whatever became of those before it. That is all that a file system may rely on.
"""

from __future__ import annotations

import errno
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

SECTOR = 512
"""Octets: so many a disk writes whole, or not at all."""


class Disk:
    """The drive itself: octets, and since when they last."""

    def __init__(self, image: bytes, chance: random.Random) -> None:
        self._seen = bytearray(image)
        self._lasting = bytearray(image)
        self._fleeting: list[tuple[int, bytes]] = []
        self._lock = threading.Lock()
        self._chance = chance
        self._writes_left: int | None = None
        self.has_power = True

    def __len__(self) -> int:
        return len(self._seen)

    def cut_after(self, writes: int) -> None:
        """Lose the power at a write that is still to come."""
        with self._lock:
            self._writes_left = writes

    def cut(self) -> None:
        """Lose the power now."""
        with self._lock:
            self._lose_power()

    def read(self, offset: int, size: int) -> bytes:
        """What a reader sees."""
        return bytes(self._seen[offset : offset + size])

    def write(self, offset: int, data: bytes) -> None:
        """Take data into the cache."""
        with self._lock:
            self._require_power()
            self._seen[offset : offset + len(data)] = data
            self._fleeting.append((offset, data))
            if self._writes_left is not None:
                self._writes_left -= 1
                if self._writes_left < 0:
                    self._lose_power()

    def flush(self) -> None:
        """Make everything last that was written until now."""
        with self._lock:
            self._require_power()
            for offset, data in self._fleeting:
                self._lasting[offset : offset + len(data)] = data
            self._fleeting = []

    @property
    def remains(self) -> bytes:
        """What is there when the power comes back."""
        assert not self.has_power
        return bytes(self._lasting)

    def _lose_power(self) -> None:
        """Of what is in the cache nothing, everything or some lasts, sector by sector."""
        self.has_power = False
        kept = self._chance.choice((0.0, 0.5, 1.0))
        for offset, data in self._fleeting:
            for start in range(offset, offset + len(data), SECTOR):
                if self._chance.random() < kept:
                    self._lasting[start : start + SECTOR] = data[start - offset : start - offset + SECTOR]

    def _require_power(self) -> None:
        if not self.has_power:
            raise OSError(errno.EIO, "no power")
