"""What sentences alone cannot show: where a weekday is found, and by which date it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.calendar.speaking import said

if TYPE_CHECKING:
    from pathlib import Path


def test_it_points_at_the_weekday_wherever_it_is_printed(tmp_path: Path) -> None:
    issue = (
        "subject: Places left on Monday 18 March\n"
        'intro: "**Tuesday** 18 March is right, *Monday* 18 March is not."\n'
        "updates:\n  - title: Monday 18 March\n    body: |\n      One line,\n\n      - and Mon\n        18 March.\n"
        "tools:\n  - {date: 2025-03-10, line: 'The slides of Monday 9 March'}\n"
    )
    networks = (
        "- heading: Dates\n  networks:\n    - name: Leads\n      note: We meet on Monday 18 March.\n      meetings:\n"
        "        - {start: 2025-02-03, more: Papers by Monday 4 February}\n"
        "        - {start: 2025-04-03, more: Papers by Monday 18 March}\n"
    )
    assert said(tmp_path / "letter", {"issue.yaml": issue, "networks.yaml": networks}, "weekday") == [
        "issues/653.yaml:3:25: 18 March 2025 is a Tuesday, not a Monday",
        "issues/653.yaml:4:41: 18 March 2025 is a Tuesday, not a Monday",
        "issues/653.yaml:6:12: 18 March 2025 is a Tuesday, not a Monday",
        "issues/653.yaml:10:13: 18 March 2025 is a Tuesday, not a Monday",
        "issues/653.yaml:13:45: 9 March 2025 is a Sunday, not a Monday",
        "issues/standing/networks.yaml:4:24: 18 March 2025 is a Tuesday, not a Monday",
        "issues/standing/networks.yaml:7:47: 18 March 2025 is a Tuesday, not a Monday",
    ]


def test_a_reminder_is_judged_by_the_date_of_its_first_issue(tmp_path: Path) -> None:
    earlier = "updates:\n  - title: A course\n    body: The course began on {day} January.\n    remind: 20\n"
    files = {"issues/652.yaml": "number: 652\ndate: 2025-02-21\n" + earlier.format(day="Friday 3")}
    assert said(tmp_path / "right", files, "weekday") == []
    files = {"issues/652.yaml": "number: 652\ndate: 2025-02-21\n" + earlier.format(day="Thursday 3")}
    assert said(tmp_path / "wrong", files, "weekday") == [
        "issues/652.yaml:5:31: 3 January 2025 is a Friday, not a Thursday"
    ]


def test_another_year_or_month_of_the_text_may_be_meant(tmp_path: Path) -> None:
    bodies = (
        "In 2023 the conference on Friday 10 March was full.",
        "The dates for 2026 are set, and the first is Friday 20 March.",
        "Last year we met on Monday 18 March.",
        "In June we are in Downhaven. Come on Friday 20th.",
        "See https://www.example.org/monday-18-march or <https://www.example.org/Monday/18/March>.",
    )
    items = "".join(f'  - {{title: Item {at}, body: "{body}"}}\n' for at, body in enumerate(bodies))
    assert said(tmp_path / "letter", {"issue.yaml": f"updates:\n{items}"}, "weekday") == []


def test_there_is_no_such_date_however_it_is_written(tmp_path: Path) -> None:
    bodies = (
        "On 31/04/2025 and 2025-02-30.",
        "29 and 31 June.",
        "Rooms 30, 31 and 5 June.",
        "On 29 February it rained.",
    )
    items = "".join(f'  - {{title: Item {at}, body: "{body}"}}\n' for at, body in enumerate(bodies))
    assert said(tmp_path / "letter", {"issue.yaml": f"updates:\n{items}"}, "no-such-date") == [
        "issues/653.yaml:4:31: there is no 31 April 2025",
        "issues/653.yaml:4:46: there is no 30 February 2025",
        "issues/653.yaml:5:35: there is no 31 June",
    ]
