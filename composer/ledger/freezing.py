"""Freezes an issue: who gets which bytes, decided and written down before anything else happens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, delete, literal, select, update

from composer.ledger.hashes import content_hash
from composer.ledger.listing import Difference, batches, look
from composer.ledger.planning import AudienceChangedError, ContentChangedError
from composer.ledger.states import BEGUN, OPEN, State
from composer.ledger.tables import deliveries, mailings, sendings, variants

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from composer.ledger.planning import Mailing, Planner


def freeze(connection: Connection, planner: Planner, mailing: Mailing, *, as_listed: bool = False) -> bool:
    """Write the plan; whether the lists were looked at, which marks whoever is on them with the planner's token.

    Nothing sent yet: planned afresh. Begun with the same content: the plan stands; a further segment may be added.
    What the lists say now counts for whoever has not got it, and is not in doubt, only if it is asked for
    (`as_listed`): newcomers are added, and somebody taken out of a segment no longer sees what is for it, even if a
    server has put their message off. What is in doubt stays as it is. No row is ever deleted.

    Raises `ContentChangedError` when a variant differs from the one that people already have, `AudienceChangedError`
    when the lists have changed since.
    """
    begun = has_begun(connection, planner.number)
    if begun:
        _refuse_other_content(connection, planner.number, mailing)
    known = _sending(connection, planner.number, mailing.segment)
    if begun and known == mailing.audience_hash and not as_listed and not _has_excluded(connection, planner.number):
        return False
    _write_mailing(connection, planner, mailing.moment, fresh=not begun)
    content = _write_variants(connection, planner.number, mailing, fresh=not begun)
    difference = Difference()
    people = look(connection, planner, mailing, difference)
    difference.gone = exclude(connection, planner, ())
    if begun and not as_listed and (difference.changed or difference.gone or (difference.new and known is not None)):
        raise AudienceChangedError(planner.number, difference)
    connection.execute(
        update(mailings)
        .where(mailings.c.number == planner.number)
        .values(
            content_hash=content,
            audience_hash=mailing.audience_hash,
            planned=mailings.c.planned + difference.new,
        )
    )
    _write_sending(connection, planner, mailing, people)
    return True


def is_planned(connection: Connection, number: int) -> bool:
    """Whether the issue has a plan."""
    return connection.execute(select(mailings.c.number).where(mailings.c.number == number)).first() is not None


def has_begun(connection: Connection, number: int) -> bool:
    """Whether a server has heard of the issue: then its content may not change any more."""
    query = select(deliveries.c.id).where(deliveries.c.number == number, deliveries.c.state.in_(BEGUN))
    return connection.execute(query.limit(1)).first() is not None


def exclude(connection: Connection, planner: Planner, listed: Iterable[str]) -> int:
    """Take those out whom no list names any more and who have not got it nor are in doubt; how many these are.

    `listed` are the keys of those on a list who are not marked as seen yet.
    """
    unseen = deliveries.c.plan != planner.token
    unreached = deliveries.c.state.in_((*OPEN, State.IN_DOUBT))
    if connection.execute(select(deliveries.c.id).where(_of(planner), unreached, unseen).limit(1)).first() is None:
        return 0
    seen = update(deliveries).where(_of(planner), deliveries.c.key.in_(bindparam("keys", expanding=True)))
    for keys in batches(listed):
        connection.execute(seen.values(plan=planner.token), {"keys": keys})
    before = case((deliveries.c.words != "", " (before: " + deliveries.c.words + ")"), else_="")
    struck = connection.execute(
        update(deliveries)
        .where(_of(planner), deliveries.c.state.in_(OPEN), unseen)
        .values(state=State.EXCLUDED, words=literal("on no list any more") + before, updated_at=planner.at)
    )
    return struck.rowcount


def spared(connection: Connection, planner: Planner) -> frozenset[int]:
    """The rows in doubt whose people are on no list any more: nothing is sent to them again."""
    doubtful = (deliveries.c.state == State.IN_DOUBT) & (deliveries.c.plan != planner.token)
    return frozenset(connection.execute(select(deliveries.c.id).where(_of(planner), doubtful)).scalars())


def _has_excluded(connection: Connection, number: int) -> bool:
    """Whether somebody was taken out, who may be on the lists of the first plan again."""
    query = select(deliveries.c.id).where(deliveries.c.number == number, deliveries.c.state == State.EXCLUDED)
    return connection.execute(query.limit(1)).first() is not None


def _of(planner: Planner) -> ColumnElement[bool]:
    return deliveries.c.number == planner.number


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


def _sending(connection: Connection, number: int, segment: str) -> str | None:
    """The hash of the audience under which this was planned, if it was."""
    query = select(sendings.c.audience_hash).where(sendings.c.number == number, sendings.c.segment == segment)
    return connection.execute(query).scalar()


def _write_sending(connection: Connection, planner: Planner, mailing: Mailing, people: int) -> None:
    this = (sendings.c.number == planner.number) & (sendings.c.segment == mailing.segment)
    values = {"audience_hash": mailing.audience_hash, "people": people, "planned_at": planner.at}
    if not connection.execute(update(sendings).where(this).values(values)).rowcount:
        connection.execute(sendings.insert().values(number=planner.number, segment=mailing.segment, **values))


def _frozen(connection: Connection, number: int) -> dict[str, str]:
    rows = connection.execute(select(variants.c.name, variants.c.hash).where(variants.c.number == number))
    return {row.name: row.hash for row in rows}
