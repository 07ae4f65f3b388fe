"""The run: hands over what the ledger has planned, through several connections, and can be stopped at any moment.

    with ledger.run(653, operator) as turn:
        turn.plan(prepare(…))
        result = asyncio.run(run(turn, order))

A row is durably `sending` before the body of its message leaves, its answer is durable before that connection's next
message. Cancelling the task, which is what Ctrl-C does under `asyncio.run`, begins nothing more, lets the messages in
flight end, and returns a result that says so. Nothing is printed here.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from composer.delivery.books import Books
from composer.delivery.canary import Canary, CanaryError
from composer.delivery.carrier import Crew, PausedError
from composer.delivery.doubts import settle_by_log
from composer.delivery.meter import Meter
from composer.delivery.order import Order, Progress, Result
from composer.delivery.pace import Limits, Pace, World
from composer.delivery.planning import Bindery, People, Printing, moment_of, prepare
from composer.delivery.queue import Queue
from composer.delivery.refusals import LostAnswersError, RefusedAlikeError
from composer.delivery.round import go_round, keep_beating
from composer.delivery.scribe import Scribe
from composer.message import Compiled

if TYPE_CHECKING:
    from composer.ledger import Run

__all__ = [
    "Bindery",
    "CanaryError",
    "Limits",
    "LostAnswersError",
    "Order",
    "Pace",
    "PausedError",
    "People",
    "Printing",
    "Progress",
    "RefusedAlikeError",
    "Result",
    "World",
    "keep_beating",
    "moment_of",
    "prepare",
    "run",
    "settle_by_log",
]


async def run(turn: Run, order: Order) -> Result:
    """Hand over everything that waits (in the order's segment), each at most once.

    Raises `TryAgainError` when the server cannot be reached or went away, `ComposerError` when it objects to us or the
    ledger cannot be written. In every case the messages in flight are ended first and the ledger is true.
    """
    awaited = turn.awaited(order.segment)
    if not awaited:
        return Result(Counter())
    planned = turn.planned()
    presses = {
        name: Compiled.load(content).press(order.tokens, moment=planned.moment, signer=order.signer)
        for name, content in turn.contents().items()
    }
    at_work = min(order.connections, awaited.total())
    queue = Queue(turn.waiting(order.segment), order.world, Meter(order.limits))
    turn.counts()  # raises where they do not add up
    canary = Canary.of(turn.standing(order.segment)) if order.has_canary else None
    if canary is not None:
        canary.guard(queue)
    with closing(Scribe(turn, sharing=max(1, at_work * 3 // 5))) as scribe:
        books = Books(scribe, order, awaited)
        crew = Crew(order, queue, books, presses, canary, at_work=at_work, began_at=order.world.clock())
        return await go_round(crew, scribe)
