"""The geometry of the charts: what is drawn where, in percent of the width or on a ground of 100 by 100."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from composer.ledger import State
from composer.report.course import ANSWERED
from composer.report.summary import ORDER

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from composer.report.course import Course
    from composer.report.summary import Tally

_LEAST = 1.0
"""No part of a bar is narrower, in percent: one failure in a million has to be seen."""

_FEWEST = 12
"""No chart over time has fewer columns: a single one is not to fill it."""

_ROUND = (1, 2, 3, 4, 5, 6, 8)
_MOST_TICKS = 4
_TICKS_S = (
    *(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800),
    *(604_800, 1_209_600, 2_419_200, 7_257_600, 14_515_200, 29_030_400),
)
_DAY_S = 86_400
_EDGE = 12
"""Nearer to an edge, in percent, a label is written away from it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One state's part of a bar."""

    state: State
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart of bars."""

    tally: Tally
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One state's part of one interval; `y` from above."""

    state: State
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under a chart over time, and how SVG is to anchor it."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Two charts over the same time: answers in each interval, and all the messages sent until then."""

    columns: tuple[Column, ...]
    most: int
    """What the top of the columns means."""
    line: str
    """The path of the messages sent."""
    sent: int
    """What the top of the line means."""
    ticks: tuple[Tick, ...]


def parts(counts: Counter[State], width: float = 100) -> tuple[Part, ...]:
    """The states side by side in their order, `width` percent in all."""
    present = [state for state in ORDER if counts[state]]
    shares = [max(counts[state] / counts.total() * width, _LEAST) for state in present]
    widths = [share * width / sum(shares) for share in shares]
    begins = accumulate(widths, initial=0.0)
    return tuple(Part(state, counts[state], x, share) for state, x, share in zip(present, begins, widths, strict=False))


def bars(tallies: Sequence[Tally]) -> tuple[Bar, ...]:
    """A bar for each, as long as it has deliveries, the longest over the whole width."""
    most = max((tally.counts.total() for tally in tallies), default=0)
    return tuple(
        Bar(tally, parts(tally.counts, max(tally.counts.total() / most * 100, _LEAST)))
        for tally in tallies
        if tally.counts.total()
    )


def timeline(course: Course, zone: tzinfo) -> Timeline:
    """The course drawn."""
    most = ceiling(max(interval.total() for interval in course.intervals))
    sent = [*accumulate((interval[State.SENT] for interval in course.intervals), initial=0)]
    top, step = ceiling(sent[-1]), 100 / max(len(course.intervals), _FEWEST)
    points = " ".join(f"{place * step:.2f},{100 - 100 * count / top:.2f}" for place, count in enumerate(sent))
    return Timeline(tuple(_columns(course, step, most)), most, f"M{points}", top, tuple(_ticks(course, step, zone)))


def ceiling(count: int) -> int:
    """The next round number: a digit with noughts."""
    steps = (int(f"{digit}{'0' * power}") for power in range(len(str(count)) + 1) for digit in _ROUND)
    return next(step for step in steps if step >= count)


def _columns(course: Course, step: float, most: int) -> Iterator[Column]:
    for place, interval in enumerate(course.intervals):
        floor = 100.0
        for state in ANSWERED:
            if interval[state]:
                height = 100 * interval[state] / most
                floor -= height
                yield Column(state, (place + 0.1) * step, floor, step * 0.8, height)


def _ticks(course: Course, step: float, zone: tzinfo) -> Iterator[Tick]:
    width = int(course.width.total_seconds())
    seconds = max(len(course.intervals), _FEWEST) * width
    apart = next((tick for tick in _TICKS_S if seconds / tick <= _MOST_TICKS), seconds)
    apart = max(apart - apart % width, width)
    offset = course.begins.astimezone(zone).utcoffset()
    begins = int(course.begins.timestamp() + (offset.total_seconds() if offset else 0))
    for second in range(-begins % apart, seconds + 1, apart):
        if second % width == 0:
            x = second / width * step
            anchor = "start" if x < _EDGE else "end" if x > 100 - _EDGE else "middle"
            at = course.beginning(second // width).astimezone(zone)
            yield Tick(x, _label(at, apart, spans_days=seconds > _DAY_S), anchor)


def _label(at: datetime, apart: int, *, spans_days: bool) -> str:
    if apart >= _DAY_S:
        return f"{at:%d %b}"
    if spans_days:
        return f"{at:%a %H:%M}"
    return f"{at:%H:%M}" if apart % 60 == 0 else f"{at:%H:%M:%S}"
