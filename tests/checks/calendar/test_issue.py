"""The issue's own date and number, and the days of what it announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.calendar.speaking import said
from tests.checks.making import ABSENT

if TYPE_CHECKING:
    from pathlib import Path

ITEM = "updates:\n  - {title: An item, body: A text.}\n"


def dated(day: str) -> dict[str, str]:
    return {"issue.yaml": f"number: 653\ndate: {day}\n{ITEM}"}


def test_an_issue_is_dated_after_the_one_before_it(tmp_path: Path) -> None:
    assert said(tmp_path / "after", dated("2025-03-08"), "issue-order") == []
    for day in ("2025-03-07", "2025-03-06"):
        assert said(tmp_path / day, dated(day), "issue-order")[0].startswith("issues/653.yaml:2:7: ")


def test_earlier_issues_in_the_wrong_order_are_named(tmp_path: Path) -> None:
    earlier = {"issues/651.yaml": f"number: 651\ndate: 2025-03-12\n{ITEM}"}
    assert said(tmp_path / "letter", earlier, "issue-order") == [
        "issues/651.yaml:2:7: 12 March 2025 is after issue 652 of 7 March 2025"
    ]


def test_numbers_follow_each_other(tmp_path: Path) -> None:
    assert said(tmp_path / "first", {"issues/652.yaml": ABSENT}, "issue-number") == []
    gap = {"issues/652.yaml": ABSENT, "issues/600.yaml": f"number: 600\ndate: 2025-03-07\n{ITEM}"}
    assert said(tmp_path / "gap", gap, "issue-number") == [
        "issues/653.yaml:1:9: the issue before 653 is 600: there is no 652"
    ]


def test_another_day_is_right_in_the_week_of_a_bank_holiday(tmp_path: Path) -> None:
    assert said(tmp_path / "holiday", dated("2025-04-17"), "publication-day") == []
    settings = {"newsletter.yaml": "checks: {bank_holidays: none}\n"}
    assert len(said(tmp_path / "none", {**dated("2025-04-17"), **settings}, "publication-day")) == 1
    settings = {"newsletter.yaml": "publication_day: thursday\n"}
    assert said(tmp_path / "thursday", {**dated("2025-03-13"), **settings}, "publication-day") == []


def test_bank_holidays_of_a_country(tmp_path: Path) -> None:
    networks = (
        "- heading: Dates\n  networks:\n    - name: Leads\n      meetings:\n"
        "        - {start: 2025-01-01}\n        - {start: 2025-05-05 10:00}\n"
    )
    files = {**dated("2025-04-21"), "networks.yaml": networks}
    assert said(tmp_path / "england", files, "bank-holiday") == [
        "issues/653.yaml:2:7: Monday 21 April 2025 is a bank holiday: Easter Monday",
        "issues/standing/networks.yaml:6:19: Monday 5 May 2025 is a bank holiday: May Day",
    ]
    files["newsletter.yaml"] = "checks: {bank_holidays: none}\n"
    assert said(tmp_path / "none", files, "bank-holiday") == []


def test_dates_of_publications(tmp_path: Path) -> None:
    lines = "".join(
        f"  - {{date: {day}, by: DfE, title: Title {day}, url: https://www.example.org/{day}}}\n"
        for day in ("2025-03-14", "2025-03-15", "2024-03-14", "2024-02-21", "2024-02-20", "2024-03-15", "2023-03-10")
    )
    sentence = "  - {date: 2025-03-20, line: The Trust will publish a guide}\n"
    found = said(tmp_path / "letter", {"issue.yaml": f"updates: []\ntools:\n{lines}{sentence}"}, "publication-date")
    assert [line.partition(": ")[0] for line in found] == [f"issues/653.yaml:{number}:12" for number in (6, 7, 8, 12)]
