from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer.edition.carrying import shelf_of
from composer.errors import Place
from composer.source import Loaded, Places
from tests.edition.making import edition, friday, issue, item, keys, merged, typed

if TYPE_CHECKING:
    from composer.issue import Issue


def test_an_item_is_news_once_and_a_reminder_as_often_as_it_says() -> None:
    story = item("Kinship care", remind=2)
    weeks = [issue(1, story), issue(2), issue(3), issue(4)]
    assert keys(edition(weeks[0]).updates) == ["kinship-care"]
    assert [keys(edition(*weeks[:count]).reminders) for count in (1, 2, 3, 4)] == [
        [],
        ["kinship-care"],
        ["kinship-care"],
        [],
    ]


def test_a_gap_in_the_calendar_or_in_the_numbers_loses_nothing() -> None:
    before = issue(3, item("Kinship care", remind=1))
    after_christmas = issue(40, date=date(2026, 3, 6))
    assert keys(edition(before, after_christmas).reminders) == ["kinship-care"]


def test_the_newsletter_says_how_often_where_the_item_does_not() -> None:
    weeks = [issue(1, item("Kinship care")), issue(2), issue(3)]
    assert keys(edition(*weeks, reminders={"default": 1}).reminders) == []
    assert keys(edition(*weeks, reminders={"default": 2}).reminders) == ["kinship-care"]


def test_until_lasts_to_the_event_and_at_most_to_the_horizon() -> None:
    story = item("Conference", remind="until", closes=friday(4))
    weeks = [issue(1, story), *(issue(number) for number in range(2, 6))]
    assert keys(edition(*weeks[:4]).reminders) == ["conference"]
    assert keys(edition(*weeks).reminders) == []
    assert keys(edition(*weeks[:4], reminders={"horizon": 2}).reminders) == []


def test_an_expired_item_is_not_carried_even_when_it_is_due() -> None:
    story = item("Conference", remind=5, event={"start": "2025-01-09 10:00", "end": "2025-01-10 16:00"})
    assert keys(edition(issue(1, story), issue(2)).reminders) == ["conference"]
    assert keys(edition(issue(1, story), issue(2), issue(3)).reminders) == []


def test_a_newer_item_with_the_same_id_supersedes_the_older_one_even_when_it_is_not_carried() -> None:
    weeks = [issue(1, item("Old words", id="plan", remind=5)), issue(2, item("New words", id="plan", remind=0))]
    assert keys(edition(*weeks, issue(3)).reminders) == []


def test_this_issues_own_news_supersedes_a_reminder() -> None:
    result = edition(issue(1, item("Old words", id="plan", remind=5)), issue(2, item("New words", id="plan")))
    assert [entry.item.title for entry in result.updates] == ["New words"]
    assert result.reminders == ()


def test_drop_holds_for_this_issue_and_all_later_ones() -> None:
    weeks = [issue(1, item("Plan", remind=5)), issue(2, reminders={"drop": ["plan"]}), issue(3)]
    assert keys(edition(*weeks[:2]).reminders) == []
    assert keys(edition(*weeks).reminders) == []


def test_keep_holds_for_one_issue() -> None:
    weeks = [issue(1, item("Plan", remind=0)), issue(2, reminders={"keep": ["plan"]}), issue(3)]
    assert keys(edition(*weeks[:2]).reminders) == ["plan"]
    assert keys(edition(*weeks).reminders) == []


def test_keep_revives_what_an_earlier_issue_dropped_one_time() -> None:
    weeks = [
        issue(1, item("Plan", remind=9)),
        issue(2, reminders={"drop": ["plan"]}),
        issue(3, reminders={"keep": ["plan"]}),
        issue(4),
    ]
    assert keys(edition(*weeks[:3]).reminders) == ["plan"]
    assert keys(edition(*weeks).reminders) == []


def test_an_edit_holds_from_its_issue_on_and_later_ones_come_on_top() -> None:
    weeks = [
        issue(1, item("Plan", remind=9, body="One")),
        issue(2, reminders={"edit": {"plan": {"title": "The plan"}}}),
        issue(3, reminders={"edit": {"plan": {"body": "Two"}}}),
        issue(4),
    ]
    (second,) = edition(*weeks[:2]).reminders
    (last,) = edition(*weeks).reminders
    assert (second.item.title, second.item.body) == ("The plan", "One")
    assert (last.item.title, last.item.body, last.key, last.first_in) == ("The plan", "Two", "plan", 1)


def test_an_edit_can_change_when_an_item_expires() -> None:
    over = item("Survey", remind=9, closes=friday(2))
    longer = {"edit": {"survey": {"closes": friday(4)}}}
    shorter = {"edit": {"survey": {"closes": friday(1)}}}
    assert keys(edition(issue(1, over), issue(2), issue(3, reminders=longer)).reminders) == ["survey"]
    result, findings = merged(issue(1, over), issue(2, reminders=shorter))
    assert result.reminders == ()
    assert [finding.message for finding in findings] == ["'survey' is edited but not printed"]


def test_keep_and_a_new_date_together_bring_back_an_expired_item() -> None:
    words = {"keep": ["survey"], "edit": {"survey": {"closes": friday(9)}}}
    result = edition(issue(1, item("Survey", remind=0, closes=friday(1))), issue(2, reminders=words))
    assert keys(result.reminders) == ["survey"]


def test_an_edit_of_an_older_item_leaves_the_news_of_its_own_issue_alone() -> None:
    weeks = [
        issue(1, item("Old", id="plan")),
        issue(2, item("New", id="plan"), reminders={"edit": {"plan": {"title": "Edited"}}}),
    ]
    (entry,) = edition(*weeks, issue(3)).reminders
    assert entry.item.title == "New"


def test_reminders_stand_newest_issue_first_and_then_as_the_editor_put_them() -> None:
    weeks = [issue(1, item("B"), item("A")), issue(2, item("D"), item("C")), issue(3)]
    assert keys(edition(*weeks).reminders) == ["d", "c", "b", "a"]


def test_a_reminder_knows_where_it_comes_from() -> None:
    (entry,) = edition(issue(7, item("Plan")), issue(8)).reminders
    assert (entry.first_in, entry.first_on, entry.place) == (7, friday(7), Place("issues/7.yaml"))


def test_the_place_of_a_value_is_in_the_file_that_wrote_it_last() -> None:
    first = typed(1, "updates:\n  - title: Plan\n    body: |\n      One\n      two\n    remind: 3\n")
    second = typed(2, "reminders:\n  edit:\n    plan:\n      body: |\n        New\n        words\n")
    (entry,) = edition(first, second, issue(3)).reminders
    assert str(entry.place) == "issues/1.yaml:4:5"
    assert str(entry.place_of("title")) == "issues/1.yaml:4:12"
    assert str(entry.place_of("body", line=1)) == "issues/2.yaml:8:9"


def test_an_issue_that_cannot_be_read_still_counts_as_an_issue() -> None:
    unreadable: Loaded[Issue] = Loaded(None, Places("issues/2.yaml", b""))
    assert keys(edition(issue(1, item("Plan", remind=1)), unreadable, issue(3)).reminders) == []


def test_the_same_id_twice_in_an_earlier_issue_prints_once() -> None:
    assert keys(edition(issue(1, item("Plan"), item("Plan")), issue(2)).reminders) == ["plan"]
    first, second = item("First", id="plan"), item("Second", id="plan")
    [kept] = edition(issue(1, first, second), issue(2)).reminders
    assert kept.item.title == "First"


@pytest.mark.parametrize("remind", [3, "until"])
def test_the_horizon_is_the_end_whatever_an_item_says(remind: int | str) -> None:
    weeks = [issue(number, *([item("Plan", remind=remind)] if number == 1 else [])) for number in (1, 2, 3)]
    settings = {"horizon": 1, "default": 1}
    assert keys(edition(*weeks, reminders=settings).reminders) == []


def test_a_shelf_tells_superseded_stories_too() -> None:
    shelf = shelf_of([issue(2, item("New", id="plan")), issue(1, item("Old", id="plan"))])
    assert [story.entry.item.title for story in shelf.told()] == ["New", "Old"]
    assert [story.entry.item.title for story in shelf.current()] == ["New"]
