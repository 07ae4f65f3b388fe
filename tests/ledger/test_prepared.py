from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, bindparam, create_engine, select, update
from sqlalchemy.dialects import postgresql

from composer.ledger.prepared import Prepared
from composer.ledger.statements import BEGIN, HOLDS
from composer.ledger.tables import Moment

if TYPE_CHECKING:
    from sqlalchemy import Dialect

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("words", String),
    Column("at", Moment),
    Column("is_new", Boolean),
)
CHANGE = (
    update(things)
    .where(things.c.id == bindparam("row"), things.c.words != "held")
    .values(words=bindparam("said"), at=bindparam("now"), is_new=bindparam("fresh"))
)
POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
NOON = datetime(2025, 3, 14, 12, tzinfo=timezone(timedelta(hours=1)))


def test_it_does_what_the_statement_does_through_the_same_types() -> None:
    engine = create_engine("sqlite://")
    prepared = Prepared(CHANGE, engine.dialect)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(things.insert(), [{"id": row, "words": "held" if row == 3 else ""} for row in (1, 2, 3)])
        given = [{"row": row, "said": f"x{row}", "now": NOON, "fresh": True, "unknown": 1} for row in (1, 2, 3)]
        assert prepared.run(connection, given).rowcount == 2
        rows = connection.execute(select(things).order_by(things.c.id)).all()
    assert [row.words for row in rows] == ["x1", "x2", "held"]
    assert rows[0].at == datetime(2025, 3, 14, 11, tzinfo=UTC)
    assert rows[0].is_new is True
    with engine.connect() as connection, pytest.raises(ValueError, match="needs a zone"):
        prepared.run(connection, [{"row": 1, "said": "", "now": NOON.replace(tzinfo=None), "fresh": False}])


def test_values_go_by_name_where_the_driver_wants_names() -> None:
    prepared = Prepared(BEGIN, POSTGRESQL)
    bound = prepared._bound({"row": 1, "issue": 653, "mine": "me", "now": NOON, "again": False, "unknown": 1})
    assert bound["row"] == 1
    assert bound["again"] is False
    assert bound["state"] == "sending"
    assert "unknown" not in bound
    assert "FOR UPDATE" in Prepared(HOLDS, POSTGRESQL)._sql
