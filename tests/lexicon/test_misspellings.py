"""Common misspellings."""

from __future__ import annotations

import pytest

from composer.lexicon import corrections


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("publsihed", ("published",)),
        ("familiy", ("family",)),
        ("teh", ("the",)),
        ("thier", ("their",)),
        ("acsii", ("ASCII",)),
        ("isnt", ("isn't",)),
        ("yearolds", ("year-olds",)),
    ],
)
def test_what_was_meant(wrong: str, right: tuple[str, ...]) -> None:
    assert corrections(wrong) == right


def test_all_that_may_have_been_meant() -> None:
    assert corrections("repoted")[:2] == ("reported", "reposted")


def test_british_words_are_right() -> None:
    text = "published despatch useable combatting focussed learnt organisation programme worthing ned nd fo te the zzz"
    assert [word for word in text.split() if corrections(word)] == []
