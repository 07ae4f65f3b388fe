"""The test's side of the peer: starts it, and reads its record while it grows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.survival.fates import Fate

_ROOT = Path(__file__).parents[2]
_LOOK_S = 0.002


@dataclass(frozen=True, slots=True)
class Taken:
    """One message that the peer took responsibility for."""

    session: int
    recipient: str
    message_id: str
    sha256: str


@dataclass
class Peer:
    """A peer at work, and what it has written down."""

    path: Path
    seed: int = 0
    trouble: float = 0.0
    only: Fate | None = None
    after: int = 0
    keep: Path | None = None
    taken: list[Taken] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    """Whose message it let the sender doubt of by itself."""
    sessions: set[int] = field(default_factory=set)
    """Which connections are open."""
    opened: int = 0
    """How many there ever were."""
    is_calm: bool = False
    port: int = 0

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.survival.peer", str(self.path)]
        command += ["--seed", str(self.seed), "--trouble", str(self.trouble), "--after", str(self.after)]
        command += ["--only", self.only] if self.only else []
        command += ["--keep", str(self.keep)] if self.keep else []
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT)
        self.port = int(self._pipe(self._process.stdout).readline())
        self._record = self.path.open("rb")
        self._rest = b""
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait()
        self._pipe(self._process.stdout).close()
        self._record.close()

    def calm_down(self) -> None:
        """No trouble from now on."""
        orders = self._pipe(self._process.stdin)
        orders.write(b"calm\n")
        orders.flush()
        self.until(lambda: self.is_calm)

    def look(self) -> None:
        """Read what is new."""
        *lines, self._rest = (self._rest + self._record.read()).split(b"\n")
        for line in lines:
            self._learn(**json.loads(line))

    def until(self, happened: Callable[[], object]) -> None:
        """Wait for something that another process does."""
        self.look()
        while not happened():
            assert self._process.poll() is None, "the peer has died"
            time.sleep(_LOOK_S)
            self.look()

    def settle(self) -> None:
        """Wait until the peer has read to their ends the connections that dead senders have left."""
        self.until(lambda: not self.sessions)

    def _learn(self, what: str, session: int, **details: str) -> None:
        match what:
            case "opened":
                self.sessions.add(session)
                self.opened += 1
            case "closed":
                self.sessions.discard(session)
            case "taken":
                self.taken.append(Taken(session, **details))
            case "unanswered":
                self.unanswered.append(details["recipient"])
            case "calm":
                self.is_calm = True

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe
