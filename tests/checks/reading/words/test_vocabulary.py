"""The newsletter's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.words.vocabulary import Vocabulary
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "newsletter.yaml": "checks: {words: [Gubbins, Y Bont]}\n",
    "issues/652.yaml": "date: 2025-03-07\nupdates:\n  - {title: Last week, body: A narthex.}\n",
    "issue.yaml": "updates:\n  - {title: One weeknote, body: One weeknote for the seater and the pewsheet.}\n",
}


def test_its_names_are_those_of_people_networks_and_settings(tmp_path: Path) -> None:
    names = Vocabulary(sheet(tmp_path / "letter", FILES)).names
    assert {"morgan", "tate", "safeguarding", "coast", "downhaven", "gubbins", "bont"} <= names
    assert "weeknote" not in names


def test_a_word_repeats_in_other_texts_and_earlier_issues(tmp_path: Path) -> None:
    vocabulary = Vocabulary(sheet(tmp_path / "letter", FILES))
    assert vocabulary.repeats("Weeknote")
    assert vocabulary.repeats("narthex")
    assert not vocabulary.repeats("pewsheet")
    assert not vocabulary.repeats("seat")
