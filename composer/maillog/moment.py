"""The moments that matter: when something that is asked about was begun, as widely as two clocks may differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time in which at least one delivery was begun; in UTC."""

    start: datetime
    """A whole second, because log lines may be no more exact."""
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it lies inside."""
        return self.start <= at <= self.end

    def touches(self, opened: datetime | None, closed: datetime | None) -> bool:
        """Whether a stretch of time shares a part with it; None is before, or after, everything."""
        return (opened is None or opened <= self.end) and (closed is None or closed >= self.start)


def around(begun_at: datetime, skew: timedelta) -> Moment:
    """The stretch in which something was begun, by the relay's clock."""
    at = begun_at.astimezone(UTC)
    return Moment((at - skew).replace(microsecond=0), at + skew)


def moments(begun: Iterable[datetime], skew: timedelta) -> tuple[Moment, ...]:
    """The stretches around these beginnings, those that touch made one, in their order."""
    found: list[Moment] = []
    for at in sorted(begun):
        one = around(at, skew)
        if found and one.start <= found[-1].end:
            found[-1] = Moment(found[-1].start, one.end)
        else:
            found.append(one)
    return tuple(found)
