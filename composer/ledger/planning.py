"""Freezes an issue: who gets which bytes, decided and written down before anything else happens."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from composer.errors import ComposerError
from composer.ledger.states import BEGUN, OPEN, State
from composer.ledger.tables import deliveries, mailings, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection


class ContentChangedError(ComposerError):
    """The issue differs from what some people already have."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person of the plan, with everything that makes their message theirs."""

    address: str
    key: str
    variant: str
    fields: Mapping[str, str]
    segments: frozenset[str]
    message_id: str


@dataclass(frozen=True, slots=True)
class Content:
    """One variant's compiled message, frozen."""

    name: str
    data: bytes

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Mailing:
    """An issue ready to be planned."""

    moment: datetime
    """The Date that is compiled into the variants (RFC 5322 §3.6.1)."""
    variants: tuple[Content, ...]
    addressees: tuple[Addressee, ...]
    """The people of this sending, everybody or those of one segment; and whoever was planned before."""
    listed: frozenset[str]
    """The keys of everybody who is still on some list, in this sending or not."""

    def __post_init__(self) -> None:
        unknown = {one.variant for one in self.addressees} - {one.name for one in self.variants}
        if unknown:
            raise ValueError(f"planned for variants that do not exist: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Planner:
    """Who plans, where and when."""

    number: int
    person: str
    host: str
    at: datetime


def content_hash(hashes: Mapping[str, str]) -> str:
    """The hash of all variants together, from the hash of each."""
    return _digest(sorted(hashes.items()))


def audience_hash(addressees: Iterable[Addressee]) -> str:
    """The hash of who gets which variant with which fields, whatever the order of the lists."""
    return _digest(sorted((one.key, one.variant, sorted(one.fields.items())) for one in addressees))


def freeze(connection: Connection, planner: Planner, mailing: Mailing) -> None:
    """Write the plan. Nothing sent yet: planned afresh. Begun with the same content: newcomers are added.

    Whoever has not got it, and is not in doubt, gets what the lists say now: somebody taken out of a segment no longer
    sees what is for it, even if a server has put their message off. What is in doubt stays as it is. No row is ever
    deleted. Raises `ContentChangedError` when a variant differs from the one that people already have.
    """
    begun = has_begun(connection, planner.number)
    if begun:
        _refuse_other_content(connection, planner.number, mailing)
    _write_mailing(connection, planner, mailing.moment, fresh=not begun)
    content = _write_variants(connection, planner.number, mailing, fresh=not begun)
    added = _write_addressees(connection, planner, mailing.addressees)
    exclude(connection, planner, mailing.listed)
    audience = audience_hash(mailing.addressees)
    connection.execute(
        update(mailings)
        .where(mailings.c.number == planner.number)
        .values(content_hash=content, audience_hash=audience, planned=mailings.c.planned + added)
    )


def is_planned(connection: Connection, number: int) -> bool:
    """Whether the issue has a plan."""
    return connection.execute(select(mailings.c.number).where(mailings.c.number == number)).first() is not None


def has_begun(connection: Connection, number: int) -> bool:
    """Whether a server has heard of the issue: then its content may not change any more."""
    heard_of = deliveries.c.state.in_(BEGUN) | deliveries.c.run.is_not(None)
    query = select(deliveries.c.id).where(deliveries.c.number == number, heard_of)
    return connection.execute(query.limit(1)).first() is not None


def exclude(connection: Connection, planner: Planner, listed: frozenset[str]) -> None:
    """Take those out whom no list names any more and who have not got it nor are in doubt.

    Likewise those of a segment planned earlier whose variant has vanished from the issue since; planned again with
    their segment they are back.
    """
    columns = (deliveries.c.id, deliveries.c.key, deliveries.c.variant, deliveries.c.words)
    rows = connection.execute(
        select(*columns).where(deliveries.c.number == planner.number, deliveries.c.state.in_(OPEN))
    )
    frozen = _frozen(connection, planner.number)
    gone = [
        {"row": row.id, "why": why}
        for row in rows
        if (why := _why_excluded(row.words, is_listed=row.key in listed, is_frozen=row.variant in frozen))
    ]
    if gone:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id == bindparam("row"))
            .values(state=State.EXCLUDED, words=bindparam("why"), updated_at=planner.at),
            gone,
        )


def _why_excluded(words: str, *, is_listed: bool, is_frozen: bool) -> str:
    if is_listed and is_frozen:
        return ""
    why = "the issue has no such variant any more" if is_listed else "on no list any more"
    return why + (f" (before: {words})" if words else "")


def _refuse_other_content(connection: Connection, number: int, mailing: Mailing) -> None:
    frozen = _frozen(connection, number)
    changed = sorted(one.name for one in mailing.variants if frozen.get(one.name, one.hash) != one.hash)
    if changed:
        states = Counter(connection.execute(select(deliveries.c.state).where(deliveries.c.number == number)).scalars())
        reached = sum(states[state] for state in (State.SENT, State.SENDING, State.IN_DOUBT))
        raise ContentChangedError(
            f"issue {number} has changed since sending began ({', '.join(changed)}): {reached} of {states.total()} "
            "people have, or may have, what it said before. Send the rest what was planned with --as-planned, "
            "or undo the change, or put the correction into the next issue"
        )


def _write_mailing(connection: Connection, planner: Planner, moment: datetime, *, fresh: bool) -> None:
    planned = {"moment": moment, "planned_at": planner.at, "planned_by": planner.person, "host": planner.host}
    this = mailings.c.number == planner.number
    if not is_planned(connection, planner.number):
        hashes = {"content_hash": "", "audience_hash": ""}  # written at the end, in the same transaction
        connection.execute(mailings.insert().values(number=planner.number, planned=0, **hashes, **planned))
    elif fresh:
        connection.execute(update(mailings).where(this).values(**planned))


def _write_variants(connection: Connection, number: int, mailing: Mailing, *, fresh: bool) -> str:
    if fresh:
        connection.execute(delete(variants).where(variants.c.number == number))
    known = _frozen(connection, number)
    new = [one for one in mailing.variants if one.name not in known]
    if new:
        rows = [{"number": number, "name": one.name, "hash": one.hash, "content": one.data} for one in new]
        connection.execute(variants.insert(), rows)
    return content_hash(known | {one.name: one.hash for one in new})


def _write_addressees(connection: Connection, planner: Planner, addressees: tuple[Addressee, ...]) -> int:
    """How many rows were inserted."""
    columns = select(deliveries.c.key, deliveries.c.id, deliveries.c.state).where(deliveries.c.number == planner.number)
    known = {row.key: row for row in connection.execute(columns)}
    new = [_row(one, planner) for one in addressees if one.key not in known]
    if new:
        connection.execute(deliveries.insert().values(number=planner.number, attempts=0), new)
    both = [(one, known[one.key]) for one in addressees if one.key in known]
    waiting = [_listing(one) | {"row": row.id} for one, row in both if row.state is State.DEFERRED]
    untouched = {State.PLANNED, State.EXCLUDED}
    renewed = [_row(one, planner) | {"row": row.id} for one, row in both if row.state in untouched]
    for rows in filter(None, (waiting, renewed)):
        connection.execute(update(deliveries).where(deliveries.c.id == bindparam("row")), rows)
    return len(new)


def _row(one: Addressee, planner: Planner) -> dict[str, Any]:
    return _listing(one) | {"state": State.PLANNED, "words": "", "updated_at": planner.at}


def _listing(one: Addressee) -> dict[str, Any]:
    """What the lists say of somebody; where their delivery stands is another matter."""
    return {
        "key": one.key,
        "address": one.address,
        "variant": one.variant,
        "fields": dict(one.fields),
        "segments": sorted(one.segments),
        "message_id": one.message_id,
    }


def _frozen(connection: Connection, number: int) -> dict[str, str]:
    rows = connection.execute(select(variants.c.name, variants.c.hash).where(variants.c.number == number))
    return {row.name: row.hash for row in rows}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode("ascii")).hexdigest()
