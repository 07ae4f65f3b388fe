"""Closing dates and events that are over: in keys, in reminders, in the reading list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.calendar.speaking import said

if TYPE_CHECKING:
    from pathlib import Path


def test_keys_of_the_news_that_are_past(tmp_path: Path) -> None:
    issue = (
        "updates:\n"
        "  - {title: One, closes: 2025-03-13}\n"
        "  - {title: Two, closes: 2025-03-14}\n"
        "  - {title: Three, publication: {date: 2025-03-12, line: A survey, until: 2025-03-13}}\n"
        "tools:\n"
        "  - {date: 2025-03-12, line: Another survey, until: 2025-03-12}\n"
    )
    assert said(tmp_path / "letter", {"issue.yaml": issue}, "past-deadline") == [
        "issues/653.yaml:4:26: this closed on 13 March 2025, before the issue's date",
        "issues/653.yaml:6:75: the reading list names this until 13 March 2025, before the issue's date",
        "issues/653.yaml:8:53: the reading list names this until 12 March 2025, before the issue's date",
    ]


def test_a_reminder_and_the_reading_list_may_have_become_wrong(tmp_path: Path) -> None:
    before = (
        "number: 652\ndate: 2025-03-07\n"
        "updates:\n  - {title: A survey, body: Please answer by 12 March.}\n"
        "tools:\n"
        "  - {date: 2025-03-05, line: The Trust opened a consultation that closes on 13 March 2025}\n"
        "  - {date: 2025-03-05, line: 'A call, which closes on 12 March 2025', until: 2025-03-12}\n"
    )
    assert said(tmp_path / "letter", {"issues/652.yaml": before}, "past-deadline") == [
        "issues/652.yaml:4:46: the closing date '12 March' is before the issue's date, 14 March 2025",
        "issues/652.yaml:6:77: the closing date '13 March 2025' is before the issue's date, 14 March 2025",
    ]


def test_events_of_the_news_that_are_past_unless_they_are_told(tmp_path: Path) -> None:
    issue = (
        "updates:\n"
        "  - {title: One, event: {start: 2025-03-13 10:00}, body: Bring a question.}\n"
        "  - {title: Two, event: {start: 2025-03-13, end: 2025-03-14}, body: Bring a question.}\n"
        "  - {title: Three, event: {start: 2025-03-13}, body: Forty people attended.}\n"
        "  - {title: Four, event: {start: 2025-03-13}, links: [{text: Slides, url: https://www.example.org/s}]}\n"
    )
    assert said(tmp_path / "letter", {"issue.yaml": issue}, "past-event") == [
        "issues/653.yaml:4:33: this took place on 13 March 2025, before the issue's date"
    ]


def test_a_day_alone_above_how_to_register(tmp_path: Path) -> None:
    issue = (
        "updates:\n"
        '  - {title: One, body: "Tuesday 11 March 2025\\n\\nPlease register with Robin."}\n'
        '  - {title: Two, body: "Tuesday 11 March 2025\\n\\nForty people heard the story."}\n'
        '  - {title: Three, body: "> Join us on 11 March\\n\\nSo said the poster."}\n'
    )
    assert said(tmp_path / "letter", {"issue.yaml": issue}, "past-event") == [
        "issues/653.yaml:4:25: 'Tuesday 11 March 2025' is announced, and is before the issue's date, 14 March 2025"
    ]


def test_a_meeting_that_is_no_longer_printed_is_left_alone(tmp_path: Path) -> None:
    networks = (
        "- heading: Dates\n  networks:\n    - name: Leads\n      meetings:\n"
        "        - {start: 2025-03-11, more: Please reply by 10 March}\n"
        "        - {start: 2025-04-03, more: Please reply by 11 March}\n"
    )
    assert said(tmp_path / "letter", {"networks.yaml": networks}, "past-deadline") == [
        "issues/standing/networks.yaml:6:53: the closing date '11 March' is before the issue's date, 14 March 2025"
    ]
