from __future__ import annotations

from typing import TYPE_CHECKING

from composer.edition import merge
from composer.source import Loaded, load
from composer.standing import Block, Contact, Standing
from tests.edition.making import NOTHING, issue, item, newsletter, typed

if TYPE_CHECKING:
    from composer.issue import Issue

CONTACTS = (Contact(id="robin-tate", role="Editor", name="Robin Tate"),)
SEGMENTS = frozenset({"heads", "deputies"})


def sentences(*issues: Loaded[Issue], blocks: str = "") -> list[str]:
    loaded: Loaded[tuple[Block, ...]] = load(tuple[Block, ...], blocks.encode() or b"[]", "issues/standing/blocks.yaml")
    standing = Standing(CONTACTS, (), loaded.value or (), NOTHING, NOTHING, loaded.places)
    *earlier, last = issues
    return [str(found) for found in merge(last, earlier[::-1], standing, newsletter(), segments=SEGMENTS)[1]]


def test_a_contact_that_is_not_listed_is_an_error() -> None:
    assert sentences(typed(9, "updates:\n  - {title: Plan, contact: robin-tait}\n")) == [
        "issues/9.yaml:4:28: error: contact: 'robin-tait' is not in contacts.yaml (did you mean 'robin-tate'?)"
    ]


def test_a_carried_item_is_reported_in_the_file_it_stands_in() -> None:
    carried = typed(8, "updates:\n  - {title: Plan, contact: robin-tait, audience: [heads, depties]}\n")
    assert sentences(carried, issue(9)) == [
        "issues/8.yaml:4:28: error: contact: 'robin-tait' is not in contacts.yaml (did you mean 'robin-tate'?)",
        "issues/8.yaml:4:58: error: segment: 'depties' is not in segments.yaml (did you mean 'deputies'?)",
    ]


def test_a_name_that_an_edit_brings_in_is_reported_at_the_edit() -> None:
    edit = typed(9, "reminders:\n  edit:\n    plan: {contact: robin-tait}\n")
    (sentence,) = sentences(issue(8, item("Plan", contact="robin-tate")), edit)
    assert sentence.startswith("issues/9.yaml:5:21: error: contact:")


def test_a_name_that_an_edit_puts_right_is_not_reported() -> None:
    weeks = issue(8, item("Plan", contact="gone")), issue(9, reminders={"edit": {"plan": {"contact": "robin-tate"}}})
    assert sentences(*weeks) == []


def test_what_is_no_longer_printed_is_not_reported() -> None:
    assert sentences(issue(7, item("Plan", contact="gone", remind=1)), issue(8), issue(9)) == []


def test_an_extra_line_for_an_unknown_segment_is_an_error() -> None:
    line = "{by: DfE, title: Guide, date: 2025-02-27, audience: [head]}"
    assert sentences(typed(9, f"tools:\n  - {line}\n")) == [
        "issues/9.yaml:4:58: error: segment: 'head' is not in segments.yaml (did you mean 'heads'?)"
    ]


def test_a_standing_text_of_an_unknown_section_is_an_error() -> None:
    (sentence,) = sentences(issue(9), blocks="- {section: tool, body: Words}\n- {section: intro, body: Words}\n")
    assert sentence == (
        "issues/standing/blocks.yaml:1:13: error: section: newsletter.yaml has no section 'tool'"
        " (did you mean 'tools'?)"
    )
