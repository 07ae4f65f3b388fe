"""What HTML and text do not both say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.reading.html.twins import Difference, difference

SAME = Difference((), ())
SENTENCE = "The guide weighs the evidence and says plainly where there is none."


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ([SENTENCE], "The guide weighs the evidence\nand says *plainly* where\nthere is none."),
        ([SENTENCE, "Contact Robin Tate"], f"CONTACT ROBIN TATE\n==================\n\n> {SENTENCE}"),
        (
            ["More in the library of templates."],
            "More in the library of templates\n<https://www.example.org/templates>.",
        ),
        (["Write to robin.tate@example.org today"], "Write to <robin.tate@example.org> today"),
        (["Ring Robin Tate before noon"], "Ring Robin Tate <07700\n900113> before noon"),
        (["Write it down", "Look again later"], "  1. Write it down\n  2. Look again later"),
        (
            ["Online, 10am to noon. Register for it"],
            "When: 10am to noon\nWhere: Online\nRegister: https://www.example.org/",
        ),
        (["Programme Manager, Coast Programme"], "Robin Tate, Coast Programme\n  Programme Manager"),
        (["for parents, in română, العربية and 日本語"], "For parents, in română, العربية\nand 日本語"),
        (["It is unbelievable how 53 teams"], "It is un*believ*able how 5*3* teams"),
        (["Two words"], ""),
    ],
)
def test_what_both_say_in_their_own_way_is_the_same(blocks: list[str], text: str) -> None:
    assert difference(blocks, text) == SAME


def test_a_block_that_the_text_lacks() -> None:
    assert difference(["Updates", SENTENCE, "Ask Robin Tate"], "Updates\n\nAsk Robin Tate") == Difference((1,), ())


def test_what_is_printed_twice_stands_there_twice() -> None:
    assert difference([SENTENCE, SENTENCE], f"{SENTENCE}\n\n{SENTENCE}") == SAME
    assert difference([SENTENCE, SENTENCE], SENTENCE).blocks == (1,)


def test_a_short_heading_is_not_found_inside_a_sentence() -> None:
    blocks = ["the evidence and", SENTENCE]
    assert difference(blocks, SENTENCE).blocks == (0,)
    assert difference(blocks, f"the evidence and\n\n{SENTENCE}") == SAME


def test_what_only_the_text_says() -> None:
    found = difference(["Updates"], f"Updates\n\n{SENTENCE}")
    assert found.runs == ("the guide weighs the evidence and says plainly where there is none",)


@given(st.lists(st.text(alphabet="ab <>@1.\n", max_size=30), max_size=8))
def test_blocks_one_below_the_other_say_the_same(blocks: list[str]) -> None:
    assert difference([" ".join(block.split()) for block in blocks], "\n\n".join(blocks)).runs == ()


@given(st.lists(st.lists(st.sampled_from(["guide", "plan", "date", "team"]), min_size=1, max_size=6), max_size=8))
def test_nothing_is_lacking_where_all_stands(blocks: list[list[str]]) -> None:
    lines = [" ".join(block) for block in blocks]
    assert difference(lines, "\n".join(reversed(lines))) == SAME
