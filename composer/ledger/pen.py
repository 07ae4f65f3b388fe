"""Writes intents and answers, many with one commit: what happens for every message, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.ledger.database import LedgerError, in_words, name_of
from composer.ledger.prepared import Prepared
from composer.ledger.statements import BEGIN, HOLDS, SETTLE_AGAIN, SETTLE_BEGUN, SETTLE_DOUBT, SETTLE_OPEN
from composer.ledger.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from composer.ledger.lock import Lock
    from composer.ledger.states import Answer

_AFTER_BEGINNING = (State.SENT, State.IN_DOUBT)
"""Can only become of a message that was begun."""


class _NotAllOpenError(Exception):
    """Some of a group may not be begun; which of them has to be found out one by one."""


class Pen:
    """Belongs to one run. `doubted` are the rows in doubt that are sent again."""

    def __init__(self, engine: Engine, lock: Lock, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._lock = lock
        self._clock = clock
        self._holds = Prepared(HOLDS, engine.dialect)
        self._begins = Prepared(BEGIN, engine.dialect)
        settling = (SETTLE_BEGUN, SETTLE_OPEN, SETTLE_AGAIN)
        self._begun, self._open, self._again = (Prepared(rule, engine.dialect) for rule in settling)
        self._doubt = Prepared(SETTLE_DOUBT, engine.dialect)

    def write(
        self, begins: Sequence[int], answers: Sequence[Answer], *, doubted: Collection[int], again: Collection[int]
    ) -> frozenset[int]:
        """Settle the answers, then mark the rows; those that were marked. `again` may be begun although in doubt."""
        try:
            return self._write([begins] if begins else [], answers, doubted, again)
        except _NotAllOpenError:
            return self._write([[row] for row in begins], answers, doubted, again)

    def resolve(self, connection: Connection, answers: Sequence[Answer]) -> None:
        """Settle what is in doubt and was found out otherwise."""
        self._settle(connection, self._doubt, answers, ())

    def _write(
        self,
        groups: Sequence[Sequence[int]],
        answers: Sequence[Answer],
        doubted: Collection[int],
        again: Collection[int],
    ) -> frozenset[int]:
        """Ask for the lease first, as whoever takes it over does, so that neither waits for the other's rows."""
        with in_words(self._engine), self._engine.begin() as connection:
            is_ours = bool(groups) and self._holds.first(connection, self._always) is not None
            for rule, some in self._by_rule(answers, doubted):
                self._settle(connection, rule, some, doubted)
            return frozenset(row for group in groups if is_ours for row in self._begin(connection, group, again))

    def _begin(self, connection: Connection, rows: Sequence[int], again: Collection[int]) -> Sequence[int]:
        """All of the rows or, where there is but one, none; `_NotAllOpenError` undoes the transaction otherwise."""
        always = self._always
        given = [always | {"row": row, "again": row in again} for row in rows]
        if self._begins.run(connection, given).rowcount == len(rows):
            return rows
        if len(rows) > 1:
            raise _NotAllOpenError
        return ()

    def _by_rule(self, answers: Sequence[Answer], doubted: Collection[int]) -> Iterable[tuple[Prepared, list[Answer]]]:
        """The answers by the statement that records them."""
        found: dict[Prepared, list[Answer]] = {}
        for one in answers:
            before_beginning = self._again if one.id in doubted else self._open
            rule = self._begun if one.state in _AFTER_BEGINNING else before_beginning
            found.setdefault(rule, []).append(one)
        return found.items()

    def _settle(
        self, connection: Connection, rule: Prepared, answers: Sequence[Answer], doubted: Collection[int]
    ) -> None:
        always = self._always
        given = [
            always
            | {
                "row": one.id,
                "to": one.leaves(in_doubt=one.id in doubted),
                "answer": one.code,
                "said": one.words,
                "more": one.attempts,
            }
            for one in answers
        ]
        if rule.run(connection, given).rowcount != len(answers):
            raise LedgerError(
                f"{name_of(self._engine)}: issue {self._lock.number} was written to by something else while it was "
                "being sent"
            )

    @property
    def _always(self) -> dict[str, object]:
        """What every statement is given."""
        return {"mine": self._lock.run, "issue": self._lock.number, "now": self._clock()}
