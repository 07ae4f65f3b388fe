"""Dates in more than one style."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.date_style import check, dates
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

STYLES = {
    "on 13 March and 4 April 2025": ["13 March"] * 2,
    "9-13 May, 18th \u2013 24th June, 16 to 27 of May, 3 and 4 April, 5/6 May": [],
    "Harbour Day (13th May), at the University of Leeds, 22 June 2025, Robin Tate, 22/11/2019, DfE (Friday 9 May)": [],
    "We meet on Monday, 9 June (from 10 June for schools)": ["13 March"] * 2,
    "on the 13th of March, 1st April": ["13th March"] * 2,
    "on March 13, 2025, April 4th and May 6.": ["March 13"] * 3,
    "by 13/03/2025 or 1/4/25": ["13/03/2025"] * 2,
    "on 13 Mar, 4 Sept": ["13 Mar"] * 2,
    "in March 2025, the year 2024/25, 24/7, 3/4 of 1/2, March 13:00, in May 20 people, 17 Marchmont Road": [],
    "from March 13 councils, and 12/2024": [],
}


@pytest.mark.parametrize("line", STYLES)
def test_a_date_has_a_style(line: str) -> None:
    assert [style for style, _, _ in dates(line)] == STYLES[line]


def said(root: Path, *paragraphs: str) -> list[str]:
    body = "".join(f"      {paragraph}\n\n" for paragraph in paragraphs)
    text = f"updates:\n  - title: An item\n    body: |\n{body}"
    return [remark.message + "; " + remark.hint for remark in check(sheet(root, {"issue.yaml": text}))]


FIVE = "3 March, 4 March, 5 March, 6 March and then 7 March"
ORDINALS = "3rd March, 4th March, 5th March, 6th March and then 7th March"


def test_one_remark_names_the_first_of_each_other_style(tmp_path: Path) -> None:
    others = "Then 8 March, 9 March, 10 March, by 16/03/2025."
    [remark] = said(tmp_path / "two", FIVE, "Then 13th March.", others)
    assert remark.startswith("“13th March” and “16/03/2025” (line 10) are written in another way than the other dates")
    assert remark.endswith("write dates like “13 March”, as 8 others")
    [remark] = said(tmp_path / "one", FIVE, "Then 13th March.")
    assert remark.startswith("“13th March” is written in another way")


def test_two_of_a_kind_make_no_style(tmp_path: Path) -> None:
    assert said(tmp_path / "few", "3 March, 4 March, 5 March, 6 March, then 13th March.") == []
    assert said(tmp_path / "mixed", FIVE, "Then 13th March, by the 14th April.") == []


def test_the_date_of_the_issue_is_its_own(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "Update no 653 14th March 2025", FIVE) == []


def test_lists_and_tables_may_be_short(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", FIVE, "- 16 Mar", "- 17/03/2025", "17/03/2025 10am, a seminar") == []


def test_one_style_is_right_whichever_it_is(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", ORDINALS, "and 1st April; “13 March”, *14 March* by DfE") == []
