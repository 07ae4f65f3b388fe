from __future__ import annotations

from dataclasses import replace

import pytest

from composer.delivery.pace import Pace
from composer.delivery.refusals import Deferrals, Refusals, RefusedAlikeError
from composer.errors import TryAgainError
from composer.ledger import Answer, State

UNKNOWN = Answer(1, State.FAILED, 550, "5.1.1 <ada@example.org> unknown", attempts=1)
BLOCKED = Answer(2, State.FAILED, 550, "5.7.1 blocked")


def test_a_refusal_is_held_until_another_answer_shows_that_it_was_about_the_recipient() -> None:
    refusals = Refusals(3)
    assert refusals.hold(UNKNOWN) == ()
    assert refusals.hold(replace(UNKNOWN, id=7, words="5.1.1 <ben@example.org> unknown")) == ()
    believed = refusals.hold(BLOCKED)
    assert [(one.id, one.state, one.attempts) for one in believed] == [(1, State.FAILED, 0), (7, State.FAILED, 0)]
    assert [one.id for one in refusals.believe()] == [2]
    assert refusals.believe() == ()


def test_too_many_alike_are_nobodys_failure() -> None:
    refusals = Refusals(2)
    refusals.hold(UNKNOWN)
    with pytest.raises(RefusedAlikeError, match="refused 2 recipients in a row alike"):
        refusals.hold(UNKNOWN)


def test_without_an_enhanced_status_the_code_alone_decides() -> None:
    refusals = Refusals(2)
    refusals.hold(replace(UNKNOWN, words="no such user ada"))
    with pytest.raises(RefusedAlikeError):
        refusals.hold(replace(UNKNOWN, words="no such user ben"))


def test_deferrals_count_only_in_a_row_and_alike() -> None:
    deferrals = Deferrals(2)
    busy, full = replace(UNKNOWN, code=450, words="4.2.1 Busy"), replace(UNKNOWN, code=452, words="4.2.2 Full")
    deferrals.note(busy)
    deferrals.note(full)
    deferrals.forget()
    deferrals.note(full)
    with pytest.raises(TryAgainError, match=r'put off 2 messages in a row alike \("452 4.2.2 Full"\)'):
        deferrals.note(full)


@pytest.mark.parametrize(("tried", "chance", "wait_s"), [(1, 0.5, 10), (2, 0.5, 30), (3, 0.0, 67.5), (9, 0.5, 1800)])
def test_waits_grow_spread_and_end(tried: int, chance: float, wait_s: float) -> None:
    assert Pace().wait_s(tried, chance) == wait_s
