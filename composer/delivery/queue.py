"""What is still to be handed over in this run: first the untried, then those whose wait is over."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composer.delivery.pace import World
    from composer.ledger import Delivery


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """One delivery, how often this run has tried it, and when it may be tried again on the world's clock."""

    due: float
    delivery: Delivery = field(compare=False)
    tried: int = field(default=0, compare=False)

    def again(self, due: float) -> Task:
        """The same after one more try."""
        return replace(self, due=due, tried=self.tried + 1)


class Queue:
    """Hands each task to one connection at a time."""

    def __init__(self, deliveries: Iterable[Delivery], world: World) -> None:
        self._fresh = deque(Task(0, delivery) for delivery in deliveries)
        self._later: list[Task] = []
        self._world = world

    async def next(self) -> Task | None:
        """The next task, waiting for the earliest if need be; None when no task is left that another does not have."""
        while not self._fresh and self._later:
            wait_s = self._later[0].due - self._world.clock()
            if wait_s <= 0:
                return heapq.heappop(self._later)
            await self._world.sleep(wait_s)
        return self._fresh.popleft() if self._fresh else None

    def put_back(self, task: Task) -> None:
        """Nothing was tried; it is the next one's."""
        self._fresh.appendleft(task)

    def retry(self, task: Task) -> None:
        """Try it again when it is due."""
        heapq.heappush(self._later, task)
