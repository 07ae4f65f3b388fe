"""What the ledger says of an issue, counted by the database: nobody is held in memory for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from composer.ledger import lock as locking
from composer.ledger.freezing import has_begun
from composer.ledger.states import State
from composer.ledger.tables import as_delivery, deliveries, mailings, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Column, Connection

    from composer.ledger.lock import Lock
    from composer.ledger.states import Delivery

LARGEST = 200
"""So many domains are in a record: there may be as many as there are people."""

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
    """The `LARGEST`, the largest first."""
    domains_in_all: int
    """How many there are, these and all smaller ones."""
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
    largest, in_all = _largest(by_domain(connection, number, is_alone=sender is None))
    memberships = by_segments(connection, number, is_alone=sender is None)
    segments: dict[str, Counter[State]] = {}
    for names, counts in memberships.items():
        for name in names:
            segments.setdefault(name, Counter()).update(counts)
    return Record(found, sender, sum(memberships.values(), Counter()), largest, in_all, segments)


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


def by_domain(connection: Connection, number: int, *, is_alone: bool) -> Iterator[tuple[str, Counter[State]]]:
    """How many stand where at each domain, by its name, read as they are asked for."""
    rows = _counted(connection, number, deliveries.c.domain, is_alone=is_alone)
    for domain, some in groupby(rows, key=itemgetter(0)):
        if not isinstance(domain, str):
            raise TypeError(f"a domain is {domain!r}")
        yield domain, _added_up(some)


def by_segments(connection: Connection, number: int, *, is_alone: bool) -> dict[tuple[str, ...], Counter[State]]:
    """How many stand where, by all the segments that somebody is in; what a dead run was sending is in doubt."""
    found: dict[tuple[str, ...], Counter[State]] = {}
    for names, state, count in _counted(connection, number, deliveries.c.segments, is_alone=is_alone):
        if not isinstance(names, list):
            raise TypeError(f"segments are {names!r}")
        found.setdefault(tuple(map(str, names)), Counter())[state] += count
    return found


def _counted(
    connection: Connection, number: int, column: Column[Any], *, is_alone: bool
) -> Iterator[tuple[Any, State, int]]:
    query = select(column, deliveries.c.state, func.count()).where(deliveries.c.number == number)
    query = query.group_by(column, deliveries.c.state).order_by(column)
    for value, state, count in connection.execute(query, execution_options={"yield_per": _PAGE}):
        yield value, State.IN_DOUBT if is_alone and state is State.SENDING else state, count


def _added_up(rows: Iterable[tuple[Any, State, int]]) -> Counter[State]:
    counts: Counter[State] = Counter()
    for _, state, count in rows:
        counts[state] += count
    return counts


def _largest(domains: Iterable[tuple[str, Counter[State]]]) -> tuple[dict[str, Counter[State]], int]:
    """The largest, the largest first, and how many there are at all."""
    kept, count = [], 0
    for count, one in enumerate(domains, 1):  # noqa: B007 - the last one is the answer
        kept.append(one)
        if len(kept) == 2 * LARGEST:
            kept = _by_size(kept)[:LARGEST]
    return dict(_by_size(kept)[:LARGEST]), count


def _by_size(domains: Iterable[tuple[str, Counter[State]]]) -> list[tuple[str, Counter[State]]]:
    return sorted(domains, key=lambda one: (-one[1].total(), one[0]))
