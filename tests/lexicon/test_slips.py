"""Slips of the finger, and words that only look like some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.lexicon import slip, slip_of_name
from composer.lexicon.dictionary import common_words

LONG = st.sampled_from(sorted(word for word in common_words() if len(word) >= 9))
SECTOR = """
    neurodivergent neurodiverse safeguarding webinar webinars ofsted kinship mentee mentees signposting upskilling
    learnings coproduction microsite podcast hashtag onboarding frontline caseload caseworker casework wellbeing
    lockdown wraparound dysregulation disproportionality contextualised reunification adultification misgendered
    chatbot deepfake vlogger sexting cyberbullying oracy phonics edtech multiagency vaping antisocial rehoming
    transphobic ableism ableist masterclass workstreams precised verifiers enablers organizational program hostel
    foyers childminder headship antisemitism immunisation procurement optometry biodiversity mediaeval focusses
    yoghurt annexe foetus plateaux paramountcy disapplications noticeboard
"""
PEOPLE_AND_BRANDS = """
    Siobhan Coram Barnardo Ofcom Essex Padlet Teams Ofqual Oflog Clarke Browne Reade Nicholls Whittaker Mohammed
    Flemming Webber Pressley Parris Hoffmann Janssen Hartmann Brittain Talbott Kirstie Rowell Mosely Anders
    Llandudno Llywydd Eluned Rankine Kinnock Streeting Macalister Hayfield Oswestry Huntingdon Eventbrite Linkedin
    Adactus Corringham Ayyaz Cymru Dyfed Ceredigion Downhaven Rothermead Wealdshire Chalkhill Lukasz Wisniewski
    Padraig Niamh Saoirse Oluwaseun Nguyen
"""


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("publishng", "publishing"),
        ("safegaurding", "safeguarding"),
        ("childrne", "children"),
        ("workshpos", "workshops"),
        ("attendence", "attendance"),
        ("governent", "government"),
        ("reportt", "report"),
    ],
)
def test_a_slip_is_one_letter_away_from_a_common_word(wrong: str, right: str) -> None:
    assert slip(wrong)[0] == right


def test_all_that_may_have_been_meant() -> None:
    assert slip("sciene") == ("science", "scene")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Brihgton", "Brighton"),
        ("Winchetser", "Winchester"),
        ("Winchster", "Winchester"),
        ("Hampshrie", "Hampshire"),
        ("Ofsetd", "Ofsted"),
        ("Janaury", "January"),
        ("Safegaurding", "Safeguarding"),
    ],
)
def test_a_name_or_a_title_is_swapped_letters_away(wrong: str, right: str) -> None:
    assert slip_of_name(wrong) == right


def test_words_of_the_sector_are_no_slips() -> None:
    assert [(word, slip(word)) for word in SECTOR.split() if slip(word)] == []


def test_real_names_are_no_slips() -> None:
    words = PEOPLE_AND_BRANDS.split()
    assert [(word, slip_of_name(word)) for word in words if slip_of_name(word)] == []


def test_a_name_of_the_newsletter_is_known_and_meant() -> None:
    names = frozenset({"rothermead"})
    assert slip_of_name("Rothermaed") == ""
    assert slip_of_name("Rothermaed", names) == "Rothermead"
    assert slip_of_name("Rothermead", names) == ""


def test_a_word_beside_a_capital_is_somebody_s_name() -> None:
    assert slip_of_name("Garica") == "Garcia"
    assert slip_of_name("Garica", is_alone=False) == ""


@given(LONG, st.data())
def test_a_word_whose_letters_are_swapped_is_found_or_known(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert all(abs(len(meant) - len(word)) <= 1 for meant in slip(swapped))


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert text not in slip(text)
    assert slip_of_name(text) != text or text == ""
