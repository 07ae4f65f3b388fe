"""British spelling."""

from __future__ import annotations

import pytest

from composer.lexicon import british


@pytest.mark.parametrize(
    ("american", "ours"),
    [
        ("organization", "organisation"),
        ("prioritized", "prioritised"),
        ("analyze", "analyse"),
        ("color", "colour"),
        ("center", "centre"),
        ("labor", "labour"),
        ("behavioral", "behavioural"),
        ("counseling", "counselling"),
        ("enrollment", "enrolment"),
        ("pediatric", "paediatric"),
        ("neighborhood", "neighbourhood"),
        ("theaters", "theatres"),
        ("offense", "offence"),
        ("estrogen", "oestrogen"),
        ("councilor", "councillor"),
        ("recognizable", "recognisable"),
    ],
)
def test_an_american_word_has_a_british_spelling(american: str, ours: str) -> None:
    assert british(american) == ours


def test_what_is_a_word_here_too_is_right() -> None:
    text = "size prize seized citizen license practice story program meter artifact"
    text += " judgment organisation colour advertise de eon yoghurt whiskey"
    assert [word for word in text.split() if british(word)] == []
