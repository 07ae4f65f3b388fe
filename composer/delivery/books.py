"""The books of one run: every answer goes through here into the ledger, and then into the count."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.delivery.order import Progress
from composer.delivery.refusals import Deferrals, Refusals
from composer.ledger import Answer, LedgerError, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from composer.delivery.pace import Pace
    from composer.delivery.scribe import Scribe
    from composer.ledger import Delivery


class Books:
    """Knows where each delivery of the run stands, which are in flight, and which refusals are held back."""

    def __init__(
        self, scribe: Scribe, waiting: Sequence[Delivery], *, pace: Pace, progress: Callable[[Progress], None]
    ) -> None:
        self._scribe = scribe
        self._progress = progress
        self._refusals = Refusals(pace.alike)
        self._deferrals = Deferrals(pace.deferred_alike)
        self._stands = {one.id: one.state for one in waiting}
        self._doubtful = frozenset(one.id for one in waiting if one.state is State.IN_DOUBT)
        self._counts = Counter(self._stands.values())
        self._in_flight: set[int] = set()
        self._done = 0

    @property
    def counts(self) -> Counter[State]:
        """How many deliveries of the run stand where."""
        return +self._counts

    def is_in_flight(self, row: int) -> bool:
        """Whether its message was begun and has no answer yet."""
        return row in self._in_flight

    async def begin(self, row: int) -> None:
        """Returns when the intent is on the disk: now the body may leave."""
        await self._scribe.begin(row)
        self._in_flight.add(row)

    async def settle(self, *answers: Answer) -> None:
        """Returns when the answers are on the disk: now the connection may go on."""
        if answers:
            await self._scribe.settle(*answers)
        for answer in answers:
            self._in_flight.discard(answer.id)
            stands = answer.leaves(in_doubt=answer.id in self._doubtful)
            self._counts[self._stands[answer.id]] -= 1
            self._counts[stands] += 1
            self._stands[answer.id] = stands

    async def finish(self, answer: Answer) -> None:
        """Record an answer that this run does not try to better."""
        await self.settle(answer)
        self._done += 1
        self.tell()

    def tell(self) -> None:
        """Say how far the run has come."""
        self._progress(Progress(self._done, len(self._stands), self.counts))

    async def accept(self, answer: Answer) -> None:
        """Record that the server took a message; so what it refused before was about the recipients."""
        self._deferrals.forget()
        await self.finish(answer)
        await self.settle(*self._refusals.believe())

    async def refuse(self, answer: Answer) -> None:
        """Record a refusal as deferred until it can be believed; raises what `Refusals.hold` does."""
        self._deferrals.forget()
        await self.finish(replace(answer, state=State.DEFERRED))
        await self.settle(*self._refusals.hold(answer))

    def note_deferral(self, answer: Answer) -> None:
        """The server said "not now"; raises what `Deferrals.note` does."""
        self._deferrals.note(answer)

    async def cut_off(self) -> None:
        """Name whatever is still in flight as in doubt, now that no answer can come any more.

        Where even this cannot be written the ledger stays true: the row is still marked as sending, and in doubt when
        the next run begins.
        """
        doubtful = [Answer(row, State.IN_DOUBT, words="cut off before the server's answer") for row in self._in_flight]
        with suppress(LedgerError):
            await self.settle(*doubtful)

    async def close(self) -> None:
        """The run has ended well, so what is still held back was about the recipients."""
        await self.settle(*self._refusals.believe())
