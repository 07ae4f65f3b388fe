import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from composer import prose
from composer.prose import shown, tokenise, underlined, wrap
from tests.prose.texts import ANY, CONTACTS, DOCUMENTS, WORDS


def text(markdown: str, width: int = 72) -> str:
    return prose.text(markdown, CONTACTS, width)


@given(ANY, st.integers(24, 100))
def test_any_text_can_be_set(anything: str, width: int) -> None:
    assert "\x00" not in text(anything, width)
    assert "\x00" not in prose.inline_text(anything, CONTACTS)


def words(printed: str) -> list[str]:
    return re.findall(rf"{WORDS}|mf[0-9a-f]+z", printed)


@given(DOCUMENTS)
def test_html_and_text_say_the_same_words_in_the_same_order(markdown: str) -> None:
    html = "".join(map(str, etree.fromstring(f"<t>{prose.html(markdown, CONTACTS)}</t>").itertext()))
    assert words(text(markdown)) == words(html) == words(tokenise(markdown))


@given(DOCUMENTS, st.integers(40, 100))
def test_only_an_address_is_longer_than_a_line(markdown: str, width: int) -> None:
    printed = text(markdown, width)
    assert printed == "\n".join(line.rstrip() for line in printed.split("\n"))
    for line in shown(printed).split("\n"):
        start = re.match(r"[ >]*(- |\d+\. )*", line)
        assert start
        narrowed = start.end() > width - 24
        assert len(line) <= width or narrowed or " " not in line[start.end() :].strip()


@given(ANY.filter(lambda anything: "\n" not in anything), st.integers(24, 100))
def test_wrapping_moves_words_and_changes_none(anything: str, width: int) -> None:
    spaces = r"[ \t\r\n]+"
    assert re.sub(spaces, " ", wrap(anything, width)).strip() == re.sub(spaces, " ", anything).strip()


def test_wrapping_measures_what_a_reader_sees() -> None:
    line = "Good morning, [[first_name|colleague]], and welcome"
    assert wrap(tokenise(line), 48) == tokenise(line)
    assert wrap(tokenise(line), 34).split("\n")[1] == "welcome"


def test_hanging_lines() -> None:
    assert wrap("aaaa bbbb cccc dddd eeee ffff gggg\nhhhh", 28, indent="  - ", hanging="    ") == (
        "  - aaaa bbbb cccc dddd eeee\n    ffff gggg\n    hhhh"
    )


def test_a_heading_is_underlined_as_long_as_it_reads() -> None:
    heading = underlined(tokenise("For [[first_name|you]]\nand all"))
    assert heading.split("\n")[1:] == ["and all", "-------"]


@pytest.mark.parametrize(
    ("markdown", "printed"),
    [
        ("a\nb", "a b"),
        ("a\\\nb", "a\nb"),
        ("**a** *b* `c`", "*a* *b* c"),
        ("# A\n\ntext", "A\n~\ntext"),
        ("text\n\n# A\n- b", "text\n\nA\n~\n  - b"),
        ("- a\n- b\n  1. c\n  2. d", "  - a\n  - b\n      1. c\n      2. d"),
        ("- a\n\n- b", "  - a\n\n  - b"),
        ("9. a\n10. b", "   9. a\n  10. b"),
        ("- a\n\n  b", "  - a\n\n    b"),
        ("-", "  -"),
        ("> a\n>\n> - b", "> a\n>\n>   - b"),
        ("[a](https://example.org/b).", "a <https://example.org/b>."),
        ("<https://example.org/é>", "https://example.org/%C3%A9"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("[a@example.org](mailto:a@example.org?subject=b)", "a@example.org"),
        ("[write](mailto:a@example.org?subject=b)", "write <a@example.org>"),
        ("[ring](tel:07700900111)", "ring <07700900111>"),
        ("[Robin](contact:robin-tate)", "Robin <robin.tate@example.org>"),
        ("[Priya](contact:priya-raman)", "Priya <07700 900118>"),
        ("[a](javascript:b) [](https://example.org)", "a"),
        ("![a](b.png)", "a"),
        ("<div>\na", "<div>\na"),
        ("```\na  b\n\nc\n```", "    a  b\n\n    c"),
        ("a\n\n---\n\nb", "a\n\n* * *\n\nb"),
        ("", ""),
    ],
)
def test_markdown_as_text(markdown: str, printed: str) -> None:
    assert text(markdown) == printed


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "long-" * 20
    assert text(f"Read [the report]({address}) now") == f"Read the report\n<{address}>\nnow"
