"""Words of another language."""

from __future__ import annotations

import pytest

from composer.lexicon import is_foreign, words


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("mae plant a phobl ifanc yn byw", "phobl"),
        ("und wir haben es als Kinder im Haus", "als"),
        ("The plan (in Welsh: cynllun ar gyfer plant) is free", "gyfer"),
    ],
)
def test_several_words_beside_each_other(text: str, foreign: str) -> None:
    row = words(text)
    assert is_foreign(row, [word.text for word in row].index(foreign))


def test_one_word_among_english_ones_is_not() -> None:
    row = words("The publsihed plans of neurodivergent people and Łukasz are thier own")
    assert not any(is_foreign(row, at) for at, word in enumerate(row) if word.text in {"publsihed", "thier"})
