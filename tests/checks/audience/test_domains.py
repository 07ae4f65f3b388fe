"""Which domains are certainly mistyped, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.reading.addresses.domains import meant
from composer.checks.reading.addresses.neighbours import Neighbours
from composer.checks.reading.addresses.slips import is_slip, shortened

LABELS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)

MISTYPED = """
    gmial.com gmail.com
    gmai.com gmail.com
    gmail.con gmail.com
    gmail.co gmail.com
    gmail.cm gmail.com
    gmail.co.uk gmail.com
    gmial.co.uk gmail.com
    googlemail.co.uk googlemail.com
    hotmial.co.uk hotmail.co.uk
    hotmal.com hotmail.com
    hotmial.con hotmail.com
    outlok.com outlook.com
    yaho.co.uk yahoo.co.uk
    yahooo.com yahoo.com
    yahoo.couk yahoo.co.uk
    iclod.com icloud.com
    btinternet.co.uk btinternet.com
    btinterent.com btinternet.com
    btinternet.con btinternet.com
    harbour.gov.co.uk harbour.gov.uk
    harbour.govuk harbour.gov.uk
    harbour.gov.k harbour.gov.uk
    harbour.gov.uk.com harbour.gov.uk
    harbour.gov.ukk harbour.gov.uk
    harbour.gov.uk.gov.uk harbour.gov.uk
    harbour.gov.ukgov.uk harbour.gov.uk
    harbour.gove.uk harbour.gov.uk
    www.harbour.gov.uk harbour.gov.uk
    nhs.ent nhs.net
    nhs.co.uk nhs.net
    harbour.nhs.ukk harbour.nhs.uk
    hillside.harbour.sch.co.uk hillside.harbour.sch.uk
    harbour.ac.co.uk harbour.ac.uk
    harbour.acuk harbour.ac.uk
    harbour.police.co.uk harbour.police.uk
    harbour.co.k harbour.co.uk
    harbour.ogr harbour.org
"""

RIGHT = """
    gmail.com mail.com email.com ymail.com gmx.com gmx.co.uk hmail.com fastmail.com googlemail.com
    hotmail.com hotmail.co.uk hotmail.fr outlook.com outlook.fr yahoo.com yahoo.co.uk yahoo.ie
    icloud.com cloud.com me.com mac.com msn.com aol.com aol.co.uk live.com live.co.uk sky.com proton.me protonmail.com
    btinternet.com btconnect.com bt.com wahoo.com talktalk.net talktalk.co.uk virginmedia.com virginmedia.co.uk
    nhs.net nhs.uk nhs.scot wales.nhs.uk england.nhs.uk gov.uk gov.scot gov.wales dfe.gov.uk education.gov.uk
    police.uk met.police.uk parliament.uk parliament.scot mod.uk mod.gov.uk judiciary.uk bl.uk
    merton.gov.uk melton.gov.uk kent.gov.uk gwent.police.uk ucl.ac.uk kcl.ac.uk office.kent.sch.uk
    example.co example.cm example.uk example.uk.com example.com.au example.co.nz ac.co.uk org.co.uk
    example.me example.io example.ie example.eu example.london example.cymru example.ltd.uk example.me.uk example.net
"""


@pytest.mark.parametrize(("typed", "right"), [line.split() for line in MISTYPED.split("\n") if line.strip()])
def test_a_mistyped_domain_is_told_what_it_was_meant_to_be(typed: str, right: str) -> None:
    assert meant(typed) == right
    assert meant(right) == ""


def test_real_domains_are_left_alone() -> None:
    assert [domain for domain in RIGHT.split() if meant(domain)] == []


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("westsusex", "westsussex"),
        ("wetssussex", "westsussex"),
        ("westsusseex", "westsussex"),
        ("westsuswex", "westsussex"),
        ("wwestsussex", "westsussex"),
        ("westsussexx", "westsussex"),
        ("westsusse", "westsussex"),
    ],
)
def test_a_finger_slips(typed: str, right: str) -> None:
    assert is_slip(typed, right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("merton", "melton"),
        ("stmarys", "stmarks"),
        ("stmary", "stmarys"),
        ("school1", "school2"),
        ("west-sussex", "westsussex"),
        ("eastsussex", "westsussex"),
        ("north", "south"),
        ("kent", "kent"),
        ("kent", "gwent"),
    ],
)
def test_names_that_differ_otherwise_are_two_names(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert not is_slip(other, one)


@given(LABELS, LABELS)
def test_a_slip_leaves_most_letters_and_shares_one_of_its_shorter_forms(one: str, other: str) -> None:
    if is_slip(one, other):
        assert one != other
        assert abs(len(one) - len(other)) <= 1
        assert shortened(one) & shortened(other)


@given(LABELS)
def test_a_letter_twice_and_a_letter_less_are_slips(label: str) -> None:
    assert is_slip(label + label[-1], label) == (label[-1] != "s")
    assert is_slip(label[1:], label) == (bool(label[1:]) or label != "s")


def test_whoever_is_alone_beside_many_was_meant_to_be_with_them() -> None:
    neighbours = Neighbours([("westsussex.gov.uk", 40), ("harbour.org", 5), ("merton.gov.uk", 6), ("hill.org", 9)])
    assert neighbours.of("westsusex.gov.uk") == "westsussex.gov.uk, where 40 others are"
    assert neighbours.of("westsussex.gov") == "westsussex.gov.uk, where 40 others are"
    assert neighbours.of("habour.org") == "harbour.org, where 5 others are"
    for other in ("westsussex.gov.uk", "westsusex.sch.uk", "melton.gov.uk", "harbour.org.uk", "hil.org", "kent.gov.uk"):
        assert neighbours.of(other) == ""
    assert Neighbours([]).of("westsusex.gov.uk") == ""
