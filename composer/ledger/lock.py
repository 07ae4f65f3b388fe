"""Lets one run at a time send an issue: a lease with a heartbeat, which a run that died stops renewing.

A lease is *dead* when its heartbeat is older than `STALE`; then the next run takes it over. The taken-over run, should
it wake up after all, can begin nothing more, because beginning asks for the lease in the same transaction. Where the
ledger is a file, an operating system's lock beside it is held as well: it falls with its process, so that the run that
was killed on this host is known to be dead at once.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from composer.errors import TryAgainError
from composer.ledger.tables import locks, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection, Row

STALE = timedelta(seconds=30)
"""After this long without a heartbeat a run counts as dead; clocks of several hosts must agree better than this."""

BEAT_S = 5.0
"""Seconds between two heartbeats: several are missed before a run counts as dead."""


HANDOVER_S = 0.5
"""So long may somebody else look whether the lock is free."""


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
    return _lock(connection.execute(_HOLDER, {"issue": number}).first())


def take(connection: Connection, lock: Lock, *, is_alone: bool) -> None:
    """Take the issue, from a dead run if need be; `HeldError` when a living one has it.

    `is_alone` says that no other process of this host has the issue in hand. Whoever has it and writes is waited for:
    its last heartbeat may be in the transaction that it has not ended.
    """
    other = _lock(connection.execute(_HOLDER.with_for_update(), {"issue": lock.number}).first())
    if other and other.is_alive(lock.heartbeat) and not (is_alone and other.host == lock.host):
        raise held(other)
    connection.execute(delete(locks).where(locks.c.number == lock.number))
    try:
        connection.execute(locks.insert().values({column.name: getattr(lock, column.name) for column in locks.columns}))
    except IntegrityError as error:
        raise HeldError(f"issue {lock.number} is being sent by another process; wait for it") from error


def held(by: Lock) -> HeldError:
    """The error that names whoever is sending."""
    return HeldError(
        f"issue {by.number} is being sent by {by.host} since {by.since.astimezone():%H:%M} ({by.person}, process "
        f"{by.process}); wait for it to end. Should that machine have died, its place is free {STALE.seconds} seconds "
        "after its last sign of life"
    )


@contextmanager
def alone(path: Path | None, *, patience_s: float = HANDOVER_S) -> Iterator[bool]:
    """Hold the operating system's lock on a file; whether that is possible. Yields False where there is no file."""
    if path is None:
        yield False
        return
    guard = FileLock(path)
    try:
        guard.acquire(timeout=patience_s)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        guard.release()


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


_HOLDER = select(locks).where(locks.c.number == bindparam("issue"))


def _lock(row: Row[Any] | None) -> Lock | None:
    return Lock(**sound(row, locks)) if row else None


def _is(lock: Lock) -> ColumnElement[bool]:
    return (locks.c.number == lock.number) & (locks.c.run == lock.run)
