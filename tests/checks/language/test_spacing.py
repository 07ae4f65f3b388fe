"""Spaces that are missing or too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.language.spacing import misspaced

RIGHT = """
E.g. the U.K., Ph.D. and Ph.D holders, i.e. 3.5 and 10.30am, No.10, p.m. and Node.js; 1,000, 10,000km and 2.5m.
See example.org, www.example.org/a,b, gov.uk, report.v2.pdf, GOV.UK or write to robin.tate@example.org.
Parent(s), carer(s), child(ren), (re)build, (un)known, (co-)produced, Section 17(1)(a) and s17(2).
And so on... and so forth . . . and more… Yes! Really? “Well.” (As above.) \u2018Good.\u2019
Either/or, and/or, 9am\u20135pm, 9am - 5pm, 10.00-12.30, 10.00 - 12.30, pre- and post-16, 2024/25, 24/7.
Time 10:00, ratio 3:1, note: this; that: the other.
The appear.in chat at https://mail.example.org/?url=https%3A%2F%2Fwww.example.org.
The .NET group and a .csv file.
“Who cares?”, she said. Who cares?, What next?, etc., and etc.; the 1990s\u2019 and O\u2019Neill\u2019s.
A sum of £2,000,000; re:Think and #tags; a/b; x,y
Online, 11.00- 12.30 on Tuesday 30 January 2024, is for another rule, as is robin.tate@example,org.
Two  spaces are no mistake.
"""
WRONG = {
    "They leave care.The reasons are known": "care.The",
    "They leave care.the reasons are known": "care.the",
    "It is over!The end": "over!The",
    "word,word": "word,word",
    "the plan;its aims": "plan;its",
    "Details:The plan": "Details:The",
    "for details(below)": "details(below)",
    "(see below)and more": "below)and",
    "Please contactrobin.tate@example.org now": "contactrobin.tate@example.org",
    "Please emailrobin.tate@example.org now": "emailrobin.tate@example.org",
    "seehttps://www.example.org": "seehttps://www.example.org",
    "the end.https://www.example.org": "end.https://www.example.org",
    "a word , and more": "before “,”",
    "one thing ,it has": "before “,”",
    "the end .": "before “.”",
    "Why ?": "before “?”",
    "the plan :": "before “:”",
    "ethnic or intersectional diversity. . ": "“. .” is one",
    "the end..": "“..” is one",
    "this,, that": "“,,” is one",
    "( below)": "behind “(”",
    "(below )": "before “)”",
    "pages 11- 12": "one side of “-”",
    "Alma Mercercontact@example.org": "Mercercontact@example.org",
    "call07700 900113": "call07700",
    "on 9 th September": "before “th”",
}


def said(text: str) -> list[str]:
    return [f"{message} ({hint})" for _, message, hint in misspaced(text)]


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_right_spaces_are_left_alone(line: str) -> None:
    assert said(line) == []


@pytest.mark.parametrize("line", WRONG)
def test_wrong_spaces_are_found(line: str) -> None:
    [sentence] = said(line)
    assert WRONG[line] in sentence


@given(st.text(st.sampled_from("abA,.;:!?() -\u2013\u201d@/10nth")))
def test_every_place_is_in_the_text(text: str) -> None:
    assert all(0 <= at <= len(text) for at, _, _ in misspaced(text))
