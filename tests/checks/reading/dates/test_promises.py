import pytest

from composer.checks.reading.dates.promises import is_on, will_be


@pytest.mark.parametrize("words", ["The inquiry will hear evidence on ", "The council will vote on the budget on "])
def test_something_will_be(words: str) -> None:
    assert will_be(words)


@pytest.mark.parametrize(
    "words",
    [
        "There will be no repeat of the session on ",
        "A boy of nine will be charged over the fire on ",
        "Ministers will study the plan agreed on ",
        "Will the announcement on ",
    ],
)
def test_nothing_will_be_on_the_day_of_something_else(words: str) -> None:
    assert not will_be(words)


def test_something_is_on_its_way() -> None:
    on_its_way = ("The choir is performing in Winford on ", "The hub opens its doors on ", "The fair is in Winford on ")
    assert all(is_on(words) for words in on_its_way)
    assert not any(is_on(words) for words in ("Police are looking into a fire on ", "The flood, a year ago, on "))
