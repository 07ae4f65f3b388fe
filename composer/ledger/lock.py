"""Lets one run at a time send an issue: a row with a heartbeat, which a run that died stops renewing.

A lock is *dead* when its heartbeat is older than `STALE`; then the next run takes it over. The taken-over run, should
it wake up after all, can begin nothing more, because beginning asks for the lock in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from composer.errors import TryAgainError
from composer.ledger.tables import locks, sound

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

STALE = timedelta(seconds=30)
"""After this long without a heartbeat a run counts as dead; clocks of several hosts must agree better than this."""

BEAT_S = 5.0
"""Seconds between two heartbeats: several are missed before a run counts as dead."""


class HeldError(TryAgainError):
    """Somebody else is sending this issue, or has taken it over."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Who is sending an issue, where, since when, and when they were last heard of."""

    number: int
    run: str
    person: str
    host: str
    process: int
    since: datetime
    heartbeat: datetime

    def is_alive(self, at: datetime) -> bool:
        """Whether its run may still be at work; a heartbeat from far in the future is a clock put right, not a life."""
        return abs(at - self.heartbeat) <= STALE


def holder(connection: Connection, number: int) -> Lock | None:
    """Whoever holds the issue, dead or alive."""
    row = connection.execute(select(locks).where(locks.c.number == number)).first()
    return Lock(**sound(row, locks)) if row else None


def take(connection: Connection, lock: Lock) -> None:
    """Take the issue, from a dead run if need be; `HeldError` when a living one has it."""
    other = holder(connection, lock.number)
    if other and other.is_alive(lock.heartbeat):
        since = other.since.astimezone()
        raise HeldError(
            f"issue {lock.number} is being sent by {other.host} since {since:%H:%M} ({other.person}, process "
            f"{other.process}); wait for it to end. If it was killed, its place is free {STALE.seconds} seconds later"
        )
    connection.execute(delete(locks).where(locks.c.number == lock.number))
    connection.execute(locks.insert().values({column.name: getattr(lock, column.name) for column in locks.columns}))


def beat(connection: Connection, lock: Lock, at: datetime) -> None:
    """Say that the run is alive; `HeldError` when another has taken its place."""
    beaten = connection.execute(update(locks).where(_is(lock)).values(heartbeat=at))
    if not beaten.rowcount:
        raise HeldError(
            f"issue {lock.number} was taken over by another run, because this one was not heard of for long"
        )


def release(connection: Connection, lock: Lock) -> None:
    """Give the issue free, if it is still ours."""
    connection.execute(delete(locks).where(_is(lock)))


def _is(lock: Lock) -> ColumnElement[bool]:
    return (locks.c.number == lock.number) & (locks.c.run == lock.run)
