"""Words that stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.doubled_word import check, doubled
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """
They had had that that very very long long time, so so many many hopes; bye bye, no no.
Bora Bora, Duran Duran, Baden Baden and New York New York are names; the The Hague office.
What it is is plain, and who he was was clear; log in in person, move on on Friday.
10 10, 2024 2024, the IT it needs, A a, x x
one-to-one one, and/or or, the-the, part by part, again and again
The plan. The aim, the the-rest; “the” the.
"""
WRONG = {
    "the most of the the report": "the",
    "The the report": "the",
    "is in in the annex": "in",
    "we did a a review": "a",
    "when I I asked": "I",
    "we will will do": "will",
    "to\nto the": "to",
    "he is is here": "is",
    "for children and and families": "and",
}


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_right_words_are_left_alone(line: str) -> None:
    assert list(doubled(line)) == []


@pytest.mark.parametrize("line", WRONG)
def test_doubled_words_are_found(line: str) -> None:
    assert [word for _, word in doubled(line)] == [WRONG[line]]


def test_across_lines_and_markup_but_not_across_blocks(tmp_path: Path) -> None:
    body = "      - of the\n      - the plan\n\n      It is of the\n      **the** plan\n"
    text = f"updates:\n  - title: An item\n    body: |\n{body}"
    [remark] = check(sheet(tmp_path / "letter", {"issue.yaml": text}))
    assert (str(remark.place), remark.message) == ("issues/653.yaml:10:9", "“the” stands here twice")
