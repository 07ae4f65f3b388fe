"""`load`: what the guide shows loads as it stands there, everything else says where, what and what to do."""

from datetime import date, datetime, time
from typing import Any

import pytest

from composer.audience.segments import Segments
from composer.issue import Issue
from composer.source import Model, load
from composer.standing import Block, Contact, NetworkGroup
from tests.source.samples import BLOCKS, CONTACTS, ISSUE, NETWORKS, SEGMENTS


def value(kind: object, text: str) -> Any:  # noqa: ANN401 - the tests know what they ask for
    return load(kind, text.encode(), "x.yaml").value


def codes(kind: object, text: str | bytes) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [finding.code for finding in load(kind, raw, "x.yaml").findings]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Issue, ISSUE),
        (tuple[Contact, ...], CONTACTS),
        (tuple[NetworkGroup, ...], NETWORKS),
        (tuple[Block, ...], BLOCKS),
        (Segments, SEGMENTS),
    ],
)
def test_the_samples_of_the_guide_load_as_they_stand(kind: object, text: str) -> None:
    for raw in (text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        loaded = load(kind, raw, "x.yaml")
        assert loaded.findings == ()
        assert loaded.value


def test_an_issue_is_what_was_typed() -> None:
    issue = value(Issue, ISSUE)
    assert issue.number == 653
    assert issue.date == date(2025, 3, 14)
    assert issue.subject == "Update no 653 · foster care guidance, youth homelessness"
    numbers, conference = issue.updates
    assert numbers.publication.date == date(2025, 2, 27)
    assert numbers.body.startswith("### Headlines\n\n- more child")
    assert numbers.links[0].pages == 28
    assert numbers.links[1].minutes == "2:44"
    assert numbers.remind == 2
    assert conference.event.start == datetime(2025, 3, 20, 9, 0)  # noqa: DTZ001 - local to the newsletter
    assert conference.audience == ("ad-education",)
    assert issue.tools[1].line.startswith("The slides of the [care")


class Typed(Model):
    text: str
    other: str | None = None


@pytest.mark.parametrize(
    "typed",
    [
        "07700900111",
        "+447700900111",
        "0x1F",
        "1.10",
        "1e3",
        "20:30",
        "NO",
        "yes",
        "off",
        "true",
        "2025-03-14",
        "1_000",
        "=",
        ".inf",
    ],
)
def test_scalars_stay_as_typed(typed: str) -> None:
    assert load(Typed, f"text: {typed}".encode(), "x").value == Typed(text=typed)


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_only_plain_nothing_is_nothing(nothing: str) -> None:
    assert load(Typed, f"text: a\nother: {nothing}".encode(), "x").value == Typed(text="a")
    assert codes(Typed, f"text: {nothing}") == ["empty"]
    if nothing:
        assert load(Typed, f"text: '{nothing}'".encode(), "x").value == Typed(text=nothing)


def test_an_emptied_list_is_an_empty_list() -> None:
    issue = value(Issue, "number: 1\ndate: 2025-03-14\nupdates:\nreminders:\n  drop:\ntools: ~\n")
    assert (issue.updates, issue.reminders.drop, issue.tools) == ((), (), ())


def test_a_key_with_an_alias_may_be_empty_too() -> None:
    assert value(Segments, "kent: {lists: [members], where: , except: }")["kent"].except_ == {}


def test_no_line_is_too_long() -> None:
    assert codes(Typed, "text: a #b" + " " * 90_000 + "c") == ["comment"]
    assert codes(Typed, "text: " + "a " * 40_000 + "#b") == ["comment"]
    assert codes(Typed, "text: a" + " " * 90_000) == []


def test_times_are_typed_in_several_ways() -> None:
    text = "number: 1\ndate: 2025-03-14\nupdates:\n- title: x\n  event: {start: 2025-03-20T09:00, end: 16:30}\n"
    [item] = value(Issue, text).updates
    assert item.event.end == time(16, 30)
    assert item.event.finish == datetime(2025, 3, 20, 16, 30)  # noqa: DTZ001 - local to the newsletter


@pytest.mark.parametrize(
    "text",
    [
        "text: a     # optional",
        "text: a # optional",
        "text: a ## note",
        "text: a #",
        "text: a   # 2 issues",
        "text: C#",
        "text: page#4",
        "text: 'Room #4'",
        "text: |\n  Room #4\n",
        "text: a\nother: # nothing yet\n",
        "# a\n\ntext: a\n#b\n",
    ],
)
def test_comments_as_people_write_them(text: str) -> None:
    assert codes(Typed, text) == []


@pytest.mark.parametrize("text", ["text: Room #4", "text: see #MeToo", "text: Room # 4", "text: #4"])
def test_a_hash_that_swallows(text: str) -> None:
    assert codes(Typed, text) == ["comment"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("text: &a b", "anchor"),
        ("text: *a", "alias"),
        ("text: !t b", "tag"),
        ("text: ! b", "tag"),
        ("text: a\n<<: {other: b}", "merge"),
        ("text: {{ x }}", "quote"),
        ("text: a\ntext: b", "duplicate"),
        ('text: "\\ud83c"', "escape"),
        ('text: "\\0"', "escape"),
        ("text: a\n---\ntext: b", "document"),
        ("%YAML 1.1\n---\ntext: b", "directive"),
        ("text: a\n: b", "key"),
        ("text: a\n\u00a0other: b", "space"),
        ("text: a\nother:\u3000b", "space"),
        ("\tother: b\ntext: a", "tab"),
        ("text: a\x07", "character"),
        ("text: a\u2028b", "character"),
        ("text: a\ufffdb", "character"),
        ("text: " + "[" * 60 + "]" * 60, "depth"),
        ("text: " + "a" * 1_100_000, "size"),
        ("", "empty"),
        ("# only a comment", "empty"),
        ("---", "empty"),
    ],
)
def test_silent_losses_are_findings(text: str, code: str) -> None:
    assert codes(Typed, text) == [code]


def test_encodings_are_named_with_their_place() -> None:
    [finding] = load(Typed, "text: a\nother: café".encode("cp1252"), "x.yaml").findings
    assert str(finding).startswith("x.yaml:2:11: error: encoding: 'é' is not written in UTF-8")
    assert finding.hint == "save the file as UTF-8"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert codes(Typed, "text: a".encode(encoding)) == ["encoding"]


def test_characters_are_reported_beside_a_syntax_error() -> None:
    assert codes(Typed, "text: a\u200b\x07b\n\n\nother: 'c\n") == ["character", "quote"]


def test_no_break_spaces_inside_text_are_text() -> None:
    text = "text: 10\u00a0km\nother: |\n  \u00a0indented by hand\n  Note:\u00a0this\n"
    assert value(Typed, text).other == "\u00a0indented by hand\nNote:\u00a0this".strip()


def test_a_union_speaks_with_one_voice() -> None:
    assert codes(int | tuple[int, ...], "a") == ["number"]
    assert codes(dict[str, str | tuple[str, ...]], "a: {b: c}") == ["text"]


def test_everything_is_found_at_once_and_in_order() -> None:
    found = load(Issue, b"number: x\ndate: y\nsubjekt: z\nupdates:\n- body: Room #4\n", "x").findings
    assert [(finding.place.line, finding.code) for finding in found] == [
        (1, "number"),
        (2, "date"),
        (3, "unknown"),
        (5, "missing"),
        (5, "comment"),
    ]


def test_an_escape_of_an_invisible_character_asks_to_delete_it() -> None:
    [finding] = load(Issue, b'number: 1\ndate: 2025-03-14\nsubject: "a\\u202Eb"\n', "x.yaml").findings
    assert str(finding).endswith("\\ makes an invisible character here (U+202E) (delete it)")
