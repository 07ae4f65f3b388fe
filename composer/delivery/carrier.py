"""One connection's share of a run: takes a task, hands it over, records the answer, takes the next."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from composer.courier import Kind, Stage
from composer.errors import ComposerError, TryAgainError
from composer.ledger import Answer, NotOpenError, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.courier import Courier, Outcome
    from composer.delivery.books import Books
    from composer.delivery.canary import Canary
    from composer.delivery.order import Order
    from composer.delivery.queue import Queue, Task
    from composer.ledger import Delivery
    from composer.message import Message, Press

_STATES = {
    Kind.ACCEPTED: State.SENT,
    Kind.DEFERRED: State.DEFERRED,
    Kind.REJECTED: State.FAILED,
    Kind.IN_DOUBT: State.IN_DOUBT,
}
_SETTLED = frozenset({Kind.ACCEPTED, Kind.REJECTED})


class PausedError(ComposerError):
    """The server objects to us, whoever the message is for: nobody's failure."""


class _LeavingError(Exception):
    """This connection is given up."""


@dataclass(eq=False)
class Crew:
    """What the connections of a run share and know of each other."""

    order: Order
    queue: Queue
    books: Books
    presses: Mapping[str, Press]
    canary: Canary | None
    at_work: int
    """How many connections have not ended."""
    began_at: float
    """On the world's clock."""
    was_reached: bool = False
    """Whether any of them was ever open."""
    is_stopping: bool = False
    """Nothing new is begun."""
    handing_over: set[Carrier] = field(default_factory=set)
    """Those that must not be disturbed."""

    async def wait(self, tried: int) -> None:
        """Wait before the next try."""
        world = self.order.world
        await world.sleep(self.order.pace.wait_s(tried, world.chance()))

    def tries_again(self, task: Task) -> bool:
        """Whether a message that was put off is tried again in this run."""
        pace = self.order.pace
        return task.tried + 1 < pace.tries or self.order.world.clock() - self.began_at < pace.patience_s

    def note(self, delivery: Delivery, *, failed: bool) -> None:
        """A message has its first answer; raises what `Canary.note` does."""
        if self.canary is not None:
            self.canary.note(self.queue, delivery.id, failed=failed)

    def is_too_late(self) -> bool:
        """Whether a message that is put off now has missed its time."""
        return self.order.deadline is not None and self.order.world.now() > self.order.deadline


class Carrier:
    """One connection, used for one message after the other and opened anew when it is lost.

    A connection that cannot be kept is given up while others are at work; the last one ends the run instead.
    """

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._courier: Courier = crew.order.courier()
        self._losses = 0
        self._carried = 0
        self._trouble = TryAgainError("the mail server cannot be reached; run the same command again later")

    async def serve(self) -> None:
        """Work until the queue is empty or the run is stopped."""
        try:
            while (task := await self._next()) is not None:
                await self._connect(task)
                while (wait_s := self._crew.queue.departs_in(task)) > 0:
                    await self._crew.order.world.sleep(wait_s)
                    await self._connect(task)
                await self._deliver(task)
        except _LeavingError:
            pass
        finally:
            self._crew.at_work -= 1
            await self._hang_up()

    async def _next(self) -> Task | None:
        return None if self._crew.is_stopping else await self._crew.queue.next()

    async def _connect(self, task: Task) -> None:
        """Open the connection if need be, each time more slowly; a server never reached in this run is asked once."""
        if self._carried == self._crew.order.limits.messages_per_connection:
            await self._hang_up()
        while not self._courier.is_open:
            if self._losses >= (self._crew.order.pace.tries if self._crew.was_reached else 1):
                self._crew.queue.put_back(task)
                raise self._trouble if self._crew.at_work == 1 else _LeavingError
            if self._losses > 1:
                await self._crew.wait(self._losses - 1)
            try:
                await self._courier.open()
                self._carried = 0
            except TryAgainError as error:
                self._losses += 1
                self._trouble = error
        self._crew.was_reached = True

    async def _deliver(self, task: Task) -> None:
        """Hand one message over and record what became of it."""
        delivery = task.delivery
        if self._crew.is_stopping:
            self._crew.queue.put_back(task)
            return
        if self._crew.order.has_opted_out(delivery.key):
            answer = Answer(delivery.id, State.SUPPRESSED, words="opted out before it was their turn")
            self._crew.books.finish(delivery, answer)
            self._crew.note(delivery, failed=False)
            return
        message = self._message(delivery)
        self._crew.handing_over.add(self)
        try:
            outcome = await self._hand_over(delivery, message)
            self._carried += 1
            self._count_loss(outcome)
            self._react(task, outcome)
        finally:
            self._crew.handing_over.discard(self)

    def _count_loss(self, outcome: Outcome) -> None:
        """A server that hangs up after each message is slow, and no trouble."""
        is_lost = outcome.connection_lost and outcome.kind not in _SETTLED
        self._losses = self._losses + 1 if is_lost else 0
        if is_lost:
            self._trouble = _closed(outcome)

    async def _hand_over(self, delivery: Delivery, message: Message) -> Outcome:
        """Where the courier is stopped before the dot, nothing has happened."""
        books = self._crew.books
        try:
            return await self._courier.deliver(message, partial(books.begin, delivery))
        except NotOpenError:
            books.forget(delivery)
            raise
        except BaseException:
            if self._courier.stage is not Stage.DOT:
                books.put_back(delivery)
            raise

    def _message(self, delivery: Delivery) -> Message:
        message = self._crew.presses[delivery.variant].fill(delivery.address, delivery.fields)
        if message.message_id != delivery.message_id:
            raise ComposerError(
                f"issue {delivery.number} was planned with another signing key, so its messages cannot be made the "
                "same again; restore state/key (or COMPOSER_KEY) as it was"
            )
        return message

    def _react(self, task: Task, outcome: Outcome) -> None:
        """The answer goes into the ledger first; then what it means for this message and for the run."""
        delivery, books = task.delivery, self._crew.books
        answer = Answer(delivery.id, _STATES[outcome.kind], outcome.code, outcome.reply)
        match outcome.kind:
            case Kind.ACCEPTED:
                books.accept(delivery, answer)
            case Kind.REJECTED:
                books.refuse(delivery, answer)
            case Kind.IN_DOUBT:
                books.doubt(delivery, answer)
            case Kind.DEFERRED if outcome.pauses_run:
                books.finish(delivery, answer)
                raise _paused(outcome)
            case _:
                self._defer(task, answer, outcome)
        if outcome.code is not None or outcome.kind is Kind.IN_DOUBT:
            self._crew.note(delivery, failed=outcome.kind is Kind.REJECTED)

    def _defer(self, task: Task, answer: Answer, outcome: Outcome) -> None:
        """Again in a while, at once where only the connection was lost, or with the next run."""
        books, pace, world = self._crew.books, self._crew.order.pace, self._crew.order.world
        again = self._crew.tries_again(task)
        if outcome.is_about_connection and outcome.stage is not Stage.DOT:
            books.put_back(task.delivery)
        elif again:
            books.put_off(task.delivery, answer)
        else:
            books.finish(task.delivery, self._given_up(answer) if self._has_failed(task) else answer)
        if again:
            wait_s = 0 if outcome.is_about_connection else pace.wait_s(task.tried + 1, world.chance())
            self._crew.queue.retry(task.again(world.clock() + wait_s))
        else:
            self._crew.note(task.delivery, failed=False)
        if not outcome.is_about_connection:
            books.note_deferral(answer)

    def _has_failed(self, task: Task) -> bool:
        """Whether it is too late for a message that was put off; what may have arrived before has not failed."""
        return self._crew.is_too_late() and task.delivery.state is not State.IN_DOUBT

    def _given_up(self, answer: Answer) -> Answer:
        return replace(answer, state=State.FAILED, words=f"put off until it was too late: {answer.words}")

    async def _hang_up(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._crew.order.pace.drain_s):
                await self._courier.close()


def _closed(outcome: Outcome) -> TryAgainError:
    said = f"{outcome.code} {outcome.reply}" if outcome.code else outcome.reply
    return TryAgainError(f'the mail server closes every connection ("{said}"); run the same command again later')


def _paused(outcome: Outcome) -> PausedError:
    return PausedError(
        f'the mail server takes nothing from us ("{outcome.code} {outcome.reply}"), whoever it is for: nobody was '
        "marked as failed for it. Ask whoever runs the mail server, then run the same command again"
    )
