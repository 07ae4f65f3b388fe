"""How much memory a mailing takes, planned and sent, for lists of ten thousand to a million."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.process import run
from bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.homes import Homes
    from bench.process import Cost
    from bench.sink import Sink

MIB = 1024
"""KiB."""


@dataclass(frozen=True, slots=True)
class Peak:
    """One size of list: the process that planned its mailing, and the one that sent it, or a part of it."""

    readers: int
    planning: Cost
    sending: Cost


def measure(homes: Homes, sink: Sink, readers: int, seconds: float | None) -> Peak:
    """Plan the whole list and send to it, or to as many as can be reached in so many seconds."""
    homes.make(readers)
    planning = homes.plan(readers)
    limit = () if seconds is None else ("--seconds", str(seconds))
    return Peak(readers, planning, run(*homes.sending(readers, sink.port), *limit))


def table(peaks: Iterable[Peak]) -> Table:
    """In MiB, by VmHWM of the process itself."""
    return Table(
        "Memory at its peak, in MiB, and how long it took",
        ("people planned", "planning, MiB", "planning, s", "messages sent", "sending, MiB", "sending, s"),
        tuple(_row(peak) for peak in peaks),
    )


def _row(peak: Peak) -> tuple[str, ...]:
    return (
        f"{peak.readers:,}",
        f"{peak.planning.said['peak_kib'] / MIB:.0f}",
        f"{peak.planning.wall_s:.1f}",
        f"{peak.sending.said['taken']:,}",
        f"{peak.sending.said['peak_kib'] / MIB:.0f}",
        f"{peak.sending.wall_s:.1f}",
    )
