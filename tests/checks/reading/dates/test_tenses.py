import pytest

from composer.checks.reading.dates.tenses import looks_back, recalls, reports, sentence_at


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


@pytest.mark.parametrize(
    "words",
    [
        "The forum met on | in Winford",
        "Our last meeting, on |, was short",
        "The slides of the day held on | will be shared",
        "The hearing was due on |",
        "On | the court ruled that councils must pay",
    ],
)
def test_what_is_told_of_a_date_is_recalled(words: str) -> None:
    assert recalls(*words.split("|"))


@pytest.mark.parametrize(
    "words",
    [
        "Join us on | for the day that you loved",
        "The hearing has been moved to |",
        "The course is planned for |",
        "The forum meets on |",
        "The last day to apply is |",
        "We are delighted to announce a fair on |",
    ],
)
def test_an_invitation_or_a_plan_recalls_nothing(words: str) -> None:
    assert not recalls(*words.split("|"))
