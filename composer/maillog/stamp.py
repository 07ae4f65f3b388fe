"""Timestamps of log lines: traditional ones without a year ("Mar 14 16:02:11"), and RFC 3339."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from composer import dates

if TYPE_CHECKING:
    from datetime import tzinfo

TRADITIONAL = r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d"
RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)"

_MONTHS = {dates.month(date(2000, number, 1))[:3]: number for number in range(1, 13)}
_PARTS = re.compile(r"(\w{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d)")


class Stamps:
    """Reads the timestamps of one log; remembers the last, because many lines share one.

    The hour that a zone repeats in autumn is taken for its first pass.
    """

    def __init__(self, zone: tzinfo, near: datetime) -> None:
        self._zone = zone
        self._near = near
        self._last: tuple[str, datetime | None] = ("", None)

    def read(self, text: str) -> datetime | None:
        """The moment in UTC, exact to the second or better; None for one that never was, such as 30 February."""
        if text != self._last[0]:
            try:
                self._last = text, self._parsed(text)
            except (ValueError, OverflowError):
                self._last = text, None
        return self._last[1]

    def _parsed(self, text: str) -> datetime | None:
        parts = _PARTS.fullmatch(text)
        if parts is None:
            return datetime.fromisoformat(text).astimezone(UTC)
        month, (day, hour, minute, second) = _MONTHS.get(parts[1], 0), map(int, parts.groups()[1:])
        years = [year for year in range(self._near.year - 1, self._near.year + 2) if day <= _length(year, month)]
        moments = [datetime(year, month, day, hour, minute, second, tzinfo=self._zone) for year in years]
        return min((one.astimezone(UTC) for one in moments), key=lambda one: abs(one - self._near), default=None)


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if month else 0
