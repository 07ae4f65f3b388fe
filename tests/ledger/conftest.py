"""A ledger in a temporary folder, a clock that tests turn, and mailings for invented people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from composer.ledger import Addressee, Content, Ledger, Mailing, Operator, State, audience_hash, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from sqlalchemy import Engine

    from composer.ledger import Delivery, Run

MOMENT = datetime(2025, 3, 14, 16, 2, tzinfo=UTC)
ROBIN = Operator(person="robin", host="desk", process=4711)


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = MOMENT

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def person(name: str, *segments: str, variant: str = "everyone") -> Addressee:
    address = f"{name}@example.org"
    return Addressee(
        address, address, variant, {"first_name": name.title()}, frozenset(segments), f"<653.{name}@example.org>"
    )


def mailing(
    people: Iterable[Addressee],
    *,
    says: str = "news",
    listed: Iterable[str] = (),
    variants: Iterable[str] = ("everyone",),
    segment: str = "",
) -> Mailing:
    people = tuple(people)
    names = {one.variant for one in people} | set(variants)
    contents = tuple(Content(name, says.encode()) for name in sorted(names))
    others = [person(key.partition("@")[0]) for key in listed if key not in {one.key for one in people}]
    return Mailing(MOMENT, contents, people, others, audience_hash(people), segment)


def waiting(run: Run, segment: str | None = None) -> tuple[Delivery, ...]:
    """Everybody in the line of a run."""
    return tuple(run.waiting(segment))


def deliveries(ledger: Ledger) -> list[Delivery]:
    """Every row of issue 653 in the order in which they were planned; the sum has to be right."""
    record = ledger.read(653)
    assert record is not None
    assert record.adds_up
    return sorted((one for state in State for one in ledger.named(653, state)), key=lambda one: one.id)


def without_the_disk(engine: Engine) -> Engine:
    """The same ledger, not waiting for a disk that no test cuts the power of."""

    def hurry(connection: Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF").close()

    event.listen(engine, "connect", hurry)
    return engine


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.db"


@pytest.fixture
def ledger(path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger(without_the_disk(sqlite(path)), clock) as ledger:
        yield ledger
