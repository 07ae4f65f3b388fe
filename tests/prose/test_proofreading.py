import pytest
from hypothesis import given

from composer import prose
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
        ("[b]([[page|javascript:c]])", [(0, "link-scheme")]),
        ("[b]([[page|colleague]])", [(0, "link-relative")]),
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
        "[page]([[page|https://example.org]]) [other]([[page]]/[[name|x]])",
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
