from __future__ import annotations

import errno
import os
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer import galley
from composer.errors import ComposerError, FindingsError, UsageError
from composer.home import Home
from composer.issue import Issue
from composer.scaffold import new_issue, start
from composer.scaffold.wording import next_day
from composer.source import load

if TYPE_CHECKING:
    from pathlib import Path

    from composer.settings import Newsletter

FRIDAY = date(2025, 3, 14)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    start(tmp_path, today=FRIDAY)
    (tmp_path / "issues" / "1.yaml").unlink()
    return Home(tmp_path)


def settings(home: Home) -> Newsletter:
    newsletter = home.newsletter().value
    assert newsletter is not None
    return newsletter


def written(home: Home, number: int, day: str, *lines: str) -> None:
    text = "\n".join([f"number: {number}", f"date: {day}", *lines, ""])
    (home.issues / f"{number}.yaml").write_text(text, encoding="utf-8", newline="\n")


def scaffold(home: Home, today: date = FRIDAY) -> str:
    return new_issue(home, settings(home), today=today).read_bytes().decode()


def forecast(home: Home) -> list[str]:
    """The comment above the number, without the remarks on how to write."""
    comment = scaffold(home).split("\nnumber:")[0].split("while you type.")[1]
    return [line.removeprefix("#").strip() for line in comment.split("\n") if line.strip("# ")]


@pytest.mark.parametrize(
    ("newest", "today", "expected"),
    [
        ("2025-03-07", date(2025, 3, 10), "2025-03-14"),
        ("2025-03-07", date(2025, 3, 14), "2025-03-14"),
        ("2025-03-14", date(2025, 3, 14), "2025-03-21"),
        ("2025-03-13", date(2025, 3, 13), "2025-03-14"),
        ("2025-04-04", date(2025, 3, 14), "2025-04-11"),
        ("2024-12-20", date(2025, 1, 6), "2025-01-10"),
    ],
)
def test_the_next_number_on_the_next_day_of_publication(home: Home, newest: str, today: date, expected: str) -> None:
    written(home, 652, newest)
    scaffold(home, today)
    issue = home.issue(653).value
    assert issue is not None
    assert issue.date.isoformat() == expected


def test_the_first_issue_of_all(home: Home) -> None:
    scaffold(home)
    issue = home.issue(1).value
    assert issue is not None
    assert issue.date == FRIDAY


@pytest.mark.parametrize(("weekday", "expected"), [("friday", 14), ("saturday", 15), ("thursday", 20)])
def test_every_weekday_comes(weekday: str, expected: int) -> None:
    assert next_day(weekday, FRIDAY) == date(2025, 3, expected)  # type: ignore[arg-type]


def test_what_it_writes_has_nothing_to_complain_about(home: Home) -> None:
    written(home, 1, "2025-03-07")
    scaffold(home)
    assert home.issue(2).findings == ()
    assert galley.check(home, 2, settings(home)) == ()


def test_its_examples_are_valid_when_their_marks_are_taken_away(home: Home) -> None:
    lines = scaffold(home).split("\n")
    lines = [re.sub("^# ?", "", line) for line in lines[lines.index("number: 1") :] if not re.match("# [A-Z]", line)]
    loaded = load(Issue, "\n".join(lines).encode(), "issues/1.yaml")
    assert loaded.findings == ()
    assert loaded.value is not None
    assert loaded.value.model_fields_set == set(Issue.model_fields)
    assert {key for item in loaded.value.updates for key in item.model_fields_set} >= {
        *("id", "title", "publication", "image", "body", "links", "event", "closes", "contact", "audience", "remind")
    }


def test_it_says_what_will_be_carried_and_why(home: Home) -> None:
    written(
        home,
        1,
        "2025-03-07",
        "updates:",
        "  - {title: Once more, remind: 1}",
        "  - {title: Long, remind: 3}",
        "  - {title: Never, remind: 0}",
        "  - {id: course, title: A course, event: {start: 2025-03-20}, remind: until}",
        "  - {title: Soon over, closes: 2025-03-25}",
        "  - {title: Over, closes: 2025-03-13}",
        "  - {title: Dropped}",
    )
    lines = forecast(home)
    assert lines[: lines.index("Network dates (issues/standing/networks.yaml):")] == [
        "Repeated by itself, after the network dates (leave one out with reminders: drop):",
        *("once-more", "Once more · First in Update no 1 · for the last time"),
        *("long", "Long · First in Update no 1 · this time and 2 more"),
        *("course", "A course · First in Update no 1 · until 20 March 2025"),
        *("soon-over", "Soon over · First in Update no 1 · this time and 1 more, at most until 25 March 2025"),
        *("dropped", "Dropped · First in Update no 1 · this time and 1 more"),
        "Over by then:",
        *("over", "Over · First in Update no 1 · until 13 March 2025"),
    ]
    written(home, 2, "2025-03-14", "reminders: {drop: [dropped]}")
    lines = forecast(home)
    assert lines[: lines.index("Network dates (issues/standing/networks.yaml):")] == [
        "Repeated by itself, after the network dates (leave one out with reminders: drop):",
        *("long", "Long · First in Update no 1 · this time and 1 more"),
        *("soon-over", "Soon over · First in Update no 1 · for the last time, at most until 25 March 2025"),
        "Not repeated any more (have one once more with reminders: keep):",
        *("once-more", "Once more · First in Update no 1 · repeated once"),
        "Over by then:",
        *("course", "A course · First in Update no 1 · until 20 March 2025"),
    ]


def test_the_coming_network_dates(home: Home) -> None:
    assert forecast(home)[-4:] == [
        "Network dates (issues/standing/networks.yaml):",
        "Team Leads: 10am to 11:30am on Thursday 27 March, Teams",
        "Team Leads: 10am Thursday 24 April, Town Hall, in person",
        "New Colleagues: Tour of the house: Thursday 17 April",
    ]


def test_the_forecast_is_what_the_edition_then_carries(home: Home) -> None:
    from composer.edition import compose

    written(home, 1, "2025-02-28", "updates: [{title: A, remind: 2}, {title: B}, {title: C, remind: 1}]")
    written(home, 2, "2025-03-07", "updates: [{title: D, closes: 2025-03-10}, {title: E}]")
    lines = forecast(home)
    edition = compose(home, 3, settings(home)).edition
    assert edition is not None
    end = next(index for index, line in enumerate(lines) if "any more" in line)
    assert [entry.key for entry in edition.reminders] == lines[1:end:2] == ["e", "a", "b"]


def test_a_title_cannot_leave_the_comment(home: Home) -> None:
    written(home, 1, "2025-03-07", "updates:", "  - title: |", "      First", "      updates: 7")
    scaffold(home)
    issue = home.issue(2)
    assert issue.findings == ()
    assert issue.value is not None
    assert issue.value.updates == ()


def test_line_ends_are_those_of_the_newest_issue(home: Home) -> None:
    (home.issues / "1.yaml").write_bytes(b"number: 1\r\ndate: 2025-03-07\r\n")
    text = scaffold(home)
    assert text.count("\r\n") == text.count("\n") > 20
    assert home.issue(2).findings == ()
    assert "\r\n" in scaffold(home)
    written(home, 4, "2025-03-28")
    assert "\r" not in scaffold(home)


def test_nothing_is_overwritten(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    written(home, 1, "2025-03-07")
    (home.issues / "2.yaml").write_text("mine", encoding="utf-8")
    monkeypatch.setattr(Home, "newest", lambda _: 1)
    with pytest.raises(UsageError, match=r"issues/2.yaml exists already; it was left as it is"):
        scaffold(home)
    assert (home.issues / "2.yaml").read_text(encoding="utf-8") == "mine"


def test_an_unreadable_newest_issue_stops_it(home: Home) -> None:
    written(home, 1, "14 March")
    with pytest.raises(FindingsError, match=r"issues/1.yaml:2:7: error"):
        scaffold(home)


def test_a_folder_that_cannot_be_written_is_one_sentence(home: Home) -> None:
    import shutil

    shutil.rmtree(home.issues)
    home.issues.write_text("a file", encoding="utf-8")
    with pytest.raises(ComposerError):
        scaffold(home)


def test_a_full_disk_leaves_no_half_issue_behind(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking_off(file: Path, data: bytes) -> int:
        file.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), f"{file}: {len(data)}")

    monkeypatch.setattr("pathlib.Path.write_bytes", breaking_off)
    with pytest.raises(ComposerError, match=r"issues/1.yaml cannot be written: No space left on device"):
        new_issue(home, settings(home), today=FRIDAY)
    assert [path.name for path in home.issues.iterdir() if path.is_file()] == []
