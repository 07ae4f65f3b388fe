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
from typing import TYPE_CHECKING

from composer.delivery.books import Books
from composer.delivery.carrier import Crew, PausedError
from composer.delivery.order import Order, Progress, Result
from composer.delivery.pace import Pace, World
from composer.delivery.planning import Printing, moment_of, prepare
from composer.delivery.queue import Queue
from composer.delivery.refusals import RefusedAlikeError
from composer.delivery.round import go_round
from composer.delivery.scribe import Scribe
from composer.message import Compiled

if TYPE_CHECKING:
    from composer.ledger import Run

__all__ = [
    "Order",
    "Pace",
    "PausedError",
    "Printing",
    "Progress",
    "RefusedAlikeError",
    "Result",
    "World",
    "moment_of",
    "prepare",
    "run",
]


async def run(turn: Run, order: Order) -> Result:
    """Hand over everything that waits (in the order's segment), each at most once.

    Raises `TryAgainError` when the server cannot be reached or went away, `ComposerError` when it objects to us or the
    ledger cannot be written. In every case the messages in flight are ended first and the ledger is true.
    """
    waiting = turn.waiting(order.segment)
    if not waiting:
        return Result(Counter())
    compiled = {name: Compiled.load(content) for name, content in turn.contents().items()}
    async with Scribe(turn) as scribe:
        books = Books(scribe, waiting, pace=order.pace, progress=order.progress)
        crew = Crew(order, Queue(waiting, order.world), books, compiled, at_work=min(order.connections, len(waiting)))
        return await go_round(crew, scribe)
