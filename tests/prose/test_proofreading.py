import pytest
from hypothesis import given

from composer import prose
from composer.issue import Issue
from composer.source import load
from composer.standing import Block, NetworkGroup, Standing
from tests.prose.texts import ANY, CONTACTS, DOCUMENTS


def codes(markdown: str) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.code) for mistake in prose.mistakes(markdown, CONTACTS)]


@given(ANY)
def test_any_text_can_be_read(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    assert all(0 <= mistake.line < lines for mistake in prose.mistakes(text, CONTACTS))
    assert all(mistake.line >= 0 for mistake in prose.mistakes(text, CONTACTS, sentence=True))


@given(DOCUMENTS)
def test_nothing_is_wrong_with_careful_text(markdown: str) -> None:
    assert {code for _, code in codes(markdown)} <= {"nesting"}


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("a\n\nb <b>c", [(2, "html")]),
        ("a\nb\n<!-- c -->", [(2, "html")]),
        ("a\n\n<mj-text>\nb", [(2, "html")]),
        ("- a\n- ![b](c.png)", [(1, "picture")]),
        ("a\n[b](javascript:c)", [(1, "link-scheme")]),
        ("[b](ftp://example.org)", [(0, "link-scheme")]),
        ("a\\\n[b](page.html)", [(1, "link-relative")]),
        ("[b](#top) [c](//example.org)", [(0, "link-relative"), (0, "link-relative")]),
        ("[b]()", [(0, "link-target")]),
        ("[b](https://) [c](mailto:)", [(0, "link-target"), (0, "link-target")]),
        ("[](https://example.org) [ ](tel:1)", [(0, "link-text")]),
        ('[a](https://example.org "b")', [(0, "link-title")]),
        ("> a\n> [b](contact:robin-tat)", [(1, "contact")]),
        ("[b](contact:shy-person)", [(0, "contact")]),
        ("a\n\nDear [[first name]]", [(2, "merge-field")]),
        ("[[a|b\nc]]", [(0, "merge-field")]),
        ("> " * 30 + "a", [(0, "nesting")]),
        ("a\n\n" + "*" * 61 + "x" + "*" * 61, [(2, "nesting")]),
        ("a\n```\nb", [(1, "code-fence")]),
        ("- ~~~\n  b\n\nc", [(0, "code-fence")]),
        ("###\n\na", [(0, "empty-heading")]),
        ("a\n\n| b | c |\n|---|:-:|\n| 1 | 2 |", [(2, "table")]),
        ("b | c\n--- | ---\n1 | 2", [(0, "table")]),
    ],
)
def test_a_mistake_is_named_with_its_line(markdown: str, found: list[tuple[int, str]]) -> None:
    assert codes(markdown) == found


@pytest.mark.parametrize(
    "markdown",
    [
        "a < b & c > d",
        "<https://example.org> <a@example.org>",
        "[[name|x]] [[[name]]](https://example.org) \\[\\[a]]",
        "[leave]([[unsubscribe_link]])",
        "[a](HTTPS://example.org) [b](tel:+447700900111) [c](contact:priya-raman)",
        "```\ncode\n```",
        "a | b\n\n--- | ---",
        "[a][b]\n\n[b]: https://example.org",
    ],
)
def test_what_is_right(markdown: str) -> None:
    assert codes(markdown) == []


def test_an_unknown_contact_is_guessed() -> None:
    (mistake,) = prose.mistakes("[b](contact:robin-tat)", CONTACTS)
    assert mistake.message == "there is no contact 'robin-tat'"
    assert mistake.hint == "did you mean 'robin-tate'?"


ISSUE = """\
number: 653
date: 2025-03-14
subject: "[[broken"
intro: |
  Good morning,
  [Robin](contact:robin)
updates:
  - title: Dear [[you
    publication: {date: 2025-02-27, line: "On Monday [it](it.html) appeared"}
    body: |
      One

      ![Two](two.png)
reminders:
  edit:
    old-news:
      body: |
        <b>New</b> text
tools:
  - {date: 2025-03-05, line: "The [slides]() are here"}
"""


def test_findings_stand_in_their_places() -> None:
    loaded = load(Issue, ISSUE.encode(), "issues/653.yaml")
    found = [(f.place.line, f.code) for f in prose.findings(loaded, CONTACTS)]
    assert sorted(found) == [
        (3, "merge-field"),
        (6, "contact"),
        (8, "merge-field"),
        (9, "link-relative"),
        (13, "picture"),
        (18, "html"),
        (18, "html"),
        (20, "link-target"),
    ]


def test_an_issue_that_cannot_be_read_has_no_findings_of_its_prose() -> None:
    assert prose.findings(load(Issue, b"number: x", "issues/653.yaml"), CONTACTS) == ()


def test_standing_texts_are_read_too() -> None:
    blocks = load(tuple[Block, ...], b"- section: intro\n  body: |\n    a\n    [b]()\n", "blocks.yaml")
    groups = b"- heading: Dates\n  networks:\n    - name: A\n    - name: B\n      note: see [[\n"
    networks = load(tuple[NetworkGroup, ...], groups, "networks.yaml")
    assert blocks.value
    assert networks.value
    standing = Standing((), networks.value, blocks.value, networks.places, networks.places, blocks.places)
    found = [(f.place.path, f.place.line, f.code) for f in prose.standing_findings(standing)]
    assert found == [("blocks.yaml", 4, "link-target"), ("networks.yaml", 5, "merge-field")]
