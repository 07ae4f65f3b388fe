import pytest

from composer.checks.reading.dates.requests import asks


@pytest.mark.parametrize(
    "words",
    [
        "Vote for your favourite by ",
        "To reserve a seat, write to robin.tate@example.org by ",
        "Ballot papers have to be back with us by noon on ",
        "Quotes are invited by 5pm on ",
        "Parents can apply for a place up to ",
        "If you want a stall, tell Dana by ",
        "The form must be signed and returned by ",
    ],
)
def test_something_is_asked_for_by_a_date(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "The old rates apply to journeys before ",
        "Winners, to be drawn from all entries in by ",
        "You can claim for journeys before ",
        "Children who turn three by ",
        "We expect to send you the papers by ",
        "The report by ",
    ],
)
def test_a_bound_to_what_counts_is_no_request(words: str) -> None:
    assert not asks(words)
