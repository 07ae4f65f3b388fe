"""One round: the connections of a run at work together, until nothing is left or something stops them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from composer.delivery.carrier import Carrier, Crew
from composer.delivery.order import Result
from composer.errors import TryAgainError
from composer.ledger import BEAT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composer.delivery.scribe import Scribe


async def go_round(crew: Crew, scribe: Scribe) -> Result:
    """Let the crew work; whatever ends it, messages in flight are ended and written down before it is said."""
    crew.books.tell()
    work = {asyncio.create_task(carrier.serve()): carrier for carrier in [Carrier(crew) for _ in range(crew.at_work)]}
    pulse = asyncio.create_task(keep_beating(scribe.beat))
    was_interrupted = await _watch(set(work), pulse)
    await _drain(crew, work)
    pulse.cancel()
    await asyncio.wait({pulse})
    crew.books.cut_off()
    _raise_worst([*work, pulse])
    crew.books.close(is_over=not was_interrupted)
    return Result(crew.books.counts, was_interrupted)


async def keep_beating(beat: Callable[[], None]) -> None:
    """Say again and again that the run is alive; ends only with what `beat` raises, or by being cancelled."""
    while True:
        await asyncio.sleep(BEAT_S)
        beat()


async def _watch(at_work: set[asyncio.Task[None]], pulse: asyncio.Task[None]) -> bool:
    """Wait until all have ended or one has failed; whether somebody stopped the run before that."""
    try:
        while at_work:
            ended, _ = await asyncio.wait({*at_work, pulse}, return_when=asyncio.FIRST_COMPLETED)
            at_work -= ended
            if any(task.exception() for task in ended):
                break
    except asyncio.CancelledError:
        this = asyncio.current_task()
        if this is not None:
            this.uncancel()
        return True
    return False


async def _drain(crew: Crew, work: dict[asyncio.Task[None], Carrier]) -> None:
    """Let messages in flight end, and nothing else; what takes too long is cut off."""
    crew.is_stopping = True
    for task, carrier in work.items():
        if carrier not in crew.handing_over:
            task.cancel()
    _, late = await asyncio.wait(work, timeout=crew.order.pace.drain_s)
    for task in late:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)


def _raise_worst(tasks: Iterable[asyncio.Task[None]]) -> None:
    """What forbids to go on comes before what only asks for patience."""
    errors = [error for task in tasks if not task.cancelled() and (error := task.exception())]
    if errors:
        raise min(errors, key=lambda error: isinstance(error, TryAgainError))
