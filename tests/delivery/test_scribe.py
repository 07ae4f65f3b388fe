from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from composer.delivery.scribe import Scribe
from composer.ledger import Answer, LedgerError, NotOpenError, Run, State
from tests.delivery.conftest import ROBIN, Office

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """How many intents and answers every commit held."""
    commits: list[tuple[int, int]] = []
    write = Run.write

    def count(self: Run, begins: Sequence[int], answers: Sequence[Answer]) -> frozenset[int]:
        commits.append((len(begins), len(answers)))
        return write(self, begins, answers)

    monkeypatch.setattr(Run, "write", count)
    return commits


def test_what_several_connections_have_to_write_shares_a_commit(office: Office, written: list[tuple[int, int]]) -> None:
    office.plan(20)

    async def scene() -> None:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            rows = [one.id for one in turn.waiting()]
            with closing(Scribe(turn, sharing=10)) as scribe:
                await asyncio.gather(*map(scribe.begin, rows[:10]))
                scribe.settle(*(Answer(row, State.SENT) for row in rows[:10]))
                await asyncio.gather(*map(scribe.begin, rows[10:]))
                scribe.settle(*(Answer(row, State.SENT) for row in rows[10:]))
                scribe.flush()

    asyncio.run(scene())
    assert written == [(10, 0), (10, 10), (0, 10)]
    assert office.states() == {State.SENT: 20}


def test_nobody_waits_for_others_for_long(office: Office, written: list[tuple[int, int]]) -> None:
    office.plan(1)

    async def scene() -> None:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            (row,) = (one.id for one in turn.waiting())
            with closing(Scribe(turn, sharing=10)) as scribe:
                async with asyncio.timeout(5):
                    await scribe.begin(row)
                scribe.settle(Answer(row, State.SENT))
                while len(written) < 2:  # noqa: ASYNC110 - it sets no event
                    await asyncio.sleep(0.001)

    asyncio.run(scene())
    assert office.states() == {State.SENT: 1}


def test_only_the_line_that_may_not_be_written_is_refused(office: Office) -> None:
    office.plan(2)

    async def scene() -> list[BaseException | None]:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
            first, second = (one.id for one in turn.waiting())
            turn.begin(first)
            with closing(Scribe(turn, sharing=2)) as scribe:
                return list(await asyncio.gather(scribe.begin(first), scribe.begin(second), return_exceptions=True))

    refused, begun = asyncio.run(scene())
    assert isinstance(refused, NotOpenError)
    assert begun is None


def test_whatever_goes_wrong_reaches_everybody_who_waits_and_whoever_comes_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.plan(2)

    def break_down(*_: object) -> None:
        raise LedgerError("the disk is full")

    monkeypatch.setattr(Run, "write", break_down)

    async def scene() -> list[BaseException | None]:
        with office.ledger() as ledger, ledger.run(653, ROBIN) as turn, closing(Scribe(turn, sharing=2)) as scribe:
            first = await asyncio.gather(scribe.begin(1), scribe.begin(2), return_exceptions=True)
            monkeypatch.undo()
            scribe.settle(Answer(1, State.SENT))
            with pytest.raises(LedgerError):
                scribe.flush()
            return [*first, *await asyncio.gather(scribe.begin(3), return_exceptions=True)]

    assert [str(error) for error in asyncio.run(scene())] == ["the disk is full"] * 3
