from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from composer.delivery.scribe import Scribe
from composer.ledger import Answer, NotOpenError, Run, State
from tests.delivery.conftest import ROBIN, Office

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


def test_what_arrives_during_one_commit_shares_the_next(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.plan(20)
    written: list[int] = []
    write = Run.write

    def count(self: Run, begins: Sequence[int], answers: Sequence[Answer]) -> frozenset[int]:
        written.append(len(begins) + len(answers))
        return write(self, begins, answers)

    monkeypatch.setattr(Run, "write", count)

    async def scene() -> None:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            rows = [one.id for one in turn.waiting()]
            async with Scribe(turn) as scribe:
                await asyncio.gather(*map(scribe.begin, rows))
                await scribe.settle(*(Answer(row, State.SENT) for row in rows))

    asyncio.run(scene())
    assert written == [20, 20]
    assert office.states() == {State.SENT: 20}


def test_only_the_line_that_may_not_be_written_is_refused(office: Office) -> None:
    office.plan(2)

    async def scene() -> tuple[BaseException | None, BaseException | None]:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            first, second = (one.id for one in turn.waiting())
            turn.begin(first)
            async with Scribe(turn) as scribe:
                return await asyncio.gather(scribe.begin(first), scribe.begin(second), return_exceptions=True)

    refused, begun = asyncio.run(scene())
    assert isinstance(refused, NotOpenError)
    assert begun is None


def test_whatever_goes_wrong_reaches_everybody_who_waits(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.plan(2)

    def break_down(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Run, "write", break_down)

    async def scene() -> tuple[BaseException | None, BaseException | None]:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            async with Scribe(turn) as scribe:
                return await asyncio.gather(scribe.begin(1), scribe.begin(2), return_exceptions=True)

    assert [str(error) for error in asyncio.run(scene())] == ["a bug", "a bug"]
