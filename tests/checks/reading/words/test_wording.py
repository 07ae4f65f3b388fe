# ruff: noqa: RUF001 - editors type curly apostrophes and dashes
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.reading.words.wording import page, sentence_at, sentences, stem, topics, words


@given(st.text(alphabet="Ab1. !?\n)”", max_size=60))
def test_sentences_leave_nothing_between_them(text: str) -> None:
    spans = list(sentences(text))
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]
    assert all(start < end for start, end in spans)


def test_a_full_stop_inside_an_address_or_a_number_ends_no_sentence() -> None:
    text = "Write to a.b@example.org by 4.30pm. Then wait."
    assert [text[start:end].strip() for start, end in sentences(text)] == [
        "Write to a.b@example.org by 4.30pm.",
        "Then wait.",
    ]
    assert sentence_at(text, text.index("Then")) == (36, 46)


@pytest.mark.parametrize(
    ("one", "other"),
    [("school", "schools"), ("agency", "agencies"), ("councils", "council's"), ("fostering", "fostered")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_lose_accents_and_case() -> None:
    assert words("Zoë Nowak’s plan") == ("zoe", "nowak's", "plan")


def test_topics_leave_out_what_any_item_may_say() -> None:
    assert topics("The report on agencies and agency work") == {"agenc"}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://www.example.org/plan/", "example.org/plan"),
        ("http://Example.org/plan#page=3", "example.org/plan"),
        ("https://example.org/plan?id=3&utm_source=mail", "example.org/plan?id=3"),
        ("https://example.org/", "example.org"),
        ("mailto:office@example.org", ""),
        ("contact:robin-tate", ""),
        ("https://[broken", ""),
    ],
)
def test_one_page_has_one_address(url: str, told: str) -> None:
    assert page(url) == told
