"""`--at "2025-03-14 16:00"`: a moment by the newsletter's clock, and the wait for it."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from composer.cli.clock import utc_now
from composer.cli.saying import say
from composer.dates import full_date, long_date
from composer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_LONGEST_NAP_S = 1.0
"""The clock is looked at again and again: a computer that sleeps, or is set right, wakes up at the right moment."""


def moment_at(text: str, zone: ZoneInfo) -> datetime:
    """The moment that is meant, in UTC; `UsageError` for one that does not exist, or exists twice without saying which.

    When the clocks go forward an hour is left out; when they go back one comes twice. An offset behind the time
    ("2025-10-26 01:30+01:00") makes any moment certain.
    """
    written = _WRITTEN.fullmatch(text.strip())
    naive = _read(*written.groups("")) if written else None
    if naive is None:
        raise UsageError(f'--at: {text!r} is not a moment; write it as "2025-03-14 16:00"')
    try:
        return _certain(naive, zone) if naive.tzinfo is None else naive.astimezone(UTC)
    except OverflowError:
        raise UsageError(f"--at: {text!r} is beyond the calendar") from None


def _read(day: str, time: str, offset: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{day}T{time.zfill(5)}{offset.replace('Z', '+00:00')}")
    except ValueError:  # the 30th of February
        return None


def _certain(naive: datetime, zone: ZoneInfo) -> datetime:
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive:
        earlier, later = (f"{naive:%Y-%m-%d %H:%M}{_offset(one)}" for one in (first, second))
        raise UsageError(
            f"--at: {naive:%H:%M} comes twice on {long_date(naive)} in {zone.key}, because the clocks go back; write "
            f'"{earlier}" for the first or "{later}" for the second'
        )
    real = first.astimezone(UTC).astimezone(zone)
    raise UsageError(
        f"--at: there is no {naive:%H:%M} on {long_date(naive)} in {zone.key}, because the clocks go forward; "
        f'write "{real:%Y-%m-%d %H:%M}"'
    )


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:]


def in_words(moment: datetime, zone: ZoneInfo) -> str:
    """The moment as the newsletter's people read it: "Friday 14 March 2025 at 16:00 GMT"."""
    there = moment.astimezone(zone)
    return f"{full_date(there.date())} at {there:%H:%M %Z}"


async def keep(moment: datetime, zone: ZoneInfo, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Return when the moment has come; says so, and how long it will be."""
    left = moment - utc_now()
    if left > timedelta(0):
        say(f"Waiting until {in_words(moment, zone)}; leave this running. Ctrl-C sends nothing.")
    while (left := moment - utc_now()) > timedelta(0):
        await sleep(min(left.total_seconds(), _LONGEST_NAP_S))
