"""A clock that jumps to the next thing somebody waits for, once nobody has anything else to do."""

from __future__ import annotations

import asyncio
import heapq
from typing import TYPE_CHECKING, TypeVar

from composer.delivery import World

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

_TURNS = 20
"""So many turns of the loop, and whoever is awake has said what to wait for."""


class JumpingClock:
    """Several wait at the same time, and none of them really: `clock.run(scene())`."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    @property
    def world(self) -> World:
        """What a queue takes from it."""
        return World(clock=lambda: self.now, sleep=self.sleep, chance=lambda: 0.5)

    async def sleep(self, seconds: float) -> None:
        """Until then."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._waiting, (self.now + seconds, self._count, future))
        await future

    def run(self, scene: Coroutine[object, object, T]) -> T:
        """Run it to its end; `TimeoutError` when all of it waits for nothing that will ever come."""
        return asyncio.run(self._within(scene))

    async def _within(self, scene: Coroutine[object, object, T]) -> T:
        task = asyncio.ensure_future(scene)
        try:
            while not task.done():
                await _quiet(task.done)
                if not task.done() and not self._jump():
                    raise TimeoutError("everybody waits, and nobody for the clock")
            return task.result()
        finally:
            task.cancel()

    def _jump(self) -> bool:
        while self._waiting:
            due, _, future = heapq.heappop(self._waiting)
            if not future.done():
                self.now = max(self.now, due)
                future.set_result(None)
                return True
        return False


async def _quiet(is_over: Callable[[], bool]) -> None:
    for _ in range(_TURNS):
        if is_over():
            return
        await asyncio.sleep(0)


def most_in_a_minute(moments: list[float]) -> int:
    """How many at most in any 60 seconds, less what sums of fractions are out by."""
    ordered = sorted(moments)
    return max((sum(start <= one < start + 60 - 1e-6 for one in ordered) for start in ordered), default=0)
