"""Writes into the ledger for all connections: what several have to write shares one commit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from composer.ledger import NotOpenError

if TYPE_CHECKING:
    from composer.ledger import Answer, Run

_LINGER_S = 0.001
"""So long the first line waits for others to share its commit."""


class Scribe:
    """Collects intents and answers, and writes them many with one commit: the answers so far, then the intents.

    A commit takes milliseconds on a real disk. Written one by one they would be the speed of the run; shared by all
    connections they are not. Whoever waits for a line to be written knows that all earlier ones are on the disk too.
    What cannot be written raises `LedgerError` for everybody who waits and whoever comes later: nothing can be handed
    over any more. The event loop waits for the disk, because nothing could go on meanwhile: a thread costs more than
    it gives.
    """

    def __init__(self, turn: Run, *, sharing: int) -> None:
        """`sharing` intents are worth a commit at once; fewer wait a moment for others."""
        self._turn = turn
        self._sharing = sharing
        self._loop = asyncio.get_running_loop()
        self._begins: dict[int, asyncio.Future[None]] = {}
        self._answers: list[Answer] = []
        self._timer: asyncio.TimerHandle | None = None
        self._failure: Exception | None = None

    def begin(self, row: int) -> asyncio.Future[None]:
        """Write down that a message is about to be handed over; `NotOpenError` when it may not be."""
        written = self._begins[row] = self._loop.create_future()
        if len(self._begins) >= self._sharing or self._failure is not None:
            self._write()
        else:
            self._write_soon()
        return written

    def settle(self, *answers: Answer) -> None:
        """Write down what became of messages, before whatever is written later."""
        self._answers += answers
        self._write_soon()

    def flush(self) -> None:
        """Write everything; raise why that cannot be."""
        self._write()
        if self._failure is not None:
            raise self._failure

    def beat(self) -> None:
        """Say that the run is alive."""
        self._turn.beat()

    def close(self) -> None:
        """Nothing more will be written."""
        if self._timer is not None:
            self._timer.cancel()

    def _write_soon(self) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(_LINGER_S, self._write)

    def _write(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        begins, self._begins = self._begins, {}
        answers, self._answers = self._answers, []
        begun: frozenset[int] = frozenset()
        if self._failure is None and (begins or answers):
            try:
                begun = self._turn.write(list(begins), answers)
            except Exception as error:  # noqa: BLE001 - everybody who waits for this line raises it
                self._failure = error
        for row, written in begins.items():
            _tell(written, None if row in begun else self._failure or NotOpenError(row, self._turn.number))


def _tell(written: asyncio.Future[None], error: Exception | None) -> None:
    if written.done():
        return
    if error is None:
        written.set_result(None)
    else:
        written.set_exception(error)
        written.exception()  # whoever waited may be gone
