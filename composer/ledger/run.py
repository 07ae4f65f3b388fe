"""One process's turn at one issue: the only way to write a delivery down."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select, update

from composer.errors import ComposerError
from composer.ledger import lock as locking
from composer.ledger import reading
from composer.ledger.database import LedgerError, damaged, in_words, name_of
from composer.ledger.freezing import exclude, freeze, is_planned, spared
from composer.ledger.line import Line
from composer.ledger.pen import Pen
from composer.ledger.planning import Planner
from composer.ledger.states import OPEN, Answer, Doubt, State
from composer.ledger.tables import deliveries, sound, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Engine

    from composer.ledger.lock import Lock
    from composer.ledger.planning import Mailing
    from composer.ledger.reading import Planned
    from composer.ledger.states import Delivery

_BEAT_EVERY = 10_000
"""So many people are planned for in a second or two."""

_T = TypeVar("_T")


class NotOpenError(LedgerError):
    """The row may not be begun: somebody else has begun or settled it."""

    def __init__(self, row: int, number: int) -> None:
        super().__init__(f"delivery {row} of issue {number} is already in other hands")


class NeverPlannedError(ComposerError):
    """There is nothing to go on with."""


class Run:
    """Holds the lock of one issue, made by `Ledger.run`. All methods may be called from any thread, one at a time.

    Every method that writes is one transaction: when it returns, what it says is on the disk. What reads the line or
    counts it reads page by page, each as it is at its moment.
    """

    def __init__(self, engine: Engine, lock: Lock, clock: Callable[[], datetime]) -> None:
        self._engine = engine.execution_options(writes=True)
        self._lock = lock
        self._clock = clock
        self._pen = Pen(self._engine, lock, clock)
        self._doubted: dict[int, str] = {}  # the rows in doubt that are to be sent again, with their keys
        self._spared: frozenset[int] = frozenset()  # the rows in doubt whose people are on no list any more

    @property
    def number(self) -> int:
        """The issue."""
        return self._lock.number

    def enter(self, *, is_alone: bool) -> None:
        """Take the lease, and name what a dead run left in the middle as in doubt."""
        with in_words(self._engine), self._engine.begin() as connection:
            locking.take(connection, self._lock, is_alone=is_alone)
            connection.execute(
                update(deliveries)
                .where(self._ours, deliveries.c.state == State.SENDING)
                .values(
                    state=State.IN_DOUBT, words="the run ended before the server's answer", updated_at=self._clock()
                )
            )

    def leave(self) -> None:
        """Give the lock back."""
        with in_words(self._engine), self._engine.begin() as connection:
            locking.release(connection, self._lock)

    def beat(self) -> None:
        """Say that this run is alive, at least every `lock.BEAT_S`; `HeldError` when it has lost its place."""
        with in_words(self._engine), self._engine.begin() as connection:
            locking.beat(connection, self._lock, self._clock())

    def plan(self, mailing: Mailing, *, as_listed: bool = False) -> None:
        """Freeze the mailing, or go on with it; see `freezing.freeze`."""
        planner = self._planner
        with self._in_turn() as connection:
            addressees, others = (
                self._beating(connection, mailing.addressees),
                self._beating(connection, mailing.others),
            )
            heard = replace(mailing, addressees=addressees, others=others)
            if freeze(connection, planner, heard, as_listed=as_listed):
                self._spared = spared(connection, planner)

    def as_planned(self, listed: Iterable[str]) -> None:
        """Go on with what is frozen, adding nobody; whoever is on no list any more is excluded."""
        planner = self._planner
        with self._in_turn() as connection:
            if not is_planned(connection, self.number):
                raise NeverPlannedError(f"issue {self.number} was never planned, so there is no plan to go on with")
            exclude(connection, planner, self._beating(connection, listed))
            self._spared = spared(connection, planner)

    def settle_doubt(self, doubt: Doubt, segment: str | None = None) -> int:
        """Do as the manager decides about every delivery in doubt (of one segment); how many these are.

        Those to be sent again stay in doubt until they are begun; whoever is on no list any more is spared.
        """
        self.beat()  # only whoever has the turn decides
        doubtful = [one for one in self.in_doubt() if segment is None or segment in one.segments]
        if doubt is Doubt.RESEND:
            self._doubted |= {one.id: one.key for one in doubtful}
        elif doubt is Doubt.ASSUME_SENT:
            self.resolve([Answer(one.id, State.SENT, one.code, "in doubt; taken as arrived") for one in doubtful])
        return len(doubtful)

    def in_doubt(self) -> tuple[Delivery, ...]:
        """Everything in doubt, whoever it is for."""
        with in_words(self._engine), self._engine.connect() as connection:
            return tuple(reading.named(connection, self.number, State.IN_DOUBT))

    def resolve(self, answers: Sequence[Answer]) -> None:
        """Write down what was found out about deliveries in doubt: they were taken, or may be sent again safely."""
        for one in answers:
            self._doubted.pop(one.id, None)  # before it is settled: what was found out ends the doubt
        if answers:
            with self._in_turn() as connection:
                self._pen.resolve(connection, answers)

    def waiting(self, segment: str | None = None) -> Iterator[Delivery]:
        """Everybody (of one segment) who may be sent their message, read as they are asked for; see `Line`."""
        return (one for one in self._line if segment is None or segment in one.segments)

    def planned(self) -> Planned:
        """The issue as it was planned; `NeverPlannedError` when it was not."""
        with in_words(self._engine), self._engine.connect() as connection:
            found = reading.planned(connection, self.number)
        if found is None:
            raise NeverPlannedError(f"issue {self.number} was never planned")
        return found

    def counts(self) -> Counter[State]:
        """How many deliveries of the issue stand where; `LedgerError` where they are not as many as were planned."""
        found, planned = self._counts(lambda _: True), self.planned().planned
        if found.total() != planned:
            raise damaged(name_of(self._engine), f"{planned} were planned for it, and {found.total()} are there")
        return found

    def standing(self, segment: str | None = None) -> Counter[State]:
        """How many (of one segment) stand where."""
        return self._counts(lambda segments: segment is None or segment in segments)

    def awaited(self, segment: str | None = None) -> Counter[State]:
        """How many (of one segment) `waiting` brings, by where they stand."""
        found = self.standing(segment)
        awaited = Counter({state: found[state] for state in OPEN})
        if self._doubted:
            awaited[State.IN_DOUBT] = sum(segment is None or segment in one.segments for one in self._line.doubtful())
        return +awaited

    def contents(self) -> dict[str, bytes]:
        """The frozen bytes of every variant; `LedgerError` when they are not what was frozen."""
        with in_words(self._engine), self._engine.connect() as connection:
            found = connection.execute(select(variants).where(variants.c.number == self.number)).all()
            rows = [sound(row, variants) for row in found]
        for row in rows:
            if hashlib.sha256(row["content"]).hexdigest() != row["hash"]:
                raise damaged(name_of(self._engine), f"variant {row['name']} is not what was frozen")
        return {row["name"]: row["content"] for row in rows}

    def write(self, begins: Sequence[int], answers: Sequence[Answer]) -> frozenset[int]:
        """Write many intents and answers with one commit; the ids that were begun: each was open and is now ours."""
        again = frozenset(self._again) if self._doubted else frozenset()
        begun = self._pen.write(begins, answers, doubted=self._doubted.keys(), again=again)
        for one in answers:
            if one.state is State.IN_DOUBT and one.attempts >= 0:  # sent again, and the answer was lost again
                self._doubted.pop(one.id, None)
        return begun

    def begin(self, row: int) -> None:
        """Write down that the message of this row is about to be handed over; `NotOpenError` when it may not be."""
        if not self.write([row], []):
            raise NotOpenError(row, self.number)

    def settle(self, answer: Answer) -> None:
        """Write down what became of a delivery."""
        self.write([], [answer])

    def _counts(self, wanted: Callable[[Collection[str]], bool]) -> Counter[State]:
        with in_words(self._engine), self._engine.connect() as connection:
            found = reading.by_segments(connection, self.number, is_alone=False)
        return sum((counts for segments, counts in found.items() if wanted(segments)), Counter())

    @property
    def _line(self) -> Line:
        return Line(self._engine, self.number, self._lock.run, again=lambda: self._again)

    @property
    def _ours(self) -> ColumnElement[bool]:
        return deliveries.c.number == self.number

    @property
    def _again(self) -> list[int]:
        """Which of what is in doubt may be begun."""
        return [row for row in self._doubted if row not in self._spared]

    @property
    def _planner(self) -> Planner:
        return Planner(self.number, self._lock.person, self._lock.host, secrets.token_hex(16), self._clock())

    @contextmanager
    def _in_turn(self) -> Iterator[Connection]:
        """A transaction of a run that has its place still, and is alive when it ends; `HeldError` otherwise."""
        with in_words(self._engine), self._engine.begin() as connection:
            locking.beat(connection, self._lock, self._clock())
            yield connection
            locking.beat(connection, self._lock, self._clock())

    def _beating(self, connection: Connection, people: Iterable[_T]) -> Iterator[_T]:
        """The people as they pass, a heartbeat after every so many."""
        for count, one in enumerate(people, 1):
            if count % _BEAT_EVERY == 0:
                locking.beat(connection, self._lock, self._clock())
            yield one
