"""In the issue of 14 March 2025: every date of the first list has passed as a closing date, none of the second has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.calendar.speaking import spoken_of

if TYPE_CHECKING:
    from pathlib import Path

PASSED = (
    "The consultation closes at 11:45pm on 10 March 2025.",
    "Closing date for applications: 9am, Monday 10 March",
    "Deadline for expressions of interest is Wednesday 5 March at 5pm.",
    "Applications close Sunday 9 March",
    "Responses should be submitted by 28 February.",
    "RSVP by Monday 10 March to jo@example.org",
    "Please let Robin know by Thursday 6 March if you would like to come.",
    "You can respond to the consultation until 6 March 2025.",
    "Have your say before the consultation ends on 2 March",
    "Expressions of interest by 7 March please.",
    "Please share with colleagues and book by 3 March 2025.",
    "Applicants have until Friday 7 March to apply.",
    "The window for bids closes this Monday (10 March).",
    "Forms are due in by 5 March.",
    "Bids must reach us by 5 March.",
    "Views are sought until 5 March.",
    "The deadline has been extended to Friday 7 March.",
    "Open for applications from 3 February to 7 March.",
)
NOT_PASSED = (
    "Please send items for the next update by noon on Wednesday 19 March.",
    "The grant runs until 31 March 2025 and cannot be carried over.",
    "The consultation that closed on 10 January drew 300 answers; it ran until 7 February.",
    "The survey has now closed (7 March).",
    "Extended deadline: the closing date is now 28 March, not 7 March, as originally said.",
    "Deadline extended to Friday 28 March (was 7 March).",
    "If you responded before 7 March, there is nothing to do.",
    "We had 120 bookings by 7 March, and 30 councils responded by 3 March.",
    "Return the form you received by post on 3 March.",
    "Please apply the guidance issued on 1 March 2025, and read the update of 7 March.",
    "Open to anyone who turned 18 before 1 September 2024.",
    "Children must be in care before 1 January 2025 to qualify.",
    "You do not need to apply if you applied before 1 March.",
    "The financial year ends on 5 March, the term closes on 7 March.",
    "Children in need as at 3 March; figures for the year to 28 February.",
    "> The survey closes on 3 March.",
    "In June 2026 the form is due by 10 June.",
)


def test_closing_dates_that_have_passed(tmp_path: Path) -> None:
    assert spoken_of(tmp_path / "letter", PASSED, "past-deadline") == list(PASSED)


def test_dates_that_close_nothing_or_not_yet(tmp_path: Path) -> None:
    assert spoken_of(tmp_path / "letter", NOT_PASSED, "past-deadline") == []


def test_a_closing_date_is_no_event(tmp_path: Path) -> None:
    assert spoken_of(tmp_path / "letter", PASSED, "past-event") == []
