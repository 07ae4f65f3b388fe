"""The rules of the calendar against a collection of sentences whose answers are known."""

import re
from datetime import date

import pytest

from composer.dates import full_date, long_date, weekday
from tests.checks.calendar import collection
from tests.checks.calendar.collection import CODES, Collection, Score

MONTHS = {long_date(date(2000, month, 1)).split()[1]: month for month in range(1, 13)}
WEEKDAYS = {weekday(date(2024, 1, day)) for day in range(1, 8)}


@pytest.fixture(scope="module")
def sentences() -> Collection:
    return collection.read()


@pytest.fixture(scope="module")
def scores(sentences: Collection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    """How the rules do; `pytest -s` shows it."""
    found = collection.scores(tmp_path_factory.mktemp("sentences"), sentences)
    print("", *found, sep="\n")  # noqa: T201  # it is what -s is for
    return {score.code: score for score in found}


def day_of(words: str) -> date:
    """The day of "20 March 2025", as its writer means it."""
    day, month, year = words.split()
    return date(int(year), MONTHS[month], int(day))


def test_its_wrong_weekdays_are_wrong(sentences: Collection) -> None:
    for sentence in sentences.weekdays:
        for message in sentence.wrong:
            parts = re.fullmatch(r"(\d+ \w+ \d{4}) is a (\w+), not a (\w+)", message)
            assert parts, message
            day, right, wrong = parts.groups()
            assert weekday(day_of(day)) == right != wrong, message
            assert wrong in WEEKDAYS
            assert wrong[:3].lower() in sentence.text.lower(), sentence.text


def test_its_right_weekdays_are_right(sentences: Collection) -> None:
    for sentence in sentences.weekdays:
        for words in sentence.right:
            name, _, day = words.partition(" ")
            assert full_date(day_of(day)) == words
            assert name[:3].lower() in sentence.text.lower(), sentence.text


def test_a_date_without_a_year_is_the_next_or_of_the_last_sixty_days(sentences: Collection) -> None:
    for sentence in sentences.weekdays:
        days = [day_of(message.partition(" is a ")[0]) for message in sentence.wrong]
        for day in days + [day_of(words.partition(" ")[2]) for words in sentence.right]:
            has_year = str(day.year) in sentence.text or re.search(rf"['/]{day:%y}\b", sentence.text)
            assert has_year or -60 <= (day - sentence.written).days <= 305, sentence


def test_it_is_large_and_says_nothing_twice(sentences: Collection) -> None:
    everything = sentences.weekdays + sentences.ends + sentences.times
    assert len({(each.written, each.text) for each in everything}) == len(everything)
    assert len(sentences.weekdays) >= 400
    assert len(sentences.ends) >= 200
    assert len(sentences.times) >= 80
    assert sum(bool(each.wrong) for each in sentences.weekdays) >= 170
    assert sum(not each.wrong for each in sentences.weekdays) >= 170


def test_its_times_stand_in_their_sentences(sentences: Collection) -> None:
    assert all(words in each.text for each in sentences.times for words in each.wrong)
    assert {code for each in sentences.ends for code in each.codes} == {"past-deadline", "past-event"}


@pytest.mark.parametrize("code", CODES)
def test_there_is_no_false_alarm(code: str, scores: dict[str, Score]) -> None:
    assert "\n".join(scores[code].false_alarms) == ""


@pytest.mark.parametrize("code", CODES)
def test_no_mistake_is_missed(code: str, scores: dict[str, Score]) -> None:
    assert "\n".join(scores[code].misses) == ""
