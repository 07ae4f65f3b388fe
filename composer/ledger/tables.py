"""The tables, in plain SQL that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from composer.ledger.states import Delivery, State

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Row

VERSION = 2
"""The layout below; a ledger that says a higher number was written by a newer Composer."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC also where the database forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - theirs
        """Refuse a moment without a zone: nobody could say what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment in the ledger needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - theirs
        """Give UTC back, also where the database tells moments in the zone of its session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_DOCUMENT = JSON().with_variant(JSONB(), "postgresql")
"""JSON whose values can be compared: PostgreSQL groups by no other."""

metadata = MetaData()

about = Table("about", metadata, Column("version", Integer, nullable=False))

mailings = Table(
    "mailings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", String(64), nullable=False),
    Column("audience_hash", String(64), nullable=False),  # of the sending that was planned last
    Column("planned", Integer, nullable=False),  # how many rows were ever written: what the states must add up to
    Column("moment", Moment, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("planned_by", String, nullable=False),
    Column("host", String, nullable=False),
)

sendings = Table(
    "sendings",
    metadata,
    Column("number", Integer, ForeignKey("mailings.number"), primary_key=True),
    Column("segment", String, primary_key=True),  # empty: everybody
    Column("audience_hash", String(64), nullable=False),
    Column("people", Integer, nullable=False),
    Column("planned_at", Moment, nullable=False),
)

variants = Table(
    "variants",
    metadata,
    Column("number", Integer, ForeignKey("mailings.number"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, ForeignKey("mailings.number"), nullable=False),
    Column("key", String, nullable=False),
    Column("address", String, nullable=False),
    Column("domain", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("fields", _DOCUMENT, nullable=False),
    Column("segments", _DOCUMENT, nullable=False),
    Column("message_id", String, nullable=False),
    Column(
        "state",
        Enum(
            State,
            native_enum=False,
            create_constraint=True,
            validate_strings=True,
            values_callable=lambda states: [state.value for state in states],
        ),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False),
    Column("code", Integer),
    Column("words", String, nullable=False),
    Column("plan", String(32), nullable=False),  # the token of the planning that saw it last
    Column("run", String(32)),  # the token of the run that began it last
    Column("begun_at", Moment),  # when it was handed over last, or first of all attempts that are in doubt
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("number", "key"),
    Index("deliveries_in_turn", "number", "id"),
)

locks = Table(
    "locks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("run", String(32), nullable=False),
    Column("person", String, nullable=False),
    Column("host", String, nullable=False),
    Column("process", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("heartbeat", Moment, nullable=False),
)

proofs = Table(
    "proofs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False, index=True),
    Column("content_hash", String(64), nullable=False),
    Column("address", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", Moment, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False, index=True),
    Column("segment", String, nullable=False),  # empty: everybody
    Column("content_hash", String(64), nullable=False),
    Column("audience_hash", String(64), nullable=False),
    Column("people", Integer, nullable=False),
    Column("person", String, nullable=False),
    Column("at", Moment, nullable=False),
)

deeds = Table(
    "deeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("person", String, nullable=False),
    Column("host", String, nullable=False),
    Column("what", String, nullable=False),
    Column("detail", String, nullable=False),
)

optouts = Table(
    "optouts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_hash", String(64), nullable=False, unique=True),  # keyed, so that it outlives erasure
    Column("why", String, nullable=False),
    Column("at", Moment, nullable=False),
)


def sound(row: Row[Any], table: Table) -> dict[str, Any]:
    """A row's values by column; `TypeError` for one of another type, which SQLite stores as readily."""
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    for name, kinds in _KINDS[table.name]:
        if not isinstance(values[name], kinds):
            raise TypeError(f"{table.name}.{name} is {values[name]!r}")
    return values


def as_delivery(row: Row[Any]) -> Delivery:
    """A row of `deliveries` as its value."""
    values = sound(row, deliveries)
    for column in ("plan", "run", "domain"):
        del values[column]
    values["segments"] = frozenset(values["segments"])
    return Delivery(**values)


_JSON: dict[str, type] = {"fields": dict, "segments": list}
"""What the columns of JSON hold."""


def _kinds(column: Column[Any]) -> tuple[type, ...]:
    kind = _JSON[column.name] if isinstance(column.type, JSON) else column.type.python_type
    return (kind, type(None)) if column.nullable else (kind,)


_KINDS = {
    table.name: tuple((column.name, _kinds(column)) for column in table.columns) for table in metadata.tables.values()
}
"""What may stand in each column of each table."""
