"""One process's turn at one issue: the only way to write a delivery down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import case, select, update

from composer.errors import ComposerError
from composer.ledger import lock as locking
from composer.ledger.database import LedgerError, damaged, in_words, name_of
from composer.ledger.planning import Planner, exclude, freeze, is_planned
from composer.ledger.statements import BEGIN, SETTLE_AGAIN, SETTLE_BEGUN, SETTLE_OPEN
from composer.ledger.states import OPEN, Answer, Delivery, Doubt, State
from composer.ledger.tables import deliveries, sound, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Engine, Row, Update

    from composer.ledger.lock import Lock
    from composer.ledger.planning import Mailing

_AFTER_BEGINNING = (State.SENT, State.IN_DOUBT)
"""Can only become of a message that was begun."""


class NotOpenError(LedgerError):
    """The row may not be begun: somebody else has begun or settled it."""

    def __init__(self, row: int, number: int) -> None:
        super().__init__(f"delivery {row} of issue {number} is already in other hands")


class NeverPlannedError(ComposerError):
    """There is nothing to go on with."""


class Run:
    """Holds the lock of one issue, made by `Ledger.run`. All methods may be called from any thread, one at a time.

    Every method is one transaction: when it returns, what it says is on the disk.
    """

    def __init__(self, engine: Engine, lock: Lock, clock: Callable[[], datetime]) -> None:
        self._engine = engine.execution_options(writes=True)
        self._lock = lock
        self._clock = clock
        self._doubted: dict[int, str] = {}  # the rows in doubt that are to be sent again, with their keys
        self._listed: frozenset[str] | None = None  # whoever is on a list, as soon as a plan has said it

    @property
    def number(self) -> int:
        """The issue."""
        return self._lock.number

    def enter(self) -> None:
        """Take the lock, and name what a dead run left in the middle as in doubt."""
        with in_words(self._engine), self._engine.begin() as connection:
            locking.take(connection, self._lock)
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

    def plan(self, mailing: Mailing) -> None:
        """Freeze the mailing, or add newcomers to it; see `planning.freeze`."""
        with in_words(self._engine), self._engine.begin() as connection:
            freeze(connection, self._planner, mailing)
        self._listed = mailing.listed

    def as_planned(self, listed: frozenset[str]) -> None:
        """Go on with what is frozen, adding nobody; whoever is on no list any more is excluded."""
        with in_words(self._engine), self._engine.begin() as connection:
            if not is_planned(connection, self.number):
                raise NeverPlannedError(f"issue {self.number} was never planned, so there is no plan to go on with")
            exclude(connection, self._planner, listed)
        self._listed = listed

    def settle_doubt(self, doubt: Doubt) -> None:
        """Do as the manager decides about every delivery in doubt.

        Those to be sent again stay in doubt until they are begun; whoever is on no list any more is spared.
        """
        doubtful = self._ours & (deliveries.c.state == State.IN_DOUBT)
        with in_words(self._engine), self._engine.begin() as connection:
            if doubt is Doubt.RESEND:
                rows = connection.execute(select(deliveries.c.id, deliveries.c.key).where(doubtful))
                self._doubted |= {row.id: row.key for row in rows}
            elif doubt is Doubt.ASSUME_SENT:
                taken = {"state": State.SENT, "words": "in doubt; taken as arrived", "updated_at": self._clock()}
                connection.execute(update(deliveries).where(doubtful).values(taken))

    def waiting(self, segment: str | None = None) -> tuple[Delivery, ...]:
        """Everybody (of one segment) who may be sent their message: the untried, the deferred, who is sent it again."""
        again = (deliveries.c.state == State.IN_DOUBT) & deliveries.c.id.in_(self._again)
        turn = case({State.PLANNED: 0, State.DEFERRED: 1}, value=deliveries.c.state, else_=2)
        with in_words(self._engine), self._engine.connect() as connection:
            rows = connection.execute(
                select(deliveries)
                .where(self._ours, deliveries.c.state.in_(OPEN) | again)
                .order_by(turn, deliveries.c.id)
            )
            found = map(as_delivery, rows)
            return tuple(one for one in found if segment is None or segment in one.segments)

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
        with in_words(self._engine), self._engine.begin() as connection:
            for rule, some in self._by_rule(answers):
                self._settle(connection, rule, some)
            begun = self._begin(connection, begins)
        for one in answers:
            if one.state is State.IN_DOUBT:  # sent again, and the answer was lost again
                self._doubted.pop(one.id, None)
        return begun

    def begin(self, row: int) -> None:
        """Write down that the message of this row is about to be handed over; `NotOpenError` when it may not be."""
        if not self.write([row], []):
            raise NotOpenError(row, self.number)

    def settle(self, answer: Answer) -> None:
        """Write down what became of a delivery."""
        self.write([], [answer])

    @property
    def _ours(self) -> ColumnElement[bool]:
        return deliveries.c.number == self.number

    @property
    def _again(self) -> list[int]:
        """Which of what is in doubt may be begun."""
        return [row for row, key in self._doubted.items() if self._listed is None or key in self._listed]

    @property
    def _planner(self) -> Planner:
        return Planner(number=self.number, person=self._lock.person, host=self._lock.host, at=self._clock())

    @property
    def _always(self) -> dict[str, object]:
        """What every statement is given."""
        return {"mine": self._lock.run, "issue": self.number, "now": self._clock()}

    def _begin(self, connection: Connection, begins: Sequence[int]) -> frozenset[int]:
        if not begins:
            return frozenset()
        given = self._always | {"rows": begins, "again": list({*begins}.intersection(self._again))}
        return frozenset(connection.execute(BEGIN, given).scalars())

    def _by_rule(self, answers: Sequence[Answer]) -> Iterable[tuple[Update, list[Answer]]]:
        """The answers by the statement that records them."""
        found: dict[Update, list[Answer]] = {}
        for one in answers:
            if one.state in _AFTER_BEGINNING:
                rule = SETTLE_BEGUN
            else:
                rule = SETTLE_AGAIN if one.id in self._doubted else SETTLE_OPEN
            found.setdefault(rule, []).append(one)
        return found.items()

    def _settle(self, connection: Connection, rule: Update, answers: Sequence[Answer]) -> None:
        always = self._always
        given = [
            always
            | {
                "row": one.id,
                "to": one.leaves(in_doubt=one.id in self._doubted),
                "answer": one.code,
                "said": one.words,
                "more": one.attempts,
            }
            for one in answers
        ]
        settled = connection.execute(rule, given)
        if settled.rowcount != len(answers):
            raise LedgerError(
                f"{name_of(self._engine)}: issue {self.number} was written to by something else while it was being sent"
            )


def as_delivery(row: Row[tuple[object, ...]]) -> Delivery:
    """A row of the table as its value."""
    values = sound(row, deliveries)
    del values["run"]
    return Delivery(**values | {"segments": frozenset(values["segments"])})
