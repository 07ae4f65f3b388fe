"""The course of a mailing: when the servers' answers came, in intervals from a second to weeks.

The answers come in any order and may be a million: they are counted in at most `MOST` intervals, which grow when the
time that they span does.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from composer.ledger import State

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 80
"""So many intervals can be told apart on a telephone."""

ANSWERED = (State.SENT, State.FAILED, State.DEFERRED, State.IN_DOUBT)
"""What became of a message that was handed over."""

_WIDTHS_S = (1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800)
"""Each goes into the next, so that intervals can be joined without looking at their answers again."""


@dataclass(frozen=True, slots=True)
class Course:
    """How many answers came in each interval."""

    begins: datetime
    """Of the first interval."""
    width: timedelta
    """Of every interval."""
    intervals: tuple[Counter[State], ...]
    first: datetime
    last: datetime

    @property
    def took(self) -> timedelta:
        """From the first answer to the last."""
        return self.last - self.first

    @property
    def answers(self) -> int:
        """All of them."""
        return sum(interval.total() for interval in self.intervals)

    @property
    def per_minute(self) -> float | None:
        """The mean rate; None where all came within a second, which says nothing."""
        seconds = self.took.total_seconds()
        return self.answers / seconds * 60 if seconds >= 1 else None

    @property
    def fastest(self) -> int:
        """Which interval had the most answers."""
        return max(range(len(self.intervals)), key=lambda place: self.intervals[place].total())

    def beginning(self, place: int) -> datetime:
        """When an interval begins."""
        return self.begins + place * self.width


def course(moments: Iterable[tuple[datetime, State]], offset: timedelta) -> Course | None:
    """The course of these answers, if there is any; `offset` from UTC is where days and hours begin."""
    log, first, last = _Log(int(offset.total_seconds())), None, None
    for moment, state in moments:
        if state in ANSWERED:
            log.add(int(moment.timestamp()), state)
            first = moment if first is None or moment < first else first
            last = moment if last is None or moment > last else last
    return log.course(first, last) if first and last else None


class _Log:
    """Counts answers by interval."""

    def __init__(self, offset_s: int) -> None:
        self._offset_s = offset_s
        self._widths = list(_WIDTHS_S)
        self._intervals: dict[int, Counter[State]] = {}
        self._least = self._largest = 0

    def add(self, second: int, state: State) -> None:
        """Count an answer of that second (from 1970) in."""
        place = (second + self._offset_s) // self._widths[0]
        if place not in self._intervals:
            place = self._make_room(second, place)
        self._intervals[place][state] += 1

    def course(self, first: datetime, last: datetime) -> Course:
        """What was counted, the empty intervals with it."""
        width = self._widths[0]
        begins = datetime.fromtimestamp(self._least * width - self._offset_s, UTC)
        places = range(self._least, self._largest + 1)
        intervals = tuple(self._intervals.get(place, Counter()) for place in places)
        return Course(begins, timedelta(seconds=width), intervals, first, last)

    def _make_room(self, second: int, place: int) -> int:
        """The place of an interval that is new, after those that are there have grown as far as they must."""
        if not self._intervals:
            self._least = self._largest = place
        while max(place, self._largest) - min(place, self._least) >= MOST:
            self._grow()
            place = (second + self._offset_s) // self._widths[0]
        self._least, self._largest = min(place, self._least), max(place, self._largest)
        self._intervals.setdefault(place, Counter())
        return place

    def _grow(self) -> None:
        width, wider, *others = [*self._widths, 2 * self._widths[-1]]
        joined: dict[int, Counter[State]] = {}
        for place, counts in self._intervals.items():
            joined.setdefault(place * width // wider, Counter()).update(counts)
        self._intervals, self._least, self._largest = joined, min(joined), max(joined)
        self._widths = [wider, *others]
