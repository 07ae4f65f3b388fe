"""Ledgers as a mailing may have left them, written without sending anything."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import TYPE_CHECKING

from composer.ledger import Deed, Ledger, Lock, State, sqlite
from composer.ledger.tables import deeds, deliveries, locks, mailings
from composer.report import summarise
from tests.report.zones import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOMENT = datetime(2025, 6, 13, 15, 2, tzinfo=UTC)
"""16:02 in London."""


@dataclass(frozen=True)
class Case:
    """What became of one address."""

    address: str
    state: State
    words: str = "2.0.0 Taken"
    code: int | None = 250
    segments: frozenset[str] = field(default=frozenset({"members"}))
    after_s: float = 0
    attempts: int = 1


FEW = (
    Case("ada@example.org", State.SENT),
    Case("ben@example.org", State.SENT, segments=frozenset({"members", "kent"})),
    Case("cat@example.com", State.FAILED, "5.1.1 [red]No such user", 550),
    Case("dot@example.com", State.DEFERRED, "4.2.1 Busy", 450),
    Case("eve@example.com", State.IN_DOUBT, "the connection was lost", None),
    Case("fay@example.com", State.SUPPRESSED, "opted out", None),
    Case("gus@example.com", State.EXCLUDED, "on no list any more", None),
    Case("hal@example.com", State.PLANNED, "", None, attempts=0),
)
DEEDS = (
    Deed(653, MOMENT - timedelta(hours=2), "morgan", "office", "approved", "everybody, 8 people"),
    Deed(653, MOMENT, "robin", "desk", "sending", "to everybody"),
)
SENDER = Lock(653, "token", "robin", "desk", 4711, MOMENT, MOMENT)


def write(path: Path, cases: Iterable[Case], *, planned: int | None = None, log: Iterable[Deed] = ()) -> None:
    """Write issue 653 into a ledger; `planned` is what the states should add up to, if not what they do."""
    engine = sqlite(path)
    ids = count(1)
    with engine.execution_options(writes=True).begin() as connection:
        row = {"number": 653, "content_hash": "c0ffee" * 10, "audience_hash": "decade" * 10, "planned": 0}
        row |= {"moment": MOMENT, "planned_at": MOMENT, "planned_by": "robin", "host": "desk"}
        connection.execute(mailings.insert(), row)
        everybody = iter(cases)
        while some := [*islice(everybody, 1000)]:
            connection.execute(deliveries.insert(), [_row(one, next(ids)) for one in some])
        connection.execute(mailings.update().values(planned=planned if planned is not None else next(ids) - 1))
        for deed in log:
            connection.execute(deeds.insert(), {name: getattr(deed, name) for name in Deed.__slots__})
    engine.dispose()


def take(path: Path, lock: Lock = SENDER) -> None:
    """Let somebody hold the issue."""
    engine = sqlite(path)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(locks.insert(), {name: getattr(lock, name) for name in Lock.__slots__})
    engine.dispose()


@contextmanager
def opened(path: Path, at: datetime = MOMENT + timedelta(minutes=5)) -> Iterator[Ledger]:
    """The ledger at some moment."""
    with Ledger(sqlite(path), lambda: at) as ledger:
        yield ledger


def write_report(path: Path, folder: Path) -> Path:
    """Write the report of a ledger into `folder`, times as in London; the page."""
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        return summary.write(folder, LONDON)


def _row(one: Case, number: int) -> dict[str, object]:
    return {
        "id": number,
        "number": 653,
        "key": f"{number}",
        "address": one.address,
        "domain": one.address.rpartition("@")[2],
        "variant": "everyone",
        "fields": {},
        "segments": sorted(one.segments),
        "message_id": f"<653.{number}@example.org>",
        "state": one.state,
        "attempts": one.attempts,
        "code": one.code,
        "words": one.words,
        "plan": "plan",
        "updated_at": MOMENT + timedelta(seconds=one.after_s),
    }
