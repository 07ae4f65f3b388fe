from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.edition import Edition, variant_namer, variants
from tests.edition.making import edition, issue, item, keys, publication, tool

if TYPE_CHECKING:
    from composer.issue import Item, ToolLine

SEGMENTS = ("a", "b", "c", "d")
AUDIENCES = st.none() | st.sets(st.sampled_from(SEGMENTS), min_size=1).map(sorted)
EVERY_MEMBERSHIP = [frozenset(some) for size in range(5) for some in combinations(SEGMENTS, size)]


def restricted(*audiences: list[str] | None) -> Edition:
    return edition(issue(1, *[item(f"Item {at}", audience=audience) for at, audience in enumerate(audiences)]))


def names(result: Edition, *memberships: set[str]) -> list[str]:
    return [variant.name for variant in variants(result, map(frozenset, memberships))]


def test_without_restrictions_there_is_one_variant_for_everyone() -> None:
    assert names(restricted(None), {"a"}, {"b"}) == ["everyone"]


def test_everyone_comes_first_even_when_nobody_is_in_no_segment() -> None:
    assert names(restricted(["a"]), {"a"}) == ["everyone", "a"]


def test_only_segments_that_make_a_difference_count() -> None:
    assert names(restricted(["a"], ["b"]), {"a", "x"}, {"b", "y"}, {"x"}, {"b", "a"}) == ["everyone", "a", "a+b", "b"]


def test_segments_that_open_the_same_share_a_variant() -> None:
    assert names(restricted(["a", "b"]), {"a"}, {"b"}, {"a", "b"}) == ["everyone", "a+b"]


def test_a_segment_that_adds_nothing_to_another_is_not_named() -> None:
    assert names(restricted(["a", "b"], ["a"]), {"a"}, {"b"}, {"a", "b"}) == ["everyone", "a", "b"]


@pytest.mark.parametrize("segment", ["everyone", "con", "nul", "com1", "lpt9"])
def test_a_segment_cannot_take_a_name_that_is_taken(segment: str) -> None:
    assert names(restricted([segment]), {segment}) == ["everyone", f"+{segment}"]


def test_many_long_segments_give_a_name_that_a_file_system_takes() -> None:
    audience = [f"a-rather-long-segment-{at}" for at in range(12)]
    longest = names(restricted(audience, [*audience, "b"]), {"b"}, set(audience))[1:]
    assert len(set(longest)) == len(longest)
    assert all(len(name) < 100 for name in longest)


def test_what_is_restricted_is_seen_by_its_audience_alone() -> None:
    url = "https://www.example.org/secret"
    week = issue(1, item("Secret", audience=["a"], publication=publication(url), remind=1))
    result = edition(week, issue(2, item("Open"), item("Second secret", audience=["a", "b"]), tools=[tool(url + "2")]))
    everyone, for_a, for_b = (v.edition for v in variants(result, [frozenset("a"), frozenset("b")]))
    assert [len(seen.updates) for seen in (everyone, for_a, for_b)] == [1, 2, 2]
    assert [len(seen.reminders) for seen in (everyone, for_a, for_b)] == [0, 1, 0]
    assert [len(seen.reading) for seen in (everyone, for_a, for_b)] == [1, 2, 1]


def said(seen: Edition) -> tuple[object, ...]:
    return (*keys(seen.updates), None, *keys(seen.reminders), None, *(line.url for line in seen.reading))


def may_not_see(member: frozenset[str], each: Item | ToolLine) -> bool:
    return each.audience is not None and member.isdisjoint(each.audience)


@settings(deadline=None)  # two cores are shared by many
@given(st.lists(AUDIENCES, max_size=6), st.lists(AUDIENCES, max_size=4), st.lists(AUDIENCES, max_size=4))
def test_laws_of_variants(
    news: list[list[str] | None], carried: list[list[str] | None], lines: list[list[str] | None]
) -> None:
    """People are in the same variant exactly when they see the same; and nothing restricted is in another's."""
    before = issue(1, *[item(f"Carried {at}", audience=audience, remind=1) for at, audience in enumerate(carried)])
    tools = [tool(f"https://www.example.org/{at}", audience=audience) for at, audience in enumerate(lines)]
    this = issue(2, *[item(f"News {at}", audience=audience) for at, audience in enumerate(news)], tools=tools)
    result = edition(before, this)
    name_of = variant_namer(result)
    by_name = {variant.name: variant for variant in variants(result, EVERY_MEMBERSHIP)}
    seen = {member: result.seen_by(member) for member in EVERY_MEMBERSHIP}
    assert len({name.casefold() for name in by_name}) == len(by_name) == len({said(own) for own in seen.values()})
    for member, own in seen.items():
        assert by_name[name_of(member)].edition == own
        items = (entry.item for entry in chain(result.updates, result.reminders))
        printed: list[Item | ToolLine] = [*items, *result.reading]
        hidden = [each.title for each in printed if may_not_see(member, each)]
        assert not [title for title in hidden if f"{title!r}" in repr(own) or f"{title}," in own.subject]


def test_names_do_not_depend_on_who_is_on_the_list() -> None:
    result = restricted(["a", "b"], ["b", "c"])
    full = {variant.name for variant in variants(result, EVERY_MEMBERSHIP)}
    assert all(set(names(result, set(member))) <= full for member in EVERY_MEMBERSHIP)
