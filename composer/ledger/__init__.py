"""The ledger: planned first, intent before the dot, result before the next dot.

Over SMTP nobody can have exactly-once, because the server's answer may be lost. What can be had: every (issue, address)
has its row before any work is done; a row is durably `sending` before the body of its message is written to the
socket; the answer is durable before that connection's next message. So after any crash at most as many rows as there
were connections are *in doubt*; each is named, and none is ever silently sent again or silently dropped.

    with Ledger(database.sqlite(path), clock) as ledger, ledger.run(653, operator) as run:
        run.plan(mailing)
        for delivery in run.waiting():
            run.begin(delivery.id)      # then the body
            run.settle(Answer(delivery.id, State.SENT, 250, "queued"))

SQLite in `state/ledger.db` unless an engine for another database is given; nothing here depends on which.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from composer.ledger import lock as locking
from composer.ledger.database import LedgerBusyError, LedgerError, in_words, sqlite
from composer.ledger.lock import BEAT_S, STALE, HeldError, Lock
from composer.ledger.planning import (
    Addressee,
    Content,
    ContentChangedError,
    Mailing,
    audience_hash,
    content_hash,
    has_begun,
)
from composer.ledger.run import NeverPlannedError, NotOpenError, Run, as_delivery
from composer.ledger.states import BEGUN, OPEN, Answer, Delivery, Doubt, State
from composer.ledger.tables import deliveries, mailings, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Engine

__all__ = [
    "BEAT_S",
    "BEGUN",
    "OPEN",
    "STALE",
    "Addressee",
    "Answer",
    "Content",
    "ContentChangedError",
    "Delivery",
    "Doubt",
    "HeldError",
    "Ledger",
    "LedgerBusyError",
    "LedgerError",
    "Lock",
    "Mailing",
    "NeverPlannedError",
    "NotOpenError",
    "Operator",
    "Planned",
    "Record",
    "Run",
    "State",
    "audience_hash",
    "content_hash",
    "sqlite",
]


@dataclass(frozen=True, slots=True)
class Operator:
    """Who sends: the person's login name, the host's name and the process's number."""

    person: str
    host: str
    process: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What the ledger says about an issue as a whole."""

    number: int
    content_hash: str
    audience_hash: str
    planned: int
    """How many rows were ever written for it, counted when they were: what the states must add up to."""
    moment: datetime
    """The Date of its messages: compiled again with it, the same content gives the same bytes."""
    planned_at: datetime
    planned_by: str
    host: str
    begun: bool
    """Whether any server has heard of it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One issue at one moment."""

    planned: Planned
    deliveries: tuple[Delivery, ...]
    """In the order in which they were planned."""
    sender: Lock | None
    """Who is sending it at that moment, if anybody is."""


class Ledger:
    """The durable record of every mailing; reading is free, writing goes through `run`."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def run(self, number: int, operator: Operator) -> Iterator[Run]:
        """The turn at one issue; `HeldError` when somebody else has it. What a dead run left is then in doubt."""
        now = self._clock()
        place = Lock(number, secrets.token_hex(16), operator.person, operator.host, operator.process, now, now)
        run = Run(self._engine, place, self._clock)
        run.enter()
        try:
            yield run
        except BaseException:
            with suppress(LedgerError):  # what stopped the run is the news
                run.leave()
            raise
        run.leave()

    def planned(self, number: int) -> Planned | None:
        """The issue as it was planned, if it was."""
        with in_words(self._engine), self._engine.begin() as connection:
            return _planned(connection, number)

    def read(self, number: int) -> Record | None:
        """Everything about an issue as it was at one moment, if it was planned."""
        with in_words(self._engine), self._engine.begin() as connection:
            planned = _planned(connection, number)
            rows = connection.execute(
                select(deliveries).where(deliveries.c.number == number).order_by(deliveries.c.id)
            ).all()
            found = tuple(map(as_delivery, rows))
            lock = locking.holder(connection, number)
        if planned is None:
            return None
        living = lock if lock and lock.is_alive(self._clock()) else None
        return Record(planned, found, living)


def _planned(connection: Connection, number: int) -> Planned | None:
    row = connection.execute(select(mailings).where(mailings.c.number == number)).first()
    if row is None:
        return None
    return Planned(**sound(row, mailings), begun=has_begun(connection, number))
