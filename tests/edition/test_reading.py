from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from composer.edition.reading import identity
from composer.issue import Issue, Publication
from tests.edition.making import edition, friday, issue, item, publication, tool

if TYPE_CHECKING:
    from composer.source import Loaded

URL = "https://www.example.org/"


def titles(*issues: Loaded[Issue], **settings: object) -> list[str]:
    return [str(line.title) for line in edition(*issues, **settings).reading]


def test_publications_and_extra_lines_of_all_issues_stand_newest_first() -> None:
    first = issue(
        1, item("A", publication=publication(URL + "a", date(2025, 1, 2))), tools=[tool(URL + "t", friday(1))]
    )
    second = issue(2, item("B", publication=publication(URL + "b", date(2025, 1, 8))))
    assert titles(first, second) == [f"About {URL}{name}" for name in ("b", "t", "a")]


def test_on_the_same_day_the_newest_issue_comes_first_and_then_the_editors_order() -> None:
    day = date(2025, 1, 2)
    first = issue(1, item("A", publication=publication(URL + "a", day)), tools=[tool(URL + "t", day)])
    second = issue(
        2, item("C", publication=publication(URL + "c", day)), item("B", publication=publication(URL + "b", day))
    )
    assert titles(first, second) == [f"About {URL}{name}" for name in ("c", "b", "a", "t")]


def test_a_line_is_listed_for_as_many_weeks_as_the_settings_say() -> None:
    old = issue(1, tools=[tool(URL + "edge", friday(1)), tool(URL + "past", friday(1) - timedelta(days=1))])
    assert titles(old, issue(5), tools={"weeks": 4}) == [f"About {URL}edge"]


def test_a_line_of_this_issue_is_listed_whatever_its_age() -> None:
    assert titles(issue(60, tools=[tool(URL, date(2019, 1, 1))])) == [f"About {URL}"]


def test_a_consultation_that_has_ended_is_listed_no_more() -> None:
    open_until = publication(URL + "consultation", friday(1)).model_copy(update={"until": friday(3)})
    first = issue(1, item("Consultation", publication=open_until))
    assert titles(first, issue(3)) == [f"About {URL}consultation"]
    assert titles(first, issue(4)) == []


def test_an_item_superseded_dropped_or_expired_stays_in_the_list() -> None:
    first = issue(
        1,
        item("Old", id="same", publication=publication(URL + "old")),
        item("Dropped", publication=publication(URL + "dropped"), remind=9),
        item("Over", publication=publication(URL + "over"), closes=friday(1)),
    )
    second = issue(2, item("New", id="same"), reminders={"drop": ["dropped"]})
    result = edition(first, second)
    assert [line.url for line in result.reading] == [URL + "old", URL + "dropped", URL + "over"]
    assert result.reminders == ()


def test_edits_apply_to_the_list() -> None:
    better = {"by": "DfE", "date": "2025-01-03", "title": "Better", "url": URL}
    weeks = (
        issue(1, item("A", publication=publication(URL))),
        issue(2, reminders={"edit": {"a": {"publication": better}}}),
    )
    assert titles(*weeks, issue(3)) == ["Better"]


def test_the_same_address_is_listed_once_in_the_newest_issues_words() -> None:
    old = issue(1, tools=[tool("HTTPS://WWW.example.org/Report/", title="Old words")])
    new = issue(2, item("Report", publication=publication("https://www.example.org/Report", title="New words")))
    assert titles(old, new) == ["New words"]


def test_a_newer_extra_line_wins_over_an_older_item() -> None:
    old = issue(1, item("A", publication=publication(URL, title="Item")))
    assert titles(old, issue(2, tools=[tool(URL, title="Line")]), issue(3)) == ["Line"]


def test_the_same_address_in_an_item_and_an_extra_line_of_one_issue_is_listed_once() -> None:
    both = issue(1, item("A", publication=publication(URL, title="Item")), tools=[tool(URL, title="Line")])
    assert titles(both) == ["Item"]


def line(text: str) -> Publication:
    return Publication.model_validate({"date": "2025-01-03", "line": text})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (line("See [the slides](https://www.example.org/a/)."), publication("https://WWW.EXAMPLE.ORG/a")),
        (line("See <https://www.example.org/a_(b)>"), line("[Wiki](https://www.example.org/a_(b)) has it")),
        (line("No  link at all"), line("no link\nat all")),
        (publication("https://www.example.org"), publication("https://www.example.org/")),
        (publication("https://www.example.org/a/?q=1"), publication("https://www.example.org/a?q=1")),
    ],
)
def test_lines_are_the_same(one: Publication, other: Publication) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (publication("https://www.example.org/a"), publication("https://www.example.org/A")),
        (publication("https://www.example.org/?a"), publication("https://www.example.org/?b")),
        (line("[Robin](contact:robin) knows"), line("[Robin](contact:robin) knows more")),
    ],
)
def test_lines_are_different(one: Publication, other: Publication) -> None:
    assert identity(one) != identity(other)


def test_a_line_without_any_address_is_told_by_publisher_and_title() -> None:
    bare = {"by": "DfE", "title": "Guide", "date": "2025-01-03"}
    assert len(edition(issue(1, tools=(bare, bare | {"title": "Other"}, bare))).reading) == 2


def test_a_line_carries_the_audience_of_its_item() -> None:
    restricted = item("A", publication=publication(URL), audience=["heads"])
    (reading,) = edition(issue(1, restricted), issue(2)).reading
    assert reading.audience == ("heads",)


def test_what_an_issue_lists_for_everybody_is_not_hidden_by_its_item_for_some() -> None:
    both = issue(1, item("A", publication=publication(URL), audience=["heads"]), tools=[tool(URL, friday(1))])
    for result in (edition(both), edition(both, issue(2))):
        assert [line.audience for line in result.reading] == [None]


def test_an_audience_given_by_an_edit_counts_for_the_list_too() -> None:
    edit = {"edit": {"a": {"audience": ["heads"]}}}
    result = edition(issue(1, item("A", publication=publication(URL))), issue(2, reminders=edit))
    assert [line.audience for line in result.reading] == [("heads",)]
