"""The ledger: planned first, intent before the dot, result before the next dot.

Over SMTP nobody can have exactly-once, because the server's answer may be lost. What can be had: every (issue, address)
has its row before any work is done; a row is durably `sending` before the body of its message is written to the
socket; the answer is durable before that connection's next message. So after any crash at most as many rows as there
were connections are *in doubt*; each is named, and none is ever silently sent again or silently dropped.

    with Ledger(sqlite(path), clock) as ledger, ledger.run(653, operator) as run:
        run.plan(mailing)
        for delivery in run.waiting():
            run.begin(delivery.id)      # then the body
            run.settle(Answer(delivery.id, State.SENT, 250, "queued"))

SQLite in `state/ledger.db` unless an engine for another database is given; nothing here depends on which.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

from composer.ledger import lock as locking
from composer.ledger import optouts, reading
from composer.ledger.annals import Annals, Approval, Deed, Operator, Sending
from composer.ledger.database import LedgerBusyError, LedgerError, in_words
from composer.ledger.embedded import guard_of, sqlite
from composer.ledger.hashes import AudienceHash, audience_hash, content_hash
from composer.ledger.lock import BEAT_S, HeldError, Lock
from composer.ledger.optouts import OptOuts
from composer.ledger.planning import Addressee, AudienceChangedError, Content, ContentChangedError, Mailing
from composer.ledger.reading import Planned, Record
from composer.ledger.run import NeverPlannedError, NotOpenError, Run
from composer.ledger.states import OPEN, Answer, Delivery, Doubt, State

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Engine

__all__ = [
    "BEAT_S",
    "OPEN",
    "Addressee",
    "Annals",
    "Answer",
    "Approval",
    "AudienceChangedError",
    "AudienceHash",
    "Content",
    "ContentChangedError",
    "Deed",
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
    "OptOuts",
    "Planned",
    "Record",
    "Run",
    "Sending",
    "State",
    "audience_hash",
    "content_hash",
    "sqlite",
]

_PATIENCE = 5
"""So often is a lock asked for that somebody holds who does not say why; each time for `lock.HANDOVER_S`."""


class Ledger:
    """The durable record of every mailing; reading is free, writing goes through `run`."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self.annals = Annals(engine, clock)
        """Who did what, and what allows what."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def run(self, number: int, operator: Operator) -> Iterator[Run]:
        """The turn at one issue; `HeldError` when somebody else has it. What a dead run left is then in doubt."""
        with self._alone(number) as is_alone:
            run = Run(self._engine, self._lock(number, operator), self._clock)
            run.enter(is_alone=is_alone)
            try:
                yield run
            except BaseException:
                with suppress(LedgerError):  # what stopped the run is the news
                    run.leave()
                raise
            run.leave()

    def planned(self, number: int) -> Planned | None:
        """The issue as it was planned, if it was."""
        with self._reading() as connection:
            return reading.planned(connection, number)

    def read(self, number: int) -> Record | None:
        """Everything about an issue as it was at one moment, if it was planned."""
        with self._reading() as connection:
            return reading.record(connection, number, self._clock(), is_taken=self._is_taken(number))

    def domains(self, record: Record) -> Iterator[tuple[str, Counter[State]]]:
        """How many stand where at each domain of an issue that was read, all of them, by name."""
        with self._reading() as connection:
            yield from reading.by_domain(connection, record.planned.number, is_alone=record.sender is None)

    def named(self, number: int, state: State) -> Iterator[Delivery]:
        """Every delivery of the issue in this state, in the order in which they were planned."""
        with self._reading() as connection:
            yield from reading.named(connection, number, state)

    def moments(self, number: int) -> Iterator[tuple[datetime, State]]:
        """When each delivery came to stand where it stands."""
        with self._reading() as connection:
            yield from reading.moments(connection, number)

    def opt_out(self, address_hash: str, why: str) -> None:
        """Never send anything to this address again; `address_hash` is its keyed hash."""
        optouts.opt_out(self._engine, address_hash, why, self._clock)

    def opt_outs(self) -> OptOuts:
        """The suppression list, to be asked."""
        return OptOuts(self._engine)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_words(self._engine), self._engine.begin() as connection:
            yield connection

    def _lock(self, number: int, operator: Operator) -> Lock:
        now = self._clock()
        return Lock(number, secrets.token_hex(16), operator.person, operator.host, operator.process, now, now)

    @contextmanager
    def _alone(self, number: int) -> Iterator[bool]:
        """Hold the lock beside the ledger; whether there is one. `HeldError` names whoever holds it.

        Whoever holds it and has no lease has only begun, or is only looking: that takes a moment.
        """
        guard = self._guard(number)
        for _ in range(_PATIENCE):
            with locking.alone(guard) as is_alone:
                if is_alone or guard is None:
                    yield is_alone
                    return
            self._refuse_to_join(number)
        raise HeldError(f"issue {number} is being sent by another process; wait for it")

    def _refuse_to_join(self, number: int) -> None:
        with self._reading() as connection:
            lock = locking.holder(connection, number)
        if lock:
            raise locking.held(lock)

    def _is_taken(self, number: int) -> bool:
        """Whether some process may have the issue in hand: certain not to be where the file's lock is free."""
        guard = self._guard(number)
        if guard is None or not guard.exists():
            return guard is None
        with locking.alone(guard, patience_s=0) as is_free:
            return not is_free

    def _guard(self, number: int) -> Path | None:
        return guard_of(self._engine, number)
