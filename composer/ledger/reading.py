"""What the ledger says of an issue, counted by the database: nobody is held in memory for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from composer.ledger import lock as locking
from composer.ledger.freezing import has_begun
from composer.ledger.states import State
from composer.ledger.tables import as_delivery, deliveries, mailings, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Column, Connection

    from composer.ledger.lock import Lock
    from composer.ledger.states import Delivery

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Planned:
    """What the ledger says about an issue as a whole."""

    number: int
    content_hash: str
    audience_hash: str
    planned: int
    """How many rows were ever written for it, counted when they were: what the states must add up to."""
    moment: datetime
    """The Date of its messages: filled with it, the same content gives the same bytes."""
    planned_at: datetime
    planned_by: str
    host: str
    begun: bool
    """Whether any server has heard of it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One issue at one moment."""

    planned: Planned
    sender: Lock | None
    """Who is sending it at that moment, if anybody is."""
    counts: Counter[State]
    """How many deliveries stand where; what a dead run was sending is in doubt."""
    domains: Mapping[str, Counter[State]]
    segments: Mapping[str, Counter[State]]
    """Somebody in several counts in each."""

    @property
    def adds_up(self) -> bool:
        """Conservation: as many deliveries stand somewhere as were ever planned. Where not, the ledger is damaged."""
        return self.planned.planned == self.counts.total()


def planned(connection: Connection, number: int) -> Planned | None:
    """The issue as it was planned, if it was."""
    row = connection.execute(select(mailings).where(mailings.c.number == number)).first()
    return Planned(**sound(row, mailings), begun=has_begun(connection, number)) if row else None


def record(connection: Connection, number: int, at: datetime, *, is_taken: bool) -> Record | None:
    """Everything about an issue as it is now; `is_taken`: some process may have it in hand."""
    found = planned(connection, number)
    if found is None:
        return None
    lock = locking.holder(connection, number)
    sender = lock if lock and lock.is_alive(at) and is_taken else None
    domains = counted(connection, number, deliveries.c.domain, is_alone=sender is None)
    segments: dict[str, Counter[State]] = {}
    for names, counts in counted(connection, number, deliveries.c.segments, is_alone=sender is None).items():
        for name in names:
            segments.setdefault(name, Counter()).update(counts)
    return Record(found, sender, sum(domains.values(), Counter()), domains, segments)


def named(connection: Connection, number: int, state: State) -> Iterator[Delivery]:
    """Every delivery in this state, in the order in which they were planned, page by page."""
    last = 0
    which = (deliveries.c.number == number) & (deliveries.c.state == state)
    query = select(deliveries).order_by(deliveries.c.id).limit(_PAGE)
    while page := [as_delivery(row) for row in connection.execute(query.where(which, deliveries.c.id > last))]:
        yield from page
        last = page[-1].id


def moments(connection: Connection, number: int) -> Iterator[tuple[datetime, State]]:
    """When each delivery came to stand where it stands, in no particular order."""
    query = select(deliveries.c.updated_at, deliveries.c.state).where(deliveries.c.number == number)
    for row in connection.execution_options(yield_per=_PAGE).execute(query):
        yield row.updated_at, row.state


def counted(connection: Connection, number: int, column: Column[Any], *, is_alone: bool) -> dict[Any, Counter[State]]:
    """How many stand where, by the values of a column; what a dead run was sending is in doubt."""
    query = select(column, deliveries.c.state, func.count()).where(deliveries.c.number == number)
    found: dict[Any, Counter[State]] = {}
    for value, state, count in connection.execute(query.group_by(column, deliveries.c.state)):
        stands = State.IN_DOUBT if is_alone and state is State.SENDING else state
        found.setdefault(_sound(value), Counter())[stands] += count
    return found


def _sound(value: object) -> object:
    """A value that can be a key; `TypeError` for one that Composer never writes."""
    if isinstance(value, list):
        return tuple(map(str, value))
    if not isinstance(value, str):
        raise TypeError(f"deliveries are counted by {value!r}")
    return value
