"""Curly and straight marks in one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.language.quotes import check
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path


def said(root: Path, title: str, *lines: str) -> list[str]:
    body = "".join(f"      {line}\n" for line in lines)
    text = f'updates:\n  - title: "{title}"\n    body: |\n{body}'.replace("^", "\u2019")
    return [f"{remark.place} {remark.message}" for remark in check(sheet(root, {"issue.yaml": text}))]


def test_the_first_of_the_rarer_kind_is_shown(tmp_path: Path) -> None:
    [curly] = said(tmp_path / "curly", "An item", "The board's and", "the council's, not the school^s.")
    assert curly == "issues/653.yaml:7:36 “\u2019” is curly; the other apostrophes of this text are straight"
    [straight] = said(tmp_path / "straight", "An item", "The board^s and", "the council's, not the school^s.")
    assert straight.startswith("issues/653.yaml:7:18 “'” is straight")
    [marks] = said(tmp_path / "marks", "An item", 'He said “yes” and "no.')
    assert "quotation marks" in marks


def test_each_text_may_have_its_own(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "The board's plan", "The council^s plan is as the board^s.") == []


def test_apostrophes_are_not_counted_against_quotation_marks(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "An item", 'The council^s plan says "yes".') == []


def test_quotations_and_inches_are_no_mistakes(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "An item", "The council^s plan, 5'10\" tall.", "", "> It's the board's.") == []
