from __future__ import annotations

import pytest

from composer.edition import merge
from composer.issue import Issue, Masthead
from composer.source import Loaded
from composer.standing import Block, Contact
from tests.edition.making import NOTHING, edition, friday, issue, item, merged, newsletter, standing, typed


def test_an_edition_takes_what_stands_and_what_the_issue_says() -> None:
    robin = Contact(id="robin-tate", role="Editor", name="Robin Tate")
    block = Block(section="tools", body="A plan.")
    settings = newsletter(masthead={"strapline": "Every Friday"}, sections=[{"id": "tools"}, {"id": "updates"}])
    this = issue(3, item("Plan", contact="robin-tate"), intro="Hello")
    result, findings = merge(this, (), standing((robin,), (), (block,)), settings)
    assert findings == ()
    assert (result.number, result.date, result.title, result.intro) == (3, friday(3), "Update no 3", "Hello")
    assert (result.masthead.strapline, [section.id for section in result.sections]) == (
        "Every Friday",
        ["tools", "updates"],
    )
    assert (result.blocks_of("tools"), result.blocks_of("intro")) == ((block,), ())
    assert (result.contacts, result.updates[0].contact) == ((robin,), robin)


def test_an_issues_own_masthead_replaces_the_newsletters() -> None:
    masthead = Masthead(strapline="A special issue")
    assert edition(issue(1, masthead=masthead)).masthead == masthead


def test_two_items_with_the_same_id_are_an_error_that_names_the_other_line() -> None:
    this = typed(1, "updates:\n  - title: Plan\n  - title: plan!\n")
    result, findings = merged(this)
    (found,) = findings
    assert str(found) == (
        "issues/1.yaml:5:12: error: same-id: 'plan' already means the item of line 4"
        " (give one of the two an `id` of its own)"
    )
    assert [entry.key for entry in result.updates] == ["plan", "plan-2"]


def test_the_second_of_one_id_is_read_and_checked_under_a_key_that_nobody_has() -> None:
    this = typed(1, "updates:\n  - title: Plan\n  - title: Plan\n    contact: nobody\n  - title: Plan 2\n")
    result, findings = merged(this)
    assert [entry.key for entry in result.updates] == ["plan", "plan-3", "plan-2"]
    assert [found.code for found in findings] == ["same-id", "contact"]


def test_a_reminder_past_the_horizon_is_an_error() -> None:
    (found,) = merged(typed(1, "updates:\n  - {title: Plan, remind: 27}\n"))[1]
    assert str(found) == (
        "issues/1.yaml:4:27: error: remind: 27 is more than the horizon of 26 issues"
        " (see reminders.horizon in newsletter.yaml)"
    )


def test_until_without_an_end_is_a_warning() -> None:
    (found,) = merged(typed(1, "updates:\n  - {title: Plan, remind: until}\n"))[1]
    assert str(found).startswith("issues/1.yaml:4:27: warning: remind: without event or closes")


def test_an_issue_that_cannot_be_read_is_never_merged() -> None:
    unreadable: Loaded[Issue] = Loaded(None, NOTHING)
    with pytest.raises(ValueError, match="no edition"):
        merge(unreadable, (), standing(), newsletter())


def test_news_that_replaces_a_reminder_by_its_title_alone_is_worth_a_word() -> None:
    _, findings = merged(issue(1, item("Same")), typed(2, "updates:\n  - title: Same\n"))
    (finding,) = findings
    assert str(finding) == (
        "issues/2.yaml:4:12: warning: same-title: replaces the item of the same title that was first in issue 1 (if it "
        "is the same story, say so with `id: same`; if another, give it an `id` of its own)"
    )


def test_news_that_says_by_its_id_what_it_replaces_does_so_silently() -> None:
    assert merged(issue(1, item("Same")), issue(2, item("Same", id="same")))[1] == ()
    assert merged(issue(1, item("Same", remind=0)), issue(2, item("Same")))[1] == ()
