"""The queue: each task to one connection at a time, in its time, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.delivery import Limits
from composer.delivery.meter import Meter
from composer.delivery.queue import Queue, Task
from composer.ledger import Delivery, State
from tests.delivery.clock import JumpingClock, most_in_a_minute

MOMENT = datetime(2025, 3, 14, 16, 2, tzinfo=UTC)
DOMAINS = ("a.example", "b.example", "c.example")


def delivery(row: int, domain: str = "a.example") -> Delivery:
    address = f"reader{row}@{domain}"
    return Delivery(
        id=row,
        number=653,
        key=address,
        address=address,
        variant="everyone",
        fields={},
        segments=frozenset(),
        message_id=f"<653.{row}@example.org>",
        state=State.PLANNED,
        attempts=0,
        code=None,
        words="",
        updated_at=MOMENT,
    )


@dataclass
class Traffic:
    """Connections that take from one queue, and what they have seen."""

    people: list[Delivery]
    limits: Limits = field(default_factory=Limits)
    opening_s: Counter[int] = field(default_factory=Counter)
    """How long a connection takes to open, before these messages."""
    failures: Counter[int] = field(default_factory=Counter)
    """How often each is put off still."""
    losses: Counter[int] = field(default_factory=Counter)
    """How often whoever takes it goes and leaves it to others."""
    clock: JumpingClock = field(default_factory=JumpingClock)
    left: list[tuple[float, Delivery]] = field(default_factory=list)
    """When each message left, retries among them."""
    due: dict[int, float] = field(default_factory=dict)

    def run(self, connections: int, gate: int | None = None) -> None:
        self.clock.run(self._run(connections, gate))

    async def _run(self, connections: int, gate: int | None) -> None:
        self.queue = Queue(iter(self.people), self.clock.world, Meter(self.limits))
        if gate is not None:
            self.queue.close_after(gate)
        self.gate, self.at_work = gate, connections
        await asyncio.gather(*(self._connection() for _ in range(connections)))

    async def _connection(self) -> None:
        """Never the last one goes before its work is done: that would end the run."""
        while (task := await self.queue.next()) is not None:
            if self.losses[task.delivery.id] and self.at_work > 1:
                self.losses[task.delivery.id] -= 1
                self.queue.put_back(task)
                break
            await self._carry(task)
        self.at_work -= 1

    async def _carry(self, task: Task) -> None:
        row = task.delivery.id
        if self.opening_s[row]:
            await self.clock.sleep(self.opening_s[row])
        while (wait_s := self.queue.departs_in(task)) > 0:
            await self.clock.sleep(wait_s)
        assert self.clock.now >= self.due.get(row, 0)
        self.left.append((self.clock.now, task.delivery))
        if self.failures[row]:
            self.failures[row] -= 1
            self.due[row] = self.clock.now + 30
            self.queue.retry(task.again(self.due[row]))
        if len({one.id for _, one in self.left}) == self.gate:
            self.queue.open()

    @property
    def order(self) -> list[int]:
        """The rows in the order in which they left."""
        return [one.id for _, one in self.left]


RATES = st.none() | st.sampled_from([1, 6, 60])
PEOPLE = st.lists(st.sampled_from(DOMAINS), max_size=25).map(
    lambda domains: [delivery(row, domain) for row, domain in enumerate(domains)]
)
FEW = st.dictionaries(st.integers(0, 24), st.integers(1, 2), max_size=4).map(Counter)


SLOW = st.dictionaries(st.integers(0, 24), st.integers(1, 100), max_size=8).map(Counter)
LIMITS = st.builds(Limits, st.none(), RATES, RATES)
TRAFFIC = st.builds(Traffic, PEOPLE, LIMITS, opening_s=SLOW, failures=FEW, losses=FEW)


@given(traffic=TRAFFIC, connections=st.integers(1, 4), gate=st.none() | st.integers(1, 30))
@settings(max_examples=150)
def test_everybody_leaves_once_for_each_try_and_never_more_than_allowed(
    traffic: Traffic, connections: int, gate: int | None
) -> None:
    limits, expected = traffic.limits, Counter({one.id: 1 + traffic.failures[one.id] for one in traffic.people})
    traffic.run(connections, gate)
    assert Counter(traffic.order) == expected
    moments = [moment for moment, _ in traffic.left]
    assert most_in_a_minute(moments) <= (limits.per_minute or len(moments))
    for domain in DOMAINS:
        theirs = [moment for moment, one in traffic.left if one.domain == domain]
        assert most_in_a_minute(theirs) <= (limits.per_minute_to_domain or len(theirs))


@given(people=PEOPLE, per_minute=RATES, connections=st.integers(1, 4))
def test_the_order_is_kept(people: list[Delivery], per_minute: int | None, connections: int) -> None:
    traffic = Traffic(people, Limits(per_minute=per_minute))
    traffic.run(connections)
    assert traffic.order == [one.id for one in people]


@given(people=PEOPLE, to_domain=RATES, per_minute=RATES, connections=st.integers(1, 4))
def test_in_one_domain_the_order_is_kept(
    people: list[Delivery], to_domain: int | None, per_minute: int | None, connections: int
) -> None:
    traffic = Traffic(people, Limits(per_minute=per_minute, per_minute_to_domain=to_domain))
    traffic.run(connections)
    for domain in DOMAINS:
        theirs = [one.id for _, one in traffic.left if one.domain == domain]
        assert theirs == sorted(theirs)


def test_a_domain_that_has_to_wait_lets_others_go_first() -> None:
    people = [delivery(0), delivery(1), delivery(2, "b.example"), delivery(3, "c.example")]
    traffic = Traffic(people, Limits(per_minute_to_domain=1))
    traffic.run(1)
    assert [(moment, one.id) for moment, one in traffic.left] == [(0, 0), (0, 2), (0, 3), (60, 1)]


def test_slow_connections_do_not_let_a_crowd_go_at_once() -> None:
    """Four places were given out while four connections were opened; all are open at the same moment."""
    slow = Counter({0: 45, 1: 35, 2: 25, 3: 15})
    traffic = Traffic([delivery(row) for row in range(12)], Limits(per_minute=6), opening_s=slow)
    traffic.run(4)
    assert most_in_a_minute([moment for moment, _ in traffic.left]) <= 6


def test_behind_the_gate_nobody_is_read_until_it_opens() -> None:
    clock = JumpingClock()

    async def scene() -> None:
        queue = Queue(iter([delivery(row) for row in range(5)]), clock.world, Meter(Limits()))
        queue.close_after(2)
        assert [task.delivery.id for task in [await queue.next(), await queue.next()] if task] == [0, 1]
        third = asyncio.ensure_future(queue.next())
        await asyncio.sleep(0)
        assert not third.done()
        queue.open()
        task = await third
        assert task is not None
        assert task.delivery.id == 2

    clock.run(scene())


def test_a_gate_that_nobody_opens_is_noticed_by_this_clock() -> None:
    """So the laws above would not pass over a deadlock."""
    traffic = Traffic([delivery(row) for row in range(5)])
    with pytest.raises(TimeoutError):
        traffic.clock.run(closed(traffic))


async def closed(traffic: Traffic) -> None:
    queue = Queue(iter(traffic.people), traffic.clock.world, Meter(Limits()))
    queue.close_after(2)
    while await queue.next() is not None:
        pass


def test_a_gate_wider_than_the_line_holds_nobody_back() -> None:
    traffic = Traffic([delivery(row) for row in range(3)])
    traffic.clock.run(closed_after_many(traffic))


async def closed_after_many(traffic: Traffic) -> None:
    queue = Queue(iter(traffic.people), traffic.clock.world, Meter(Limits()))
    queue.close_after(20)
    taken = 0
    while await queue.next() is not None:
        taken += 1
    assert taken == 3


def test_what_is_put_back_is_the_next_ones() -> None:
    traffic = Traffic([delivery(row) for row in range(3)], losses=Counter({0: 1}))
    traffic.run(2)
    assert traffic.order == [0, 1, 2]


def test_what_is_put_off_is_tried_when_it_is_due_and_others_meanwhile() -> None:
    traffic = Traffic([delivery(row) for row in range(3)], failures=Counter({0: 2}))
    traffic.run(1)
    assert [(moment, one.id) for moment, one in traffic.left] == [(0, 0), (0, 1), (0, 2), (30, 0), (60, 0)]


def test_only_so_many_wait_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.delivery.queue._MOST_HELD", 5)
    people = [delivery(row) for row in range(30)]
    unread = iter(people)
    traffic = Traffic([], Limits(per_minute_to_domain=60))

    async def scene() -> None:
        queue = Queue(unread, traffic.clock.world, Meter(traffic.limits))
        await queue.next()
        assert next(unread).id <= 7

    traffic.clock.run(scene())
