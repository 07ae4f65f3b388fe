import pytest

from composer.checks.tenses import looks_back, reports, sentence_at


@pytest.mark.parametrize(
    "words", ["It was full", "Forty people attended", "the fund that closed", "We met", "DfE launched it"]
)
def test_a_verb_of_the_past_reports(words: str) -> None:
    assert reports(words)


@pytest.mark.parametrize(
    "words",
    [
        "It will be held",
        "You are invited",
        "Interested councils need a dedicated, detailed, updated plan",
        "to be opened",
    ],
)
def test_what_is_to_come_or_only_described_does_not(words: str) -> None:
    assert not reports(words)


def test_a_sentence_ends_before_a_capital() -> None:
    text = "It is at 10 a.m. Friday 21 March. Come on Tues. 4th Sept! “Why?” Because."
    found = [
        text[slice(*sentence_at(text, at, at + 1))] for at in map(text.index, ("10", "Friday", "4th", "Why", "Bec"))
    ]
    assert found == [
        "It is at 10 a.m. Friday 21 March.",
        "It is at 10 a.m. Friday 21 March.",
        "Come on Tues. 4th Sept!",
        "“Why?",
        "Because.",
    ]


def test_slides_and_thanks_look_back() -> None:
    assert all(
        looks_back(words) for words in ("Slides of the day", "Conference report", "Thanks to all", "It took place")
    )
    assert not any(looks_back(words) for words in ("Join us", "The day will be in Winford", "A report is due"))
