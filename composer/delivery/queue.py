"""What is still to be handed over in this run: first the untried, then those whose wait is over."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.delivery.meter import Meter
    from composer.delivery.pace import World
    from composer.ledger import Delivery

_MOST_HELD = 1000
"""So many wait for their time in memory; before more are read, these have to leave."""


@dataclass(frozen=True, slots=True)
class Task:
    """One delivery, how often this run has tried it, and when it may be tried again on the world's clock."""

    due: float
    delivery: Delivery
    tried: int = 0

    def __lt__(self, other: Task) -> bool:
        """Whoever is due first, and of those due at the same time the first of the plan."""
        return (self.due, self.delivery.id) < (other.due, other.delivery.id)

    def again(self, due: float) -> Task:
        """The same after one more try."""
        return replace(self, due=due, tried=self.tried + 1)


class Queue:
    """Hands each task to one connection at a time, when the meter lets it go."""

    def __init__(self, waiting: Iterator[Delivery], world: World, meter: Meter) -> None:
        self._unread = waiting
        self._fresh: deque[Task] = deque()
        self._later: list[Task] = []
        self._world = world
        self._meter = meter
        self._departures = meter.another()
        self._gate: int | None = None
        self._change = asyncio.Event()

    def close_after(self, count: int) -> None:
        """Read no more than so many until `open`."""
        self._gate = count

    def open(self) -> None:
        """Let all the others go."""
        self._gate = None
        self._change.set()

    async def next(self) -> Task | None:
        """The next task, waiting for its time if need be; None when no task is left that another does not have."""
        while (task := self._take()) is None:
            if not self._later and self._gate is None:
                return None
            await self._pause()
        now = self._world.clock()
        leaves_at = self._meter.reserve(task.delivery.domain, now)
        if leaves_at > now:
            await self._world.sleep(leaves_at - now)
        return task

    def departs_in(self, task: Task) -> float:
        """How many seconds it has to wait still, though its time has come; 0: it leaves, this very moment.

        Those whose connections took long to open would otherwise leave all at once.
        """
        now, domain = self._world.clock(), task.delivery.domain
        wait_s = self._departures.free_at(domain) - now
        if wait_s <= 0:
            self._departures.reserve(domain, now)
        return max(wait_s, 0)

    def put_back(self, task: Task) -> None:
        """Nothing was tried; it is the next one's."""
        self._fresh.appendleft(task)
        self._change.set()

    def retry(self, task: Task) -> None:
        """Try it again when it is due."""
        heapq.heappush(self._later, task)
        self._change.set()

    async def _pause(self) -> None:
        """Until the earliest is due, or until something has changed: a task was put back, or the gate has opened."""
        wait_s = self._later[0].due - self._world.clock() if self._later else None
        self._change.clear()
        waits: list[asyncio.Future[object]] = [asyncio.ensure_future(self._change.wait())]
        if wait_s is not None:
            waits.append(asyncio.ensure_future(self._world.sleep(wait_s)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _take(self) -> Task | None:
        """A task that is due and whose domain may be written to now."""
        now = self._world.clock()
        while (task := self._due(now)) is not None:
            free_at = self._meter.domain_free_at(task.delivery.domain)
            if free_at <= now:
                return task
            heapq.heappush(self._later, replace(task, due=free_at))
        return None

    def _due(self, now: float) -> Task | None:
        if self._later and self._later[0].due <= now:
            return heapq.heappop(self._later)
        if self._fresh:
            return self._fresh.popleft()
        if self._gate == 0 or len(self._later) >= _MOST_HELD:
            return None
        delivery = next(self._unread, None)
        if delivery is None:
            self._gate = None
            return None
        if self._gate is not None:
            self._gate -= 1
        return Task(0, delivery)
