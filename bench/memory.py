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
    whole: Cost | None
    """The whole command, from the list to the report; None where that was not asked for."""


def measure(homes: Homes, sink: Sink, readers: int, seconds: float | None) -> Peak:
    """Plan the whole list and send to it, or to as many as can be reached in so many seconds.

    The whole command can only be measured where it is not cut short.
    """
    homes.make(readers)
    planning = homes.plan(readers)
    limit = () if seconds is None else ("--seconds", str(seconds))
    sending = run(*homes.sending(readers, sink.port), *limit)
    has_reached_all = sending.said["taken"] == readers
    return Peak(readers, planning, sending, run(*homes.whole(readers, sink.port)) if has_reached_all else None)


def table(peaks: Iterable[Peak]) -> Table:
    """In MiB: VmHWM of the process itself, and ru_maxrss of the whole command."""
    return Table(
        "Memory at its peak, in MiB, and how long it took",
        (
            *("people planned", "planning, MiB", "planning, s", "messages sent", "sending, MiB", "sending, s"),
            *("whole command, MiB", "whole command, s"),
        ),
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
        f"{peak.whole.peak_kib / MIB:.0f}" if peak.whole else "-",
        f"{peak.whole.wall_s:.1f}" if peak.whole else "-",
    )
