from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from composer.maillog.session import Session
from composer.maillog.witness import unseated

SEATS = [Session(None) for _ in range(4)]
WISHES = st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from(SEATS), unique_by=id))


def arrangements(wishes: dict[str, list[Session]]) -> list[set[str]]:
    """Who stands, in every arrangement that leaves as few standing as can be."""
    orders = permutations([*SEATS, *[None] * len(wishes)], len(wishes))
    found = [{one for one, seat in zip(wishes, order, strict=True) if seat not in wishes[one]} for order in orders]
    fewest = min(map(len, found))
    return [standing for standing in found if len(standing) == fewest]


@given(WISHES)
def test_whoever_may_have_to_stand_is_named(wishes: dict[str, list[Session]]) -> None:
    assert unseated(wishes) == set().union(*arrangements(wishes))


def test_many_may_move_over_for_one() -> None:
    seats = [Session(None) for _ in range(3000)]
    wishes = {f"{number}": seats[number : number + 2] for number in range(2999)}
    assert unseated(wishes | {"last": seats[:1]}) == set()
    assert unseated(wishes | {"last": seats[:1], "one more": seats[:1]}) == {"last", "one more"}
