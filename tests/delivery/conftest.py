"""A newsletter, its people and a ledger, ready to be handed to the SMTP server of `tests.smtp_server`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

import pytest

from composer.audience import Recipient
from composer.courier import Courier
from composer.delivery import Bindery, Limits, Order, Pace, People, Printing, Progress, Result, World, prepare, run
from composer.errors import Place
from composer.ledger import Doubt, Ledger, Mailing, Operator, Record, State, sqlite
from composer.message import compile_message
from composer.render import Email
from composer.settings import Sender, Settings
from composer.unsubscribe import Tokens
from tests.ledger.conftest import deliveries, without_the_disk

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

    from composer.ledger import Delivery
    from composer.settings import Smtp

MOMENT = datetime(2025, 3, 14, 16, 2, tzinfo=UTC)
ROBIN = Operator("robin", "desk", 4711)
SETTINGS = Settings(
    name="Update",
    organisation="South East Programme",
    address="1 High Street, Anytown",
    sender=Sender(name="Update", email="update@example.org"),
)
EMAIL = Email(
    subject="Update no 653",
    preheader="Three dates for your diary",
    html="<html><body><p>News of the week</p></body></html>",
    text="News of the week\n",
    language="en-GB",
)


def recipients(count: int) -> list[Recipient]:
    addresses = [f"reader{number}@example.org" for number in range(count)]
    return [
        Recipient(address, address, {"name": "Reader"}, frozenset({"members"}), Place("recipients/members.csv"))
        for address in addresses
    ]


class Wishes(TypedDict, total=False):
    """What a test may ask for beyond the usual order."""

    connections: int
    segment: str
    limits: Limits
    deadline: datetime
    has_opted_out: Callable[[str], bool]
    progress: Callable[[Progress], None]


async def until(happened: Callable[[], object]) -> None:
    """Wait for something that another process, or the server, does."""
    while not happened():  # noqa: ASYNC110 - it sets no event
        await asyncio.sleep(0.001)


@dataclass
class Office:
    """Plans and runs issue 653 as `composer send` would, with waits that only turn a clock."""

    path: Path
    tokens: Tokens = field(default_factory=lambda: Tokens("k" * 43))
    pace: Pace = field(default_factory=lambda: Pace(drain_s=1))
    has_canary: bool = False
    now: datetime = MOMENT
    seconds: float = 0
    waits: list[float] = field(default_factory=list)

    def ledger(self) -> Ledger:
        return Ledger(without_the_disk(sqlite(self.path)), lambda: self.now)

    def plan(self, count: int) -> None:
        with self.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            turn.plan(self.mailing(count))

    def mailing(self, count: int) -> Mailing:
        printing = Printing({"everyone": compile_message(EMAIL, SETTINGS, number=653)}, lambda _: "everyone")
        everybody = recipients(count)
        people = People(everybody, printing.audience_of(everybody).hexdigest())
        return prepare(printing, people, Bindery(MOMENT, self.tokens))

    async def run(self, smtp: Smtp, doubt: Doubt = Doubt.HOLD, **wishes: Unpack[Wishes]) -> Result:
        world = World(clock=lambda: self.seconds, sleep=self.sleep, chance=lambda: 0.5, now=lambda: self.now)
        order = Order(
            lambda: Courier(smtp), self.tokens, connections=2, pace=self.pace, world=world, has_canary=self.has_canary
        )
        with self.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            turn.settle_doubt(doubt)
            return await run(turn, replace(order, **wishes))

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def record(self) -> Record:
        with self.ledger() as ledger:
            record = ledger.read(653)
        assert record is not None
        assert record.adds_up
        return record

    def rows(self) -> list[Delivery]:
        with self.ledger() as ledger:
            return deliveries(ledger)

    def states(self) -> Counter[State]:
        return self.record().counts


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "state" / "ledger.db")
