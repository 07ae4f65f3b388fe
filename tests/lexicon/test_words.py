"""Words and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.lexicon import BLANK, Word, without_addresses, words

TEXTS = st.text(st.sampled_from("abcXYZ\u2019' .,@#/:-_019“”()é\n")) | st.text()


def of(text: str) -> list[str]:
    return [word.text for word in words(text)]


@given(TEXTS)
def test_every_word_stands_where_it_says(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.start + len(word.text)].replace("\u2019", "'") == word.text


@given(TEXTS)
def test_blanks_take_the_place_of_addresses_letter_by_letter(text: str) -> None:
    blanked = without_addresses(text)
    assert len(blanked) == len(text)
    assert all(one in {other, BLANK} for one, other in zip(blanked, text, strict=True))


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/a-page,b?c=d",
        "www.example.org",
        "example.org",
        "gov.uk/find-help",
        "robin.tate@example.org",
        "@downhaven",
        "#KeepSafe",
        "report-2024.pdf",
    ],
)
def test_an_address_is_no_word(address: str) -> None:
    assert of(f"See {address}, or ask.") == ["See", "or", "ask"]


def test_letters_that_touch_digits_are_none() -> None:
    assert of("On 3rd March the B2B_group met 16-year-olds") == ["On", "March", "the", "met", "year", "olds"]


def test_an_apostrophe_is_inside_a_word_or_no_part_of_it() -> None:
    assert of("the councils\u2019 plan isn\u2019t Ofsted's \u2018best\u2019") == [
        "the",
        "councils",
        "plan",
        "isn't",
        "Ofsted's",
        "best",
    ]


def test_a_word_knows_how_it_stands() -> None:
    first, co, opted, dfe, then = words("Ofsted's co-opted DfE. Then")
    assert (first.stem, first.is_capitalised, first.is_plain, first.opens) == ("Ofsted", True, True, True)
    assert not co.is_whole
    assert not opted.is_whole
    assert not dfe.is_plain
    assert then.opens
    assert then == Word("Then", 23, is_whole=True, opens=True)
