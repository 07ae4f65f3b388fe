from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.edition import headline
from tests.edition.making import edition, friday, issue, item

if TYPE_CHECKING:
    import datetime as dt

LONG = "Agency social worker numbers fall for the first time in seven years"
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="[]|"), min_size=1, max_size=90)
TITLES = st.lists(WORDS.filter(str.strip) | st.just("For [[first_name|dear colleague]] alone"), max_size=6)


def subject(*titles: str, **settings: object) -> str:
    items = [item(title, id=f"n{at}") for at, title in enumerate(titles)]
    return edition(issue(653, *items), **settings).subject


def preheader(*titles: str, **values: object) -> str:
    items = [item(title, id=f"n{at}") for at, title in enumerate(titles)]
    return edition(issue(653, *items, **values)).preheader


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("One line", "One line"),
        ("Title\nSubtitle", "Title: Subtitle"),
        ("Why?\nA study", "Why? A study"),
        ("  Loose   words \n\n and more ", "Loose words: and more"),
    ],
)
def test_a_title_of_two_lines_is_joined(title: str, line: str) -> None:
    assert headline.one_line(title) == line


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Some words", 10, "Some words"),
        ("Some words", 9, "Some…"),
        ("Some words, and more", 14, "Some words…"),
        ("Unbreakable", 5, ""),
        ("To [[first_name|you]] and all", 15, "To [[first_name|you]] and all"),
        ("To [[first_name|my friend]] and all", 10, "To…"),
        ("To [[first_name|my friend]] and all", 13, "To [[first_name|my friend]]…"),
    ],
)
def test_text_is_cut_between_words_and_never_inside_a_merge_field(text: str, limit: int, short: str) -> None:
    assert headline.shortened(text, limit) == short


def test_the_subject_lists_whole_titles_while_they_fit() -> None:
    assert subject("Kinship care", "Youth homelessness", LONG) == "Update no 653 · Kinship care, Youth homelessness"


def test_the_subject_shortens_a_first_title_that_does_not_fit() -> None:
    assert subject(LONG, "Kinship care") == "Update no 653 · Agency social worker numbers fall for the first time…"


def test_the_subject_leaves_out_a_subtitle_before_it_shortens() -> None:
    assert subject(f"Kinship care\n{LONG}", "Plans") == "Update no 653 · Kinship care, Plans"


def test_the_subject_of_an_issue_without_news_is_its_title() -> None:
    assert subject() == "Update no 653"
    assert subject("News", title="The rather long-winded fortnightly newsletter of everybody, no {number}") == (
        "The rather long-winded fortnightly newsletter of everybody, no 653"
    )


def test_a_given_subject_and_preheader_are_left_alone() -> None:
    result = edition(issue(1, item("Kinship care"), subject="Mine", preheader="And this one is mine as well"))
    assert (result.subject, result.preheader) == ("Mine", "And this one is mine as well")
    assert (result.seen_by(frozenset()).subject, result.seen_by(frozenset()).preheader) == (
        "Mine",
        "And this one is mine as well",
    )


def test_the_preheader_goes_on_where_the_subject_ends() -> None:
    titles = ("Kinship care", "Youth homelessness", LONG, "Plans")
    assert preheader(*titles) == f"{LONG}, Plans"


def test_the_preheader_leaves_out_what_a_given_subject_says() -> None:
    text = preheader("Kinship care", "Youth homelessness in all four nations", subject="On kinship care")
    assert text.startswith("Youth homelessness in all four nations")
    assert "Kinship" not in text


def test_the_preheader_counts_the_dates_to_come() -> None:
    conference = item("Conference", event={"start": str(friday(3))})
    past = item("Gone", event={"start": str(friday(1))}, id="gone")
    result = edition(issue(2, item("Kinship care, what helps and what does not"), item("Plans"), conference, past))
    assert result.preheader == "Conference, Gone, and one date for your diary"


def test_the_preheader_names_reminders_when_there_is_no_more_news() -> None:
    result = edition(issue(1, item("Youth homelessness in all four nations, the facts")), issue(2, item("Plans")))
    assert result.preheader == "Youth homelessness in all four nations, the facts"


def test_the_preheader_of_next_to_nothing_names_the_day() -> None:
    assert preheader(date="2025-03-14") == "News, dates and contacts as of Friday 14 March 2025"


def test_the_preheader_never_repeats_a_given_subject() -> None:
    said = "News, dates and contacts as of Friday 14 March 2025"
    assert preheader(date="2025-03-14", subject=said) == f"In short: {said}"


@settings(deadline=None)  # two cores are shared by many
@given(
    news=TITLES,
    reminders=TITLES,
    given_subject=st.none() | WORDS.filter(str.strip),
    date=st.none() | st.just(friday(3)),
)
def test_subject_and_preheader_fit_whatever_the_titles(
    news: list[str], reminders: list[str], given_subject: str | None, date: dt.date | None
) -> None:
    event = {"start": date} if date else None
    earlier = issue(1, *[item(title, id=f"r{at}", remind=1) for at, title in enumerate(reminders)])
    this = issue(2, *[item(title, id=f"n{at}", event=event) for at, title in enumerate(news)], subject=given_subject)
    result = edition(earlier, this)
    assert given_subject or headline.length(result.subject) <= headline.LONGEST_SUBJECT
    assert headline.SHORTEST_PREHEADER <= headline.length(result.preheader) <= headline.LONGEST_PREHEADER
    assert result.preheader.casefold() != result.subject.casefold()
    for text in (result.subject, result.preheader):
        assert text.count("[[") == len(re.findall(r"\[\[\w+\|[^\[\]|]+\]\]", text))
        assert len(text.splitlines()) == 1
