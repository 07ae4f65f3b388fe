"""Times of day as people write them, and ranges of them: "2-4pm", "9.30am to 12 noon", "10:00–11:30"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF = r"\s?[ap]\.?m\b\.?|\s?noon\b|\s?midday\b|\s?midnight\b"
_TIME = rf"(?P<{{0}}>\d{{{{1,2}}}}(?:[.:]\d\d)?)(?P<{{0}}_half>{_HALF}|)"
_HOURS = re.compile(
    rf"(?<![\w.:,/£$€#%-])(?<![\w)][\u2010-\u2014]){_TIME.format('start')}"
    rf"(?P<join>\s*[-\u2010-\u2014]\s*|\s+(?:to|until|till)\s+){_TIME.format('end')}(?![\w:/%£$€-])(?![.,]\d)",
    re.IGNORECASE,
)
_NOON, _DAY = 12 * 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """One end of a range: what is written, and its half of the day, "am", "pm" or nothing."""

    hour: int
    minute: int | None
    half: str

    @property
    def is_possible(self) -> bool:
        """Whether there is such a time."""
        return self.hour <= (12 if self.half else 24) and (self.minute or 0) < 60  # noqa: PLR2004 - as clocks count

    @property
    def minutes(self) -> int:
        """Since midnight; without a half, as a clock of 24 hours counts."""
        hour = self.hour % 12 + (12 if self.half == "pm" else 0) if self.half else self.hour
        return hour * 60 + (self.minute or 0)


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
    def lasts(self) -> int:
        """Minutes from the first to the last, across midnight if need be; 0 where they are the same."""
        return (self.last.minutes - self.first.minutes) % _DAY

    @property
    def may_end_first(self) -> bool:
        """Whether both halves of the day are known, so that one can tell which is later."""
        if self.first.half or self.last.half:
            return bool(self.first.half and self.last.half)
        return max(self.first.minutes, self.last.minutes) >= _NOON + 60


def hours(text: str) -> Iterator[Hours]:
    """Every range of numbers in a text that may be one of times; whether it is, its sentence says."""
    for match in _HOURS.finditer(text):
        first, last = _clock(match, "start"), _clock(match, "end")
        yield Hours(match.start(), match.end(), match[0], first, last, match["join"])


def _clock(match: re.Match[str], name: str) -> Clock:
    hour, _, minute = match[name].replace(":", ".").partition(".")
    half = match[f"{name}_half"].strip().lower().replace(".", "")
    named = {"noon": "pm", "midday": "pm", "midnight": "am"}
    return Clock(int(hour), int(minute) if minute else None, named.get(half, half))
