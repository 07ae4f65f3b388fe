"""Dates in more than one style."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.date_style import check, dates
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

STYLES = {
    "on 13 March and 4 April 2025, 9-13 May": ["13 March"] * 3,
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


def test_the_first_of_each_other_style_is_remarked_on(tmp_path: Path) -> None:
    [ordinal, slashes] = said(
        tmp_path / "letter", "13 March, 14 March, 13th March, 15th March", "16 March or 16/03/2025"
    )
    assert ordinal.startswith("“13th March” is written in another way")
    assert ordinal.endswith("write dates like “13 March”, as 3 others")
    assert slashes.startswith("“16/03/2025”")


def test_lists_may_be_short(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "13 March, 14 March", "- 16 Mar", "- 17/03/2025") == []


def test_one_style_is_right_whichever_it_is(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "13th March, 14th March", "and 1st April; “13 March”, *14 March* by DfE") == []


def test_one_date_alone_has_no_other(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "On 13th March we meet.") == []
