from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from composer.maillog.session import Session
from composer.maillog.witness import Attempt, unseated

SEATS = [Session(None) for _ in range(4)]
NOW = datetime(2025, 3, 14, 16, 2, 11, tzinfo=UTC)
WISHES = st.dictionaries(
    st.sampled_from([(name, NOW) for name in "abcde"]), st.lists(st.sampled_from(SEATS), unique_by=id)
)


def arrangements(wishes: dict[Attempt, list[Session]]) -> list[set[Attempt]]:
    """Who stands, in every arrangement that leaves as few standing as can be."""
    orders = permutations([*SEATS, *[None] * len(wishes)], len(wishes))
    found = [{one for one, seat in zip(wishes, order, strict=True) if seat not in wishes[one]} for order in orders]
    fewest = min(map(len, found))
    return [standing for standing in found if len(standing) == fewest]


@given(WISHES)
def test_whoever_may_have_to_stand_is_named(wishes: dict[Attempt, list[Session]]) -> None:
    assert unseated(wishes) == set().union(*arrangements(wishes))


def test_many_may_move_over_for_one() -> None:
    seats = [Session(None) for _ in range(3000)]
    wishes = {(f"{number}", NOW): seats[number : number + 2] for number in range(2999)}
    last, one_more = ("last", NOW), ("one more", NOW)
    assert unseated(wishes | {last: seats[:1]}) == set()
    assert unseated(wishes | {last: seats[:1], one_more: seats[:1]}) == {last, one_more}
