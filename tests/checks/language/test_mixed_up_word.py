"""Words that were taken for others that sound like them."""

from __future__ import annotations

import pytest

from composer.checks.language.mixed_up_word import mixed_up

RIGHT = """
This week's theme, this week\u2019s theme, these weeks, in two years
It led to questions and will lead to more; the lead to follow; they have a lead to pursue
Bear with us; bare feet; with bare hands
For you and your diary; for you, help is free of charge
You would, of course, be welcome; it should be; more of the same
Your welcome pack; you are welcome to come
Rather then than later; and then a walk
In their own homes; in there, own risk
A matter of principle; the principal social worker
"""
WRONG = {
    "This years audit": ("years", "year\u2019s"),
    "which has lead to delay": ("lead", "led"),
    "please bare with us": ("bare", "bear"),
    "it is not wrong per say": ("per say", "per se"),
    "dates for you diary": ("you", "your"),
    "it could of been": ("of", "have"),
    "more then a hundred people": ("then", "than"),
    "children in there own homes": ("there", "their"),
    "the principle social worker": ("principle", "principal"),
}


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_right_words_are_left_alone(line: str) -> None:
    assert list(mixed_up(line)) == []


@pytest.mark.parametrize("line", WRONG)
def test_the_wrong_one_is_found_where_it_stands(line: str) -> None:
    [(at, wrong, right)] = mixed_up(line)
    assert (wrong, right) == WRONG[line]
    assert line[at:].startswith(wrong)
