"""Who did what, and what allows what: the audit log, proofs, approvals, and how many earlier mailings went to."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from composer.ledger.database import in_words
from composer.ledger.states import BEGUN
from composer.ledger.tables import approvals, deeds, deliveries, proofs, sendings, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Engine

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Operator:
    """Who acts: the person's login name, the host's name and the process's number."""

    person: str
    host: str
    process: int


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit log."""

    number: int
    at: datetime
    person: str
    host: str
    what: str
    """In one word or two: "approved", "proof", "planned", "sending", "interrupted"."""
    detail: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's word that exactly this may go to exactly these."""

    number: int
    segment: str
    """Empty: everybody."""
    content_hash: str
    audience_hash: str
    people: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """What was planned for everybody, or for one segment."""

    number: int
    segment: str
    audience_hash: str
    people: int
    planned_at: datetime


class Annals:
    """The part of the ledger that tells of people; written line by line, never changed."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def note(self, number: int, operator: Operator, what: str, detail: str = "") -> None:
        """Write down that somebody did something about an issue."""
        row = {"number": number, "at": self._clock(), "person": operator.person, "host": operator.host}
        with self._writing() as connection:
            connection.execute(deeds.insert().values(**row, what=what, detail=detail))

    def deeds(self, number: int) -> tuple[Deed, ...]:
        """Everything that was done about an issue, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(deeds).where(deeds.c.number == number).order_by(deeds.c.id)).all()
        values = [sound(row, deeds) for row in rows]
        return tuple(Deed(**{name: value[name] for name in Deed.__slots__}) for value in values)

    def note_proof(self, number: int, content_hash: str, address: str, operator: Operator) -> None:
        """Write down that a proof of exactly this content was sent."""
        row = {"number": number, "content_hash": content_hash, "address": address, "person": operator.person}
        with self._writing() as connection:
            connection.execute(proofs.insert().values(**row, at=self._clock()))

    def was_proved(self, number: int, content_hash: str) -> bool:
        """Whether a proof of exactly this content was sent."""
        this = (proofs.c.number == number) & (proofs.c.content_hash == content_hash)
        with self._reading() as connection:
            return connection.execute(select(proofs.c.id).where(this).limit(1)).first() is not None

    def approve(self, approval: Approval) -> None:
        """Write an approval down."""
        with self._writing() as connection:
            values = {name: getattr(approval, name) for name in Approval.__slots__}
            connection.execute(approvals.insert().values(values))

    def approval(self, number: int, segment: str) -> Approval | None:
        """The last approval of an issue for everybody or for one segment, whether it still holds or not."""
        query = select(approvals).where(approvals.c.number == number, approvals.c.segment == segment)
        with self._reading() as connection:
            row = connection.execute(query.order_by(approvals.c.id.desc()).limit(1)).first()
            value = sound(row, approvals) if row else None
        return Approval(**{name: value[name] for name in Approval.__slots__}) if value else None

    def sending(self, number: int, segment: str) -> Sending | None:
        """What was planned of an issue for everybody or for one segment, if it was."""
        query = select(sendings).where(sendings.c.number == number, sendings.c.segment == segment)
        with self._reading() as connection:
            row = connection.execute(query).first()
            return Sending(**sound(row, sendings)) if row else None

    def last_sending(self, segment: str, *, other_than: int) -> Sending | None:
        """The last mailing of another issue to the same people that was really sent, to compare with."""
        query = select(sendings).where(sendings.c.segment == segment, sendings.c.number != other_than)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(sendings.c.planned_at.desc())).all()
            candidates = (Sending(**sound(row, sendings)) for row in rows)
            return next((one for one in candidates if _was_sent(connection, one)), None)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_words(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with in_words(self._engine), self._engine.execution_options(writes=True).begin() as connection:
            yield connection


def _was_sent(connection: Connection, sending: Sending) -> bool:
    """Whether a server has heard of anybody whom it was for; read until one is found, which is soon."""
    begun = (deliveries.c.number == sending.number) & deliveries.c.state.in_(BEGUN)
    query = select(deliveries.c.segments).where(begun).order_by(deliveries.c.id)
    found = connection.execute(query, execution_options={"yield_per": _PAGE}).scalars()
    return any(not sending.segment or sending.segment in segments for segments in found)
