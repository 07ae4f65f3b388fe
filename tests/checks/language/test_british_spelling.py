"""American spellings of the editor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.british_spelling import american, check
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """
The World Health Organization and the Center for Mental Health wrote to the Department of Labor.
Center for Autism staff met the Organization of American States.
Every organisation analyses, licenses and practises; a metre, a programme, the judgment, size and prize.
A computer program, the software program and a coding program; they will program a robot.
Gray said that Mr Byers agreed.
Las Palmas de Gran Canaria; el centro del programa en Madrid.
An item about the National Program of the States
"""
WRONG = {
    "Every organization may join": ["organisation"],
    "Organizations may join": ["Organisations"],
    "the program\u2019s behavioral center": ["programme", "behavioural", "centre"],
    "Counseling for young people": ["Counselling"],
    "We prioritize and analyze favorite colors": ["prioritise", "analyse", "favourite", "colours"],
}


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_right_words_are_left_alone(line: str) -> None:
    assert [word.text for word, _ in american(line)] == []


@pytest.mark.parametrize("line", WRONG)
def test_american_words_are_found(line: str) -> None:
    assert [ours for _, ours in american(line)] == WRONG[line]


BODY = """updates:
  - title: An item
    publication: {by: Center Organization, date: 2025-03-11, title: Color and behavior, url: https://www.example.org/color}
    body: |
      DfE published *The organization of color*, “a center” and "labor" and [Color in the center](https://www.example.org).

      > My favorite color.

      Join our organization.
"""


def test_others_words_keep_their_spelling(tmp_path: Path) -> None:
    [remark] = check(sheet(tmp_path / "letter", {"issue.yaml": BODY}))
    assert (str(remark.place), remark.hint) == ("issues/653.yaml:11:16", "write “organisation”")


def test_a_newsletter_may_spell_as_it_likes(tmp_path: Path) -> None:
    files = {"issue.yaml": BODY, "newsletter.yaml": "checks: {spelling: any}\n"}
    assert list(check(sheet(tmp_path / "letter", files))) == []
