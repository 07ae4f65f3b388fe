"""Looks at the lists for a plan: newcomers get a row, and the lists speak for whoever has not got the issue."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, select, update

from composer.ledger.database import UNSOUND
from composer.ledger.states import OPEN, State, domain_of
from composer.ledger.tables import deliveries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Row

    from composer.ledger.planning import Addressee, Mailing, Planner

_BATCH = 500
"""So many people at a time: a million are planned in the memory of these."""

_UNTOUCHED = (State.PLANNED, State.EXCLUDED)
"""Nothing of them is known but what the lists say."""

_T = TypeVar("_T")


@dataclass(slots=True)
class Difference:
    """What a new look at the lists would change in a plan."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __str__(self) -> str:
        return f"{self.new} new, {self.changed} changed, {self.gone} gone"


def look(connection: Connection, planner: Planner, mailing: Mailing, difference: Difference) -> int:
    """How many people this sending has; what changes for them and for all others is added to the difference."""
    people = 0
    names = {one.name for one in mailing.variants}
    for batch in batches(mailing.addressees):
        if unknown := {one.variant for one in batch} - names:
            raise RuntimeError(f"planned for variants that do not exist: {sorted(unknown)}")
        people += len(batch)
        new = _renew(connection, planner, batch, difference)
        if new:
            rows = [_row(one, planner) for one in new]
            connection.execute(deliveries.insert().values(number=planner.number, attempts=0), rows)
        difference.new += len(new)
    for batch in batches(mailing.others):
        _renew(connection, planner, batch, difference)
    return people


def batches(values: Iterable[_T]) -> Iterator[list[_T]]:
    """The values in lists that a statement can take; what goes wrong while they are made is not the ledger's fault."""
    iterator = iter(values)
    while True:
        try:
            batch = list(islice(iterator, _BATCH))
        except UNSOUND as error:
            raise RuntimeError("the people to plan for cannot be made out") from error
        if not batch:
            return
        yield batch


_KNOWN = select(deliveries.c.id, deliveries.c.key, deliveries.c.state, deliveries.c.variant, deliveries.c.fields).where(
    deliveries.c.number == bindparam("issue"), deliveries.c.key.in_(bindparam("keys", expanding=True))
)
"""Built once: a statement built for every batch would keep the batch until garbage is collected."""


def _known(connection: Connection, planner: Planner, keys: list[str]) -> dict[str, Any]:
    rows = connection.execute(_KNOWN, {"issue": planner.number, "keys": keys})
    return {row.key: row for row in rows}


def _renew(connection: Connection, planner: Planner, batch: list[Addressee], difference: Difference) -> list[Addressee]:
    """Let the lists speak for those who have not got it, and mark all as seen; whoever has no row yet."""
    known = _known(connection, planner, [one.key for one in batch])
    both = [(one, known[one.key]) for one in batch if one.key in known]
    waiting = [_listing(one) | {"row": row.id} for one, row in both if row.state is State.DEFERRED]
    renewed = [_row(one, planner) | {"row": row.id} for one, row in both if row.state in _UNTOUCHED]
    settled = [{"row": row.id} for _, row in both if row.state not in {*_UNTOUCHED, State.DEFERRED}]
    for rows in filter(None, (waiting, renewed, settled)):
        this = update(deliveries).where(deliveries.c.id == bindparam("row"))
        connection.execute(this.values(plan=planner.token), rows)
    difference.changed += sum(_differs(one, row) for one, row in both)
    return [one for one in batch if one.key not in known]


def _differs(one: Addressee, row: Row[tuple[object, ...]]) -> bool:
    if row.state in OPEN:
        return (one.variant, dict(one.fields)) != (row.variant, row.fields)
    return row.state is State.EXCLUDED


def _row(one: Addressee, planner: Planner) -> dict[str, Any]:
    always = {"state": State.PLANNED, "words": "", "plan": planner.token, "updated_at": planner.at}
    return _listing(one) | always


def _listing(one: Addressee) -> dict[str, Any]:
    """What the lists say of somebody; where their delivery stands is another matter."""
    return {
        "key": one.key,
        "address": one.address,
        "domain": domain_of(one.address),
        "variant": one.variant,
        "fields": dict(one.fields),
        "segments": sorted(one.segments),
        "message_id": one.message_id,
    }
