from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer import phrases
from composer.issue import Event, Link, Publication
from composer.settings import Newsletter
from composer.standing import Contact, Meeting

TODAY = date(2025, 3, 14)
NEWSLETTER = Newsletter.model_validate(
    {
        "name": "Friday Update",
        "organisation": "South East Programme",
        "address": "1 Example Street, Exampleton",
        "sender": {"name": "Friday Update", "email": "update@example.org"},
    }
)


def event(start: str, end: str | None = None) -> Event:
    return Event.model_validate({"start": start, "end": end})


def publication(**keys: object) -> Publication:
    said = {"by": "DfE", "date": "2025-02-27", "title": "Guidance"}
    return Publication.model_validate(said | keys)


def link(**keys: object) -> Link:
    return Link.model_validate({"text": "Report", "url": "https://example.org/report"} | keys)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 2, 27), "27 February"),
        (date(2024, 12, 19), "19 December"),
        (date(2024, 3, 1), "1 March 2024"),
        (date(2026, 1, 5), "5 January 2026"),
    ],
)
def test_a_day_has_its_year_only_where_the_nearest_such_day_is_another_one(day: date, said: str) -> None:
    assert phrases.short_date(day, TODAY) == said


def test_a_weekday_is_computed_and_another_year_is_named() -> None:
    assert phrases.weekday_date(date(2025, 3, 21), TODAY) == "Friday 21 March"
    assert phrases.weekday_date(date(2026, 1, 9), TODAY) == "Friday 9 January 2026"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(9, 5), "9:05am"),
        (time(10), "10am"),
        (time(12), "midday"),
        (time(12, 15), "12:15pm"),
        (time(14, 30), "2:30pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_a_time_of_day_is_written_as_people_say_it(moment: time, said: str) -> None:
    assert phrases.clock(moment) == said


@given(st.times())
def test_every_minute_of_the_day_has_words_of_its_own(moment: time) -> None:
    said = phrases.clock(moment)
    pattern = {"midday": "12:00PM", "midnight": "12:00AM"}.get(said, said.upper())
    shape = "%I:%M%p" if ":" in pattern else "%I%p"
    assert datetime.strptime(pattern, shape).time() == moment.replace(second=0, microsecond=0)  # noqa: DTZ007


@pytest.mark.parametrize(
    ("start", "end", "running", "full"),
    [
        ("2025-03-21 10:00", None, "10am Friday 21 March", "Friday 21 March 2025, 10am"),
        (
            "2025-06-06 10:00",
            "2025-06-06 12:00",
            "10am to midday on Friday 6 June",
            "Friday 6 June 2025, 10am to midday",
        ),
        ("2025-03-20 09:00", "16:30", "9am to 4:30pm on Thursday 20 March", "Thursday 20 March 2025, 9am to 4:30pm"),
        ("2025-03-20", None, "Thursday 20 March", "Thursday 20 March 2025"),
        ("2025-03-20", "16:30", "until 4:30pm Thursday 20 March", "Thursday 20 March 2025, until 4:30pm"),
        ("2025-03-20 09:00", "2025-03-20", "9am Thursday 20 March", "Thursday 20 March 2025, 9am"),
        (
            "2025-03-20 20:00",
            "2025-03-21 00:00",
            "8pm to midnight on Thursday 20 March",
            "Thursday 20 March 2025, 8pm to midnight",
        ),
        (
            "2025-03-20 20:00",
            "2025-03-22 00:00",
            "8pm Thursday 20 March to midnight Friday 21 March",
            "8pm Thursday 20 March to midnight Friday 21 March 2025",
        ),
        ("2025-03-20", "2025-03-21", "Thursday 20 to Friday 21 March", "Thursday 20 to Friday 21 March 2025"),
        (
            "2025-06-30",
            "2025-07-01",
            "Monday 30 June to Tuesday 1 July",
            "Monday 30 June to Tuesday 1 July 2025",
        ),
        (
            "2025-12-31",
            "2026-01-02",
            "Wednesday 31 December 2025 to Friday 2 January 2026",
            "Wednesday 31 December 2025 to Friday 2 January 2026",
        ),
        (
            "2025-03-20 09:00",
            "2025-03-21 16:00",
            "9am Thursday 20 March to 4pm Friday 21 March",
            "9am Thursday 20 March to 4pm Friday 21 March 2025",
        ),
        (
            "2025-03-20 09:00",
            "2025-03-21",
            "9am Thursday 20 to Friday 21 March",
            "9am Thursday 20 to Friday 21 March 2025",
        ),
        ("2026-05-07", "2026-05-08", "Thursday 7 to Friday 8 May 2026", "Thursday 7 to Friday 8 May 2026"),
    ],
)
def test_when(start: str, end: str | None, running: str, full: str) -> None:
    assert phrases.when(event(start, end), TODAY) == running
    assert phrases.when_in_full(event(start, end)) == full


def test_the_leaf_of_a_calendar() -> None:
    assert phrases.leaf(event("2025-09-01 10:00", "2025-10-02")) == ("1", "Sep")


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31))  # noqa: DTZ001 - local to the newsletter


@given(MOMENTS, MOMENTS)
def test_a_span_of_time_never_holds_a_dash(one: datetime, other: datetime) -> None:
    start, end = sorted([one.replace(second=0, microsecond=0), other.replace(second=0, microsecond=0)])
    if start < end:
        said = phrases.when(Event(start=start, end=end), TODAY) + phrases.when_in_full(Event(start=start, end=end))
        assert not {"-", "–", "—"} & set(said)  # noqa: RUF001 - the dash under test
        assert "  " not in said


def test_a_meeting_says_when_and_where() -> None:
    plain = Meeting.model_validate({"start": "2025-03-21 10:00", "place": "London, in person"})
    named = Meeting.model_validate({"name": "Leads", "start": "2025-06-06 10:00", "end": "12:00", "place": "Teams"})
    assert phrases.meeting_line(plain, TODAY) == "10am Friday 21 March, London, in person"
    assert phrases.meeting_line(named, TODAY) == "Leads: 10am to midday on Friday 6 June, Teams"


def test_whom_to_ask_about_a_meeting() -> None:
    def more(words: str | None) -> phrases.More | None:
        return phrases.more_of(Meeting.model_validate({"start": "2025-03-21", "more": words}))

    assert more(None) is None
    assert more("leads@example.org") == phrases.More("More from ", "leads@example.org")
    assert more("Ask your chair") == phrases.More("Ask your chair")


def test_a_contact_is_named_with_the_way_to_them() -> None:
    morgan = Contact(id="morgan-ellis", role="Network Lead", name="Morgan Ellis", organisation="South East Programme")
    assert phrases.more_from(morgan) == "More from Morgan Ellis (contact details below)"


def test_a_publication_makes_a_sentence() -> None:
    made = phrases.publication_sentence(publication(url="https://example.org/g", verb="launched"), TODAY)
    assert made == phrases.Sentence("On 27 February DfE launched ", "Guidance", "", "https://example.org/g")


def test_the_second_line_of_a_title_is_its_subtitle() -> None:
    made = phrases.publication_sentence(publication(title="Guidance\nfor leaders\n and heads\n"), TODAY)
    assert (made.title, made.subtitle) == ("Guidance", "for leaders and heads")


def test_a_sentence_of_the_editors_own_stays_whole() -> None:
    made = phrases.publication_sentence(publication(line="On Monday [it](https://example.org) *appeared*"), TODAY)
    assert made == phrases.Sentence(line="On Monday [it](https://example.org) *appeared*")


def test_a_meta_line_names_publisher_and_day() -> None:
    assert phrases.meta_line(publication()) == "DfE · 27 February 2025"
    assert phrases.meta_line(publication(by=None, title=None, line="x")) == "27 February 2025"


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("Guidance", "Guidance"),
        ("Guidance\nfor leaders", "Guidance: for leaders"),
        ("Who leads?\nA guide", "Who leads? A guide"),
    ],
)
def test_a_subtitle_follows_on_the_same_line(title: str, whole: str) -> None:
    assert phrases.publication_sentence(publication(title=title), TODAY).whole_title == whole


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, ""),
        ({"url": "https://example.org/full.PDF?v=2", "pages": 28}, "(pdf, 28 pages)"),
        ({"pages": 1}, "(1 page)"),
        ({"url": "https://example.org/a.xlsx"}, "(Excel spreadsheet)"),
        ({"minutes": "2:44"}, "(video, 2:44)"),
        ({"minutes": "34"}, "(video, 34 minutes)"),
        ({"minutes": "1", "kind": "film"}, "(film, 1 minute)"),
        ({"text": "The podcast", "minutes": "34:10"}, "(34:10)"),
        ({"text": "Listen", "url": "https://example.org/podcast/9", "minutes": "34:10"}, "(podcast, 34:10)"),
        ({"text": "Slides for governors", "kind": "slides"}, ""),
        ({"kind": "slides", "pages": 12}, "(slides, 12 pages)"),
        ({"url": "https://example.org/talk.mp3", "minutes": "1:02:30"}, "(audio, 1:02:30)"),
    ],
)
def test_a_link_says_what_to_expect(keys: dict[str, object], said: str) -> None:
    assert phrases.link_note(link(**keys)) == said


def test_the_small_ones() -> None:
    assert phrases.closes(date(2025, 3, 18), TODAY) == "Closes Tuesday 18 March"
    assert phrases.first_in(651, NEWSLETTER) == "First in Update no 651"
    assert phrases.why(NEWSLETTER) == "You get this email because you are on the mailing list of Friday Update."
