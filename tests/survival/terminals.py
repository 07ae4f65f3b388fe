"""A terminal of the test's own, at which a mailer can be watched, interrupted, and left alone."""

from __future__ import annotations

import os
import pty
import select
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from tests.survival.mailers import Prelude

CTRL_C = b"\x03"


class Terminal:
    """A pseudo-terminal; who writes to it waits until somebody looks."""

    def __enter__(self) -> Self:
        self._ours, self._theirs = pty.openpty()
        self._shown = b""
        self._is_open = True
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def seat(self) -> Prelude:
        """The prelude that puts a mailer before this terminal."""
        return partial(_sit_down, os.ttyname(self._theirs))

    def look(self) -> str:
        """Everything that was on it so far."""
        while self._is_open and select.select([self._ours], [], [], 0)[0]:
            self._shown += os.read(self._ours, 65536)
        return self._shown.decode("utf-8", "replace")

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._ours, keys)

    def close(self) -> None:
        """Close its window: whoever sits before it is hung up on."""
        if self._is_open:
            self._is_open = False
            os.close(self._ours)
            os.close(self._theirs)


def _sit_down(name: str) -> None:
    os.setsid()
    descriptor = os.open(name, os.O_RDWR)  # the first terminal that a session opens is its own
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with suppress(OSError):
            os.dup2(descriptor, stream.fileno())
    os.environ["TERM"] = "xterm"
