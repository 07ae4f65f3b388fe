"""The books of one run: every answer goes through here into the ledger, and then into the count."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.delivery.order import Progress
from composer.delivery.refusals import Deferrals, LostAnswers, Refusals
from composer.ledger import Answer, LedgerError, State

if TYPE_CHECKING:
    import asyncio

    from composer.delivery.order import Order
    from composer.delivery.scribe import Scribe
    from composer.ledger import Delivery


class Books:
    """Knows how many stand where, which messages are in flight, and which refusals are held back.

    What is settled here is written down in its order; whoever waits for the intent of a connection's next message
    (`begin`) knows that the answer to its last one is on the disk too.
    """

    def __init__(self, scribe: Scribe, order: Order, counts: Counter[State]) -> None:
        self._scribe = scribe
        self._order = order
        self._refusals = Refusals(order.pace.alike)
        self._deferrals = Deferrals(order.pace.deferred_alike)
        self._lost_answers = LostAnswers(order.connections)
        self._counts = Counter(counts)
        self._total = counts.total()
        self._in_flight: dict[int, Delivery] = {}
        self._held: dict[int, Delivery] = {}
        self._put_off: dict[int, Answer] = {}
        self._done = 0

    @property
    def counts(self) -> Counter[State]:
        """How many deliveries of the run stand where."""
        return +self._counts

    def begin(self, delivery: Delivery) -> asyncio.Future[None]:
        """Done when the intent is on the disk: now the body may leave."""
        self._in_flight[delivery.id] = delivery
        return self._scribe.begin(delivery.id)

    def forget(self, delivery: Delivery) -> None:
        """It was not ours to begin."""
        self._in_flight.pop(delivery.id, None)

    def put_back(self, delivery: Delivery) -> None:
        """Whether begun or not, nothing of it was handed over: it stands where it stood."""
        if delivery.id not in self._in_flight:
            return
        stood = Answer(delivery.id, delivery.state, delivery.code, delivery.words)
        self._settle(delivery, replace(self._put_off.get(delivery.id, stood), attempts=-1))

    def finish(self, delivery: Delivery, answer: Answer) -> None:
        """Record an answer that this run does not try to better."""
        self._settle(delivery, answer)
        if delivery.id not in self._held:
            self._put_off.pop(delivery.id, None)
        self._done += 1
        self.tell()

    def accept(self, delivery: Delivery, answer: Answer) -> None:
        """Record that the server took a message; so what it refused before was about the recipients."""
        self._deferrals.forget()
        self._lost_answers.forgive()
        self.finish(delivery, answer)
        self._believe(self._refusals.believe())

    def refuse(self, delivery: Delivery, answer: Answer) -> None:
        """Record a refusal as deferred until it can be believed; raises what `Refusals.hold` does."""
        self._deferrals.forget()
        self._held[delivery.id] = delivery
        self.finish(delivery, replace(answer, state=State.DEFERRED))
        self._believe(self._refusals.hold(answer))

    def doubt(self, delivery: Delivery, answer: Answer) -> None:
        """Record that nobody knows what became of a message; raises what `LostAnswers.note` does."""
        self.finish(delivery, answer)
        self._lost_answers.note(answer)

    def put_off(self, delivery: Delivery, answer: Answer) -> None:
        """Record that it will be tried again in this run."""
        self._settle(delivery, answer)

    def note_deferral(self, answer: Answer) -> None:
        """The server said "not now"; raises what `Deferrals.note` does."""
        self._deferrals.note(answer)

    def tell(self) -> None:
        """Say how far the run has come."""
        self._order.progress(Progress(self._done, self._total, self.counts))

    def cut_off(self) -> None:
        """Name whatever is still in flight as in doubt, now that no answer can come any more.

        Where even this cannot be written the ledger stays true: the row is still marked as sending, and in doubt when
        the next run begins.
        """
        for delivery in tuple(self._in_flight.values()):
            doubt = Answer(delivery.id, State.IN_DOUBT, words="cut off before the server's answer")
            self._settle(delivery, doubt)
        with suppress(LedgerError):
            self._scribe.flush()

    def close(self, *, is_over: bool) -> None:
        """Write everything; where the run is over, what is still held back was about the recipients."""
        if is_over:
            self._believe(self._refusals.believe())
        self._scribe.flush()

    def _believe(self, answers: tuple[Answer, ...]) -> None:
        for answer in answers:
            self._settle(self._held.pop(answer.id), answer)

    def _settle(self, delivery: Delivery, answer: Answer) -> None:
        self._scribe.settle(answer)
        self._in_flight.pop(answer.id, None)
        before = self._put_off.pop(answer.id, None)
        stood = before.state if before else delivery.state
        stands = answer.leaves(in_doubt=delivery.state is State.IN_DOUBT)
        self._counts[stood] -= 1
        self._counts[stands] += 1
        if stands is State.DEFERRED:
            self._put_off[answer.id] = answer
