"""How fast everybody is and what a message costs them: rounds in which all take turns, and medians."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from bench.clients import PEER, WIRE
from bench.process import busy_s
from bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.clients import Client
    from bench.sink import Sink

FEW = 1000
"""Messages of the shorter run: enough for a JIT compiler to have done its work."""

QUIET = 0.2
"""With fewer processors at work for others the machine counts as ours alone."""
TURNS = 5
"""So often a disturbed turn is taken again."""
PATIENCE_S = 10
"""So long a turn waits for others to end their work."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A client in one round, without its start and its end: the difference of a longer run and a shorter one."""

    per_second: float
    client_ms: float
    """CPU time of a message."""
    sink_ms: float
    others: float
    """How many processors were busy with something else in the longer run."""


def measure(client: Client, sink: Sink, *, scale: float = 1) -> Pace:
    """One client's turn: a shorter run, then a longer one. `scale` makes both shorter."""
    few, many = round(FEW * scale), round((FEW + client.messages) * scale)
    before = sink.cpu_s
    short = client.send(sink.port, few)
    between = sink.cpu_s
    long = client.send(sink.port, many)
    sink_s = sink.cpu_s - between
    more = many - few
    return Pace(
        per_second=more / (long.wall_s - short.wall_s),
        client_ms=1000 * (long.cpu_s - short.cpu_s) / more,
        sink_ms=1000 * (sink_s - (between - before)) / more,
        others=(long.machine_s - long.cpu_s - sink_s) / long.wall_s,
    )


def undisturbed(client: Client, sink: Sink, *, scale: float = 1) -> Pace:
    """The first of some turns during which the machine did hardly anything else, or the least disturbed of them."""
    turns: list[Pace] = []
    while len(turns) < TURNS and not (turns and turns[-1].others < QUIET):
        _wait_for_quiet()
        turns.append(measure(client, sink, scale=scale))
    return min(turns, key=attrgetter("others"))


def _wait_for_quiet() -> None:
    """Wait while others are at work, but not for ever."""
    given_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < given_up:
        busy_before_s = busy_s()
        time.sleep(1)
        if busy_s() - busy_before_s < QUIET:
            return


def table(rounds: Mapping[str, Sequence[Pace]], octets: Mapping[str, float]) -> Table:
    """Medians over the rounds; a ratio is the median of each round's ratio."""
    others = max(pace.others for pace in chain(*rounds.values()))
    return Table(
        f"Messages of 60 KB through 10 connections into one smtp-sink; medians of {_count(rounds)} rounds, "
        f"during which others kept at most {others:.2f} processors busy",
        (
            *(
                "client",
                "messages/s",
                "slowest and fastest round",
                "client's CPU, ms/message",
                "sink's CPU, ms/message",
            ),
            *(f"times {PEER}", f"times {WIRE}", "octets/message"),
        ),
        tuple(_row(name, rounds, octets[name]) for name in rounds),
    )


def _row(name: str, rounds: Mapping[str, Sequence[Pace]], octets: float) -> tuple[str, ...]:
    speeds = [pace.per_second for pace in rounds[name]]
    peer = f"{PEER}, DKIM" if name.endswith("DKIM") else PEER
    return (
        name,
        f"{statistics.median(speeds):,.0f}",
        f"{min(speeds):,.0f} to {max(speeds):,.0f}",
        f"{statistics.median(pace.client_ms for pace in rounds[name]):.3f}",
        f"{statistics.median(pace.sink_ms for pace in rounds[name]):.3f}",
        _ratio(rounds, name, peer),
        _ratio(rounds, name, WIRE),
        f"{octets:,.0f}",
    )


def _ratio(rounds: Mapping[str, Sequence[Pace]], name: str, other: str) -> str:
    if other not in rounds:
        return "-"
    pairs = zip(rounds[name], rounds[other], strict=True)
    return f"{statistics.median(one.per_second / another.per_second for one, another in pairs):.2f}"


def _count(rounds: Mapping[str, Sequence[Pace]]) -> int:
    return len(next(iter(rounds.values())))
