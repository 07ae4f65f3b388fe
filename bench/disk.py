"""What a slow disk does to the speed: every fsync of the ledger is held back a while, by strace."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.process import run
from bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.homes import Homes
    from bench.sink import Sink

DELAYS_MS = (0, 1, 2, 5, 10)
FEW, MANY = 500, 3000
_SYNCS = "trace=fsync,fdatasync"


@dataclass(frozen=True, slots=True)
class Slowed:
    """A mailing on a disk that takes so much longer to say that something is on it."""

    delay_ms: int
    per_second: float
    messages_per_sync: float


def measure(homes: Homes, sink: Sink, delay_ms: int) -> Slowed:
    """The difference of a longer run and a shorter one; strace stops no other system call."""
    few_s, few_syncs = _timed(homes, sink, delay_ms, messages=FEW)
    many_s, many_syncs = _timed(homes, sink, delay_ms, messages=MANY)
    more = MANY - FEW
    return Slowed(delay_ms, more / (many_s - few_s), more / (many_syncs - few_syncs))


def table(found: Iterable[Slowed]) -> Table:
    """One row for each delay."""
    return Table(
        "Composer with slower disks",
        ("every fsync takes longer by", "messages/s", "messages/fsync"),
        tuple((f"{one.delay_ms} ms", f"{one.per_second:,.0f}", f"{one.messages_per_sync:.1f}") for one in found),
    )


def _timed(homes: Homes, sink: Sink, delay_ms: int, *, messages: int) -> tuple[float, int]:
    """Seconds, and how often the disk was waited for."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "syncs"
        held_back = f"inject=fsync,fdatasync:delay_exit={delay_ms * 1000}"
        slowly = ("strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", _SYNCS, "-e", held_back)
        cost = run(*slowly, *homes.sending(messages, sink.port))
        return cost.wall_s, len(log.read_text(encoding="utf-8").splitlines())
