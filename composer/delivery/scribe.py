"""Writes into the ledger for all connections: whatever arrives during one commit shares the next."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from composer.ledger import Answer, NotOpenError

if TYPE_CHECKING:
    from composer.ledger import Run


@dataclass(frozen=True, slots=True)
class _Entry:
    what: int | Answer
    """The row to begin, or the answer to record."""
    written: asyncio.Future[bool]


class Scribe:
    """Keeps the event loop free while the disk works; `begin` and `settle` return when their line is on it.

    A commit takes milliseconds on a real disk. Written one by one they would be the speed of the run; shared by all
    connections they are not. A line that cannot be written raises `LedgerError` for everybody whose line it shared.
    """

    def __init__(self, turn: Run) -> None:
        self._turn = turn
        self._pen = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._entries: list[_Entry] = []
        self._writing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._writing is not None:
            await self._writing
        self._pen.shutdown()

    async def begin(self, row: int) -> None:
        """Write down that a message is about to be handed over; `NotOpenError` when it may not be."""
        if not await self._write(row):
            raise NotOpenError(row, self._turn.number)

    async def settle(self, *answers: Answer) -> None:
        """Write down what became of messages."""
        await asyncio.gather(*map(self._write, answers))

    async def beat(self) -> None:
        """Say that the run is alive."""
        await asyncio.get_running_loop().run_in_executor(self._pen, self._turn.beat)

    def _write(self, what: int | Answer) -> asyncio.Future[bool]:
        entry = _Entry(what, asyncio.get_running_loop().create_future())
        self._entries.append(entry)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return entry.written

    async def _write_all(self) -> None:
        while self._entries:
            entries, self._entries = self._entries, []
            begins = [entry.what for entry in entries if isinstance(entry.what, int)]
            answers = [entry.what for entry in entries if isinstance(entry.what, Answer)]
            try:
                begun = await asyncio.get_running_loop().run_in_executor(self._pen, self._turn.write, begins, answers)
            except Exception as error:  # noqa: BLE001 - everybody who waits for this line raises it
                _tell(entries, error)
            else:
                for entry in entries:
                    if not entry.written.done():
                        entry.written.set_result(entry.what in begun or isinstance(entry.what, Answer))


def _tell(entries: list[_Entry], error: Exception) -> None:
    for entry in entries:
        if not entry.written.done():
            entry.written.set_exception(error)
