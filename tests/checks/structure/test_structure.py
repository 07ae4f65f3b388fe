"""What the rules of this group find, and at greater length what they leave alone."""

# ruff: noqa: RUF001 - editors type curly apostrophes and dashes
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.structure import (
    duplicate,
    empty_item,
    misplaced_prose,
    placeholder,
    repeated_link,
    repeated_text,
    unfinished,
)
from tests.checks.issues import of_bodies, of_items, said

if TYPE_CHECKING:
    from pathlib import Path

PLACEHOLDERS = """
Let me know if you need further adjustments!
Get your :admission_tickets: now.
TODO
Published on TK
TKTK
Speakers: TBC?
See XXX pages
It costs £XX a head
On XX March
On xx/xx/2025
On DD/MM
On ??? March
The guide is [here]
Read it: [link]
[insert link]
[INSERT LINK HERE]
(insert link)
insert link here
Lorem ipsum dolor
[TBC]
In 20XX
Click or tap here to enter text.
Error! Reference source not found.
A title goes here
On XXth March
pp. XX
"""
NO_PLACEHOLDERS = """
Shop at TK Maxx
What do you think???
Please write the date as DD/MM/YYYY
The XX chromosome
todo, in Spanish
The place is TBC
Date and venue to be confirmed
(insert a coin and wait)
Insert your name in the box
Add the date to your diary
See [2023] EWHC 3030
Send the link here by Friday
George VI and Henry XX
Really?? Yes
A [local] authority
He said it [sic]
Click here to enter the competition
A shirt in XL or XXL
> When [name] came to us, nobody asked.
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def test_each_placeholder_is_found(tmp_path: Path) -> None:
    assert len(said(tmp_path, placeholder.check, {"issue.yaml": of_bodies(lines(PLACEHOLDERS))})) == len(
        lines(PLACEHOLDERS)
    )


def test_what_only_looks_like_a_placeholder(tmp_path: Path) -> None:
    assert said(tmp_path, placeholder.check, {"issue.yaml": of_bodies(lines(NO_PLACEHOLDERS))}) == []


def test_a_title_that_is_yet_to_come(tmp_path: Path) -> None:
    issue = of_items({"title": "TBC", "body": "Words."}, {"event": {"start": "2025-04-01", "place": "TBC"}})
    assert said(tmp_path, placeholder.check, {"issue.yaml": issue}) == ["'TBC' is all that stands here"]


def test_headings_with_something_under_them(tmp_path: Path) -> None:
    link = {"text": "The guide", "url": "https://www.example.org/guide"}
    issue = of_items(
        {"body": "### Details\n\nWords.\n\n### More\n\n#### For schools\n\n- one\n\n#### For parents\n\n> A quote."},
        {"body": "### Where to find it", "links": [link]},
        {"body": "Until when\n----------", "closes": "2025-04-01"},
        {"publication": {"by": "DfE", "title": "A guide", "date": "2025-03-11"}},
        {"event": {"start": "2025-04-01"}},
    )
    assert said(tmp_path, empty_item.check, {"issue.yaml": issue}) == []


def test_a_heading_is_empty_above_one_of_its_own_rank(tmp_path: Path) -> None:
    issue = of_bodies(["#### Small\n\n### Large\n\nWords.", "### One\n\n### Two\n\nWords."])
    assert said(tmp_path, empty_item.check, {"issue.yaml": issue}) == [
        "nothing stands under the heading 'Small'",
        "nothing stands under the heading 'One'",
    ]


def test_one_title_of_two_dates_or_two_years(tmp_path: Path) -> None:
    event = {"id": "north", "title": "Regional seminar", "event": {"start": "2025-04-01"}}
    issue = of_items(
        event,
        event | {"id": "south", "event": {"start": "2025-04-08"}},
        {"title": "Annual report 2023"},
        {"title": "Annual report 2024"},
    )
    assert said(tmp_path, duplicate.check, {"issue.yaml": issue}) == []


def test_a_reminder_under_its_own_id_is_the_same_story(tmp_path: Path) -> None:
    issue = of_items({"id": "a-guide-to-kinship-care", "title": "A guide to kinship care", "body": "It is out."})
    assert said(tmp_path, duplicate.check, {"issue.yaml": issue}) == []


REGISTER = "Please register with the email address that you use at work, not with one of your own."
SESSION = "The session takes place online on {} at 11am and is meant for everybody who leads a team of teachers."
HEADING = "A heading that has more than eight words in it"
BLURB = "The Harbour Trust has looked at how children live with relatives in every part of the country since then."


@pytest.mark.parametrize(
    "bodies",
    [
        (REGISTER, REGISTER),
        (SESSION.format("Monday 7 April"), SESSION.format("Tuesday 8 April")),
        ("The full report is on the web.", "The full report is on the web."),
        (f"### {HEADING}\n\nA.", f"### {HEADING}\n\nB."),
    ],
)
def test_what_may_stand_under_two_items(bodies: tuple[str, str], tmp_path: Path) -> None:
    assert said(tmp_path, repeated_text.check, {"issue.yaml": of_bodies(bodies)}) == []


def test_a_publisher_may_be_described_twice(tmp_path: Path) -> None:
    publication = {"by": "the Harbour Trust", "date": "2025-03-11", "title": "A report"}
    items = [{"publication": publication, "body": BLURB}, {"publication": publication, "body": BLURB}]
    assert said(tmp_path, repeated_text.check, {"issue.yaml": of_items(*items)}) == []
    assert len(said(tmp_path / "two", repeated_text.check, {"issue.yaml": of_bodies([BLURB, BLURB])})) == 1


def test_a_paragraph_twice_in_one_item(tmp_path: Path) -> None:
    issue = of_bodies([f"{BLURB}\n\n{BLURB}"])
    assert said(tmp_path, repeated_text.check, {"issue.yaml": issue}) == ["this paragraph stands twice in the item"]


def test_the_copy_is_reported_where_it_is_foreign(tmp_path: Path) -> None:
    kin, poor = {"title": "Children who live with relatives", "body": BLURB}, {"title": "Poverty", "body": BLURB}
    for first, second in ((kin, poor), (poor, kin)):
        (message,) = said(tmp_path / str(first["title"]), repeated_text.check, {"issue.yaml": of_items(first, second)})
        assert "'Children who live with relatives'" in message


EARLIER = {
    "issues/652.yaml": "date: 2025-03-07\n"
    + of_items(
        {"title": "Old", "links": [{"text": "A guide", "url": "https://www.example.org/guide"}]},
        {"title": "Old data", "links": [{"text": "Tables", "url": "https://www.example.org/data"}]},
    ),
    "issues/651.yaml": "date: 2025-02-28\n"
    + of_items({"title": "Older data", "links": [{"text": "Tables", "url": "https://www.example.org/data"}]}),
}


@pytest.mark.parametrize(
    "item",
    [
        {"id": "old", "title": "Old again", "links": [{"text": "A guide", "url": "https://www.example.org/guide"}]},
        {"body": "As last week’s [guide](https://www.example.org/guide) says, there is more."},
        {"links": [{"text": "Tables", "url": "https://www.example.org/data"}]},
        {"links": [{"text": "Book a place", "url": "https://www.example.org/guide"}]},
        {"links": [{"text": "A guide", "url": "https://www.example.org/guide-2"}]},
        {"event": {"start": "2025-04-01", "url": "https://www.example.org/guide"}},
    ],
)
def test_links_that_may_come_again(item: dict[str, object], tmp_path: Path) -> None:
    assert said(tmp_path, repeated_link.check, EARLIER | {"issue.yaml": of_items(item)}) == []


def test_a_standing_link_may_come_again(tmp_path: Path) -> None:
    standing = "- {section: intro, body: 'Read [our guide](https://www.example.org/guide).'}\n"
    issue = of_items({"links": [{"text": "A guide", "url": "https://www.example.org/guide"}]})
    assert said(tmp_path, repeated_link.check, EARLIER | {"issue.yaml": issue, "blocks.yaml": standing}) == []


def test_old_news_is_found_in_a_publication_and_in_its_line(tmp_path: Path) -> None:
    issue = of_items(
        {"publication": {"date": "2025-03-11", "line": "The [guide](http://example.org/guide#top) is out"}},
        {"publication": {"by": "DfE", "date": "2025-03-11", "title": "A", "url": "https://example.org/guide/"}},
    )
    assert said(tmp_path, repeated_link.check, EARLIER | {"issue.yaml": issue}) == [
        "this was also news in issue 652, under 'Old'",
        "this was also news in issue 652, under 'Old'",
    ]


def test_a_text_may_speak_of_what_its_title_does_not_name(tmp_path: Path) -> None:
    issue = of_items(
        {"title": "Alternative provision in the South East", "body": "Pupils said that they felt safe."},
        {"title": "Thank you, and a quiet Christmas", "body": "Nine hundred people came to a meeting in the year."},
        {"title": "Schools and exclusion", "body": "How alternative provision in the South East serves a school."},
    )
    assert said(tmp_path, misplaced_prose.check, {"issue.yaml": issue}) == []


def test_what_leads_on_is_finished_below(tmp_path: Path) -> None:
    link = {"text": "The guide", "url": "https://www.example.org/guide"}
    issue = of_items(
        {"body": "The adults that children turn to are\n\n- teachers and\n- neighbours"},
        {"body": "The form can be found at\n\n[the form](https://www.example.org/form)"},
        {"body": "Teachers who have a question can write to\n\nhelp@example.org"},
        {"body": "A child who was asked has said of the\n\n> best day of her life"},
        {"body": "The guide and the slides have come out and are available below", "links": [link]},
    )
    assert said(tmp_path, unfinished.check, {"issue.yaml": issue}) == []


def test_a_letter_has_lines_that_are_no_sentences(tmp_path: Path) -> None:
    issue = of_items(
        {"body": "Dear colleague,\n\nThe spring term has begun.\n\nBest wishes from us all,\n\nRobin Tate"},
        {"body": "(1) the form that was sent to your school, or\n\n(2) a letter that says who you are, or\n\n(3) all."},
        {"body": "We hope that you will enjoy this issue and tell us what you think. Robin Tate"},
    )
    assert said(tmp_path, unfinished.check, {"issue.yaml": issue}) == []


def test_reminders_are_read_when_they_are_new(tmp_path: Path) -> None:
    earlier = "date: 2025-03-07\n" + of_items({"title": "Inspectors and the", "body": "TODO"})
    for check in (unfinished.check, placeholder.check):
        assert said(tmp_path, check, {"issues/652.yaml": earlier}) == []


def test_a_line_that_ran_into_another(tmp_path: Path) -> None:
    one, two = (
        "On 12 January a network invited councils to join it.",
        "On 2 January a podcast about racism was released.",
    )
    lines = [f"{one} {two}", two, one.replace("12", "13")]
    tools = "tools:\n" + "".join(f"  - {{date: 2025-03-03, line: '{line}'}}\n" for line in lines)
    assert said(tmp_path, repeated_text.check, {"issue.yaml": tools}) == ["all of this also stands in line 4"]


def test_one_document_under_two_items(tmp_path: Path) -> None:
    report = {"text": "Full report", "url": "https://www.example.org/report.pdf"}
    pages = {"text": "Our library", "url": "https://www.example.org/library"}
    issue = of_items({"links": [report, report, pages]}, {"links": [pages, report]})
    assert said(tmp_path, repeated_link.check, {"issue.yaml": issue}) == [
        "this document also stands under 'Story 0' (line 4)"
    ]


def test_an_issue_without_full_stops_has_a_style_of_its_own(tmp_path: Path) -> None:
    bodies = [f"The office in town {number} is closed on all days" for number in range(6)]
    assert said(tmp_path / "one", unfinished.check, {"issue.yaml": of_bodies(bodies[:1])}) != []
    assert said(tmp_path / "all", unfinished.check, {"issue.yaml": of_bodies(bodies)}) == []
