# ruff: noqa: RUF001 - editors type curly apostrophes and dashes
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.reading.words.stories import are_alike, is_slip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Annual report 2024", "Annual report 2025"),
        ("Part 1", "Part 2"),
        ("Part I", "Part II"),
        ("Part A of the plan", "Part B of the plan"),
        ("Before care", "After care"),
        ("Spring seminar", "Autumn seminar"),
        ("Adoption", "Adoption and fostering"),
        ("Consultation opens", "Consultation closes"),
        ("Phase one", "Phase two"),
        ("Children’s homes", "Children’s Commissioner"),
        ("Understanding autism", "Understanding attendance"),
        ("Inclusion in schools", "Exclusion in schools"),
        ("Support with housing", "Support without housing"),
        ("Network dates: North", "Network dates: South"),
        ("The", "A"),
    ],
)
def test_titles_of_two_stories(first: str, second: str) -> None:
    assert not are_alike(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Diversity in teaching", "Diversity in the Teaching"),
        ("Young carers: a guide", "A guide for young carers"),
        ("Kinship care: what helps", "Kinship care – what helps?"),
        ("Homelessnes checklist", "Homelessness checklist"),
    ],
)
def test_titles_of_one_story(first: str, second: str) -> None:
    assert are_alike(first, second)


@given(st.text(max_size=30), st.text(max_size=30))
def test_titles_are_alike_both_ways(first: str, second: str) -> None:
    assert are_alike(first, second) == are_alike(second, first)


def test_a_slip_is_one_letter_behind_the_first() -> None:
    assert is_slip("ellis", "elis", shortest=4)
    assert is_slip("robin", "robni", shortest=4)
    assert not is_slip("wright", "bright", shortest=4)
    assert not is_slip("kit", "kim", shortest=4)
    assert not is_slip("ellis", "evans", shortest=4)
