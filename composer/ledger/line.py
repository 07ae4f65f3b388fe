"""The line of those who may be sent their message, read page by page: a million of them need no memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from composer.ledger.database import in_words
from composer.ledger.states import State
from composer.ledger.tables import as_delivery, deliveries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import ColumnElement, Engine

    from composer.ledger.states import Delivery

_PAGE = 200


class Line:
    """First the untried, then those put off in an earlier run, then those whose message is sent again.

    Whoever is put off in this run is not met again: the run itself knows when their turn comes.
    """

    def __init__(self, engine: Engine, number: int, run: str, *, again: Callable[[], list[int]]) -> None:
        self._engine = engine
        self._number = number
        self._run = run
        self._again = again

    def __iter__(self) -> Iterator[Delivery]:
        """Everybody in their order."""
        put_off_before = (deliveries.c.state == State.DEFERRED) & deliveries.c.run.is_distinct_from(self._run)
        yield from self._read(deliveries.c.state == State.PLANNED)
        yield from self._read(put_off_before)
        yield from self.doubtful()

    def doubtful(self) -> Iterator[Delivery]:
        """Those whose message is sent again."""
        rows = sorted(self._again())
        for first in range(0, len(rows), _PAGE):
            some = deliveries.c.id.in_(rows[first : first + _PAGE])
            yield from self._page((deliveries.c.state == State.IN_DOUBT) & some, after=0)

    def _read(self, which: ColumnElement[bool]) -> Iterator[Delivery]:
        last = 0
        while page := self._page(which, last):
            yield from page
            last = page[-1].id

    def _page(self, which: ColumnElement[bool], after: int) -> list[Delivery]:
        query = select(deliveries).where(deliveries.c.number == self._number, deliveries.c.id > after, which)
        with in_words(self._engine), self._engine.connect() as connection:
            return [as_delivery(row) for row in connection.execute(query.order_by(deliveries.c.id).limit(_PAGE))]
