# ruff: noqa: RUF001 - editors type curly apostrophes and dashes
from __future__ import annotations

from datetime import date

import pytest

from composer.checks import Passage, Source
from composer.checks.reading.words.endings import is_cut, lacks_stop
from composer.errors import Place
from composer.prose import read_markdown

WHOLE = """
What children hope for
Looked after
Someone to talk to
Children we work with
The people I live with
Moving on
Opting in
A home to be proud of
Where the money comes from
Support from Barnardo’s
Plan A
Vitamin A
Level 2 and above
Being listened to
Cared for
What matters most to
Nothing about us without us
Who cares?
Living with
Growing up with
Services young people can turn to
A service worth fighting for
Young carers: whom to turn to
Stand by
Care leavers and the support they are entitled to
Bring your own
From A to B
Things to look out for
Getting the support you asked for
To have and to hold
The carers children come home to
“It is the first place I belong to”
THE INSPECTION OF
Guidance (and what to do with)
https://www.example.org/guide/
"""
CUT = """
Ofsted’s work with
Inspectors and the
A guide to
Children in need of
Support for
Report on children's
The government’s
Findings,
Annual report of
Findings from
New rules for agency social workers and
On 29 January the Education Committee published Ofsted’s work with
Update on the review by
Children –
The reform of children's homes (
Their families and their
Guidance from the Department for
"""
STOPPED = """
The guide is out. It was written for parents (and carers)
The guide says what parents think: “We were asked.”
We have heard that the office is closed today!
The guide, which was long awaited, is *out now.*
A list of everything that councils spend on prevention
Summary of risk factors and learning for improved practice
It is out now. Write to robin.tate@example.org
It is out now. Ring Robin Tate on 07700 900113
It is out now. The guide is [here](https://www.example.org/guide)
It is out now. Look at www.example.org
On 19 December the coroner has published a report following the inquest
**What the inspectors will look at when they come to you**
We have closed today
Robin Tate, Programme Manager, Downhaven Council, Coast Programme
The building is near the station, and the postcode is SE1 9ZZ 🏠
"""
OPEN = """
Teachers are less likely to get an offer than those who taught before
The guide is out. It was written for parents and carers
The centre has been open since the autumn and welcomes all families in the region
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def passage(markdown: str) -> Passage:
    def inside(loc: object, value: str, index: int) -> Place:
        return Place("issues/653.yaml", 1, index + 1)

    (block,) = read_markdown(markdown)
    return Passage(block, markdown, ("body",), Source.ISSUE, date(2025, 3, 14), inside)


@pytest.mark.parametrize("text", lines(WHOLE))
def test_a_whole_title_is_not_cut(text: str) -> None:
    assert not is_cut(text)


@pytest.mark.parametrize("text", lines(CUT))
def test_a_title_that_stops_in_the_middle_is_cut(text: str) -> None:
    assert is_cut(text)


@pytest.mark.parametrize("markdown", lines(STOPPED))
def test_a_paragraph_that_needs_no_stop(markdown: str) -> None:
    assert not lacks_stop(passage(markdown))


@pytest.mark.parametrize("markdown", lines(OPEN))
def test_a_paragraph_without_its_stop(markdown: str) -> None:
    assert lacks_stop(passage(markdown))
