"""Capitals and exclamation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.shouting import check, shouted
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """
SEND AP NWAG
NEW: the guide
NHS, LGA and ADCS; SEND CARE, SEND AND AP, DfE AND CQC
UK AND EU
KS1 AND KS2, EHCP SEND AP DATA
IMPORTANT
The SEND AP Plan and NHS BSW ICB
The CEO of NICE AND MASH
"""
WRONG = [
    "PLEASE READ THIS NOW",
    "IMPORTANT NOTICE",
    "It is here: DO NOT MISS THIS DATE, please.",
    "LAST CHANCE TO BOOK!",
]


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_abbreviations_are_left_alone(line: str) -> None:
    assert list(shouted(line)) == []


@pytest.mark.parametrize("line", WRONG)
def test_sentences_of_capitals_are_found(line: str) -> None:
    assert len([*shouted(line)]) == 1


def test_quotations_may_shout_and_one_mark_is_joy(tmp_path: Path) -> None:
    body = (
        "      > PLEASE READ THIS NOW!!\n\n      Hurrah! It is *THE LAST CHANCE TO BOOK* and over!!! (?!) October!?\n"
    )
    text = f"updates:\n  - title: An item\n    body: |\n{body}"
    [remark] = check(sheet(tmp_path / "letter", {"issue.yaml": text}))
    assert remark.message == "“!!!” is one mark too many"
