"""Times of day as people write them, and ranges of them: "2-4pm", "9.30am to 12 noon", "10:00-11:30"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF = r"\s?[ap]m\b|\s?[ap]\.m\b\.?|\s?noon\b|\s?midday\b|\s?midnight\b"
_TIME = rf"(?P<{{0}}>\d{{{{1,2}}}}(?:[.:]\d\d)?)(?P<{{0}}_half>{_HALF}|)"
_HOURS = re.compile(
    rf"""
    (?<![\w.:,/£$€\#%-])(?<![\w)][\u2010-\u2014])(?P<between>between\s+)?{_TIME.format("start")}
    (?P<join>(?(between)\s+and\s+|(?:\s*[-\u2010-\u2014]\s*|\s+(?:to|until|till)\s+)))
    {_TIME.format("end")}(?![\w:/%£$€-])(?![.,]\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SINGLE = re.compile(
    r"(?<![\w.:,/£$€#%-])(?<![\w)][\u2010-\u2014])(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d)\s?|)[ap]\.?m\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(r"\b(?:at|from|until)\s+(?P<hour>\d\d):(?P<minute>\d\d)\b(?![:.]\d| min|\s?[ap]\.?m\b)")
_MINUTES = 60
_SMALL_HOURS = 6
_NOON, _DAY = 12, 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """One end of a range: what is written, and its half of the day, "am", "pm" or nothing."""

    hour: int
    minute: int | None
    half: str
    is_padded: bool = False
    """Whether its hour is written with a zero in front, as clocks of 24 hours have it."""

    @property
    def is_possible(self) -> bool:
        """Whether there is such a time."""
        return self.hour <= (_NOON if self.half else 2 * _NOON) and (self.minute or 0) < _MINUTES

    @property
    def is_known(self) -> bool:
        """Whether one can tell in which half of the day it is."""
        return bool(self.half) or self.hour > _NOON or self.is_padded

    def is_known_behind(self, first: Clock) -> bool:
        """Whether one can tell it of the end of a range: "14:00-2:30" counts to 24, as its start does."""
        return self.is_known or not first.half

    @property
    def minutes(self) -> int:
        """Since midnight; without a half, as a clock of 24 hours counts."""
        hour = self.hour % _NOON + (_NOON if self.half == "pm" else 0) if self.half else self.hour
        return hour * _MINUTES + (self.minute or 0)


@dataclass(frozen=True, slots=True)
class Hours:
    """Two times joined by a dash or "to", if times they are."""

    start: int
    end: int
    text: str
    first: Clock
    last: Clock
    join: str

    @property
    def is_lopsided(self) -> bool:
        """Whether its dash has a space on one side only: "11.00- 12.30"."""
        return len(self.join) > len(self.join.strip()) and self.join[0].isspace() != self.join[-1].isspace()

    @property
    def says_times(self) -> bool:
        """Whether it can be nothing else: "2-4pm", "10:00-11:00"; not "20-1"."""
        return bool(self.first.half or self.last.half) or None not in {self.first.minute, self.last.minute}

    @property
    def is_possible(self) -> bool:
        """Whether there are such times."""
        return self.first.is_possible and self.last.is_possible

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it starts, or as it starts: it would last more than half a day, across midnight.

        "10-12pm" and "9:00-4:30" do not: where a half of the day is not said, it may be either. Nor do bare numbers up
        to 12.
        """
        first, last = self.first, self.last
        if not (first.half or last.half) and None in {first.minute, last.minute}:
            return first.hour > _NOON and last.minutes <= first.minutes
        lasts = (last.minutes - first.minutes) % _DAY
        is_known = (first.is_known and last.is_known_behind(first)) or (last.is_padded and not first.half)
        return is_known and (lasts == 0 or lasts > _DAY // 2)

    @property
    def is_hardly_forwards(self) -> bool:
        """Whether it would take eleven hours and more, or begin in the small hours: "11:00 to 10:30", "2-1.30pm"."""
        first, last = self.first, self.last
        if first.half or last.half == "am" or max(first.hour, last.hour) > _NOON:
            return False
        if last.half:
            return first.hour < _SMALL_HOURS and last.minutes - _DAY // 2 <= first.minutes
        is_exact = None not in {first.minute, last.minute}
        return is_exact and last.minutes <= first.minutes < last.minutes + _MINUTES


def hours(text: str) -> Iterator[Hours]:
    """Every range of numbers in a text that may be one of times; whether it is, its sentence says."""
    for match in _HOURS.finditer(text):
        first, last = _clock(match, "start"), _clock(match, "end")
        yield Hours(match.start(), match.end(), match[0], first, last, match["join"])


def impossible_times(text: str, *, is_dated: bool) -> Iterator[tuple[int, str]]:
    """Where a single time cannot be, and what is written: "14.00pm", "10.75am"; in a dated text "from 25:00" too."""
    if is_dated:
        for match in _INTRODUCED.finditer(text):
            if int(match["hour"]) > 2 * _NOON or int(match["minute"]) >= _MINUTES:
                yield match.start("hour"), match[0][match.start("hour") - match.start() :]
    for match in _SINGLE.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > _NOON or minute >= _MINUTES:
            yield match.start(), match[0]


def _clock(match: re.Match[str], name: str) -> Clock:
    hour, _, minute = match[name].replace(":", ".").partition(".")
    half = match[f"{name}_half"].strip().lower().replace(".", "")
    named = {"noon": "pm", "midday": "pm", "midnight": "am"}
    return Clock(int(hour), int(minute) if minute else None, named.get(half, half), match[name].startswith("0"))
