"""In the issue of 14 March 2025: every date of the first list is announced though it is over, none of the second is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.calendar.speaking import spoken_of

if TYPE_CHECKING:
    from pathlib import Path

ANNOUNCED = (
    "Webinar on Wednesday 12 March at 2pm: places are still free.",
    "Join colleagues from across the region at our conference in Winford on Thursday 6 March.",
    "The next forum will be on Wednesday 5 March, 10am to 12 noon.",
    "The conference takes place at Winford Town Hall on Friday 7 March.",
    "Safeguarding leads: Friday 7 March 10:00am.",
    "Data group: 10am Thursday 27 February.",
    "Finance Directors Group: 4pm 6 February: value for money",
    "Register your place for the launch event on 11 March.",
    "Places are available for the course on Tuesday 4 March.",
    "You are invited to the launch on Monday 10 March.",
    "Free event | Tuesday 11 March | 10am-12pm | Teams",
    "The next session, on Wednesday 12 March, has places left.",
    "There is a drop-in on Monday 10 March.",
    "Our AGM is this Tuesday (11 March).",
    "Find out more at the briefing on 6 March.",
    "On Tuesday 11 March we will be hosting a morning for new heads.",
)
NOT_ANNOUNCED = (
    "Minutes of the meeting on Wednesday 5 March 2025, 10.00am",
    "Webinar recording: 6 March 2025, and slides of 12 March, 10am",
    "At 2.30pm on 4 March, a child was found.",
    "From 9am on Monday 10 March the team is based in Winford.",
    "The regulations, laid on 3 March, will come into force on 1 April.",
    "The strategy that we launched on 3 March will run for five years.",
    "It will build on the event on 6 March, and details will follow the meeting on 12 March.",
    "Ministers will decide after the debate on 11 March. Will the announcement on 11 March help?",
    "The judgment on 13 March will be welcomed.",
    "To mark the day (Saturday 8 March), we talked to five leaders.",
    "Join the conversation about the report of 3 March, and the network launched on 3 March.",
    "Meet the winners of 8 March. See the data as at 1 March.",
    "Following the webinar (12 March), join us for part two on 26 March.",
    "The webinar on 12 March was the first of three; both webinars (12 and 26 March) are free.",
    "She leaves on 31 March; he started on Monday 10 March.",
    "Don't forget that the deadline was 7 March.",
    "> Join us on 3 March.",
    "Save the date: Friday 14 March.",
    "The guidance has a new annex. Time updated: 4:06pm, 13 March 2025",
    "Last updated: 9am, 12 March 2025",
)


def test_events_that_are_over(tmp_path: Path) -> None:
    assert spoken_of(tmp_path / "letter", ANNOUNCED, "past-event") == list(ANNOUNCED)


def test_dates_on_which_nothing_is_announced(tmp_path: Path) -> None:
    assert spoken_of(tmp_path / "letter", NOT_ANNOUNCED, "past-event") == []
