"""Slips of the finger, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.slip import check, slips
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """
Siobhan Browne of Coram, Nia Clarke of Barnardo's and Sam Reade of Oflog met Ofcom, Ofqual and Essex.
We meet on Teams and Padlet.
Ofsted's inspectors, the councils' and the SLIPs' leads, EHCPs, DfE's and LAs' data; ImpactEd and OsNosh.
Neurodivergent pupils, kinship carers, mentees, webinars, safeguarding, vaping, phonics and oracy in edtech.
A caseworker's wraparound help with dysregulation, adultification and misgendering after rehoming.
Diolch yn fawr, Dirprwy Lywydd: plant mewn angen a theuluoedd sy'n gofalu.
The report (in German: Die Kinder haben gelacht, aber keiner wusste warum) is free.
Cllr Ayyaz Whittaker, Dr Oluwaseun Nicholls, Łukasz Wiśniewski, Aoife Ní Bhriain and Zoë Nowak of Llandudno.
COVID-19, C19, B2B, £2million, 16-year-olds, self-neglect/hoarding, co-produced and re-instated; e-learning.
An organization of color, and a program in the center, are American and no slips.
"""
WRONG = {
    "before publishng it": ["publishing"],
    "in Winchetser are now available": ["Winchester"],
    "Families in Brihgton and Hove": ["Brighton"],
    "Hampshrie County Council": ["Hampshire"],
    "11 Janaury 2024, 15 January 2024": ["January"],
    "within the governent\u2019s reform": ["government"],
    "Safegaurding Children Partnership": ["Safeguarding"],
    "the workshpos of the commissionrs": ["workshops", "commissioners"],
}


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_right_words_are_left_alone(line: str) -> None:
    assert [(word.text, meant) for word, meant in slips(line)] == []


@pytest.mark.parametrize("line", WRONG)
def test_slips_are_found(line: str) -> None:
    assert [meant[0] for _, meant in slips(line.replace("\u2019", "'"))] == WRONG[line]


def issue(title: str, body: str) -> str:
    return f'updates:\n  - {{title: "{title}", body: "{body}"}}\n'


def test_it_says_what_was_meant_and_where(tmp_path: Path) -> None:
    [remark] = check(sheet(tmp_path / "letter", {"issue.yaml": issue("An item", "The slides of **Winchetser**.")}))
    assert str(remark.place) == "issues/653.yaml:4:47"
    assert remark.message == "“Winchetser” looks like a slip for “Winchester”"


def test_a_word_that_is_used_twice_is_the_newsletter_s_own(tmp_path: Path) -> None:
    twice = {"issue.yaml": issue("The workshpos", "All workshpos are free.")}
    assert list(check(sheet(tmp_path / "twice", twice))) == []
    earlier = {
        "issues/652.yaml": "date: 2025-03-07\n" + issue("The workshpos", "They are free."),
        "issue.yaml": issue("The new workshpos", "They are free."),
    }
    assert list(check(sheet(tmp_path / "earlier", earlier))) == []


def test_a_place_is_misspelt_however_often(tmp_path: Path) -> None:
    twice = {"issue.yaml": issue("On 3 Janaury", "Until 5 Janaury.")}
    assert len([*check(sheet(tmp_path / "letter", twice))]) == 2


def test_a_title_that_is_copied_is_one_text(tmp_path: Path) -> None:
    copied = (
        "updates:\n"
        "  - title: New workshpos\n"
        "    publication: {by: DfE, date: 2025-03-11, title: New workshpos, url: https://www.example.org/new}\n"
    )
    assert len([*check(sheet(tmp_path / "letter", {"issue.yaml": copied}))]) == 2


def test_names_and_words_of_the_newsletter_are_known(tmp_path: Path) -> None:
    files = {"issue.yaml": issue("Downahven", "A tripel.")}
    [remark] = check(sheet(tmp_path / "name", files))
    assert "“Downhaven”" in remark.message or "“triple”" in remark.message
    files["newsletter.yaml"] = "checks: {words: [tripel, Downahven]}\n"
    assert list(check(sheet(tmp_path / "word", files))) == []
