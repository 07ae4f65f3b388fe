from __future__ import annotations

import pytest

from composer.render.grammar import DEEPEST, faults_of

HEAD = "<mjml><mj-body>"
TAIL = "</mj-body></mjml>"


def faults(body: str) -> list[str]:
    return [fault.message for fault in faults_of(HEAD + body + TAIL)]


def column(content: str) -> str:
    return f"<mj-section><mj-column>{content}</mj-column></mj-section>"


@pytest.mark.parametrize(
    "body",
    [
        "",
        column("<mj-text>a<br>b<br/><img src='a>b.png' alt=\"<\" /> &lt; <b>c</b></mj-text>"),
        column("<mj-raw><tr><td>a</td></tr></mj-raw>"),
        "<mj-raw><!-- <p> < <mj-foo> --></mj-raw>",
        "<mj-wrapper><mj-section><mj-group><mj-column></mj-column></mj-group></mj-section></mj-wrapper>",
    ],
)
def test_what_is_well_formed_passes(body: str) -> None:
    assert faults(body) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (column("<mj-txt>a</mj-txt>"), "<mj-txt> is no element of MJML"),
        ("<mj-text>a</mj-text>", "<mj-text> stands directly inside <mj-body>"),
        ("<p>a</p>", "<p> stands directly inside <mj-body>"),
        (
            column("<mj-text><mj-text>a</mj-text></mj-text>"),
            "<mj-text> stands inside <mj-text>, where MJML is not read",
        ),
        (column("<mj-text>a"), "</mj-column> where <mj-text> is still open"),
        (column("<mj-text><p>a</mj-text>"), "</mj-text> where <p> is still open"),
        (column("<mj-text>1 < 2</mj-text>"), "a < that opens no tag"),
        (column('<mj-text paddng="0">a</mj-text>'), "<mj-text> knows no paddng"),
        ("<mj-raw>&lt;</mj-raw><mj-section full-widht='x'></mj-section>", "<mj-section> knows no full-widht"),
        ('<mj-include path="a.mjml" />', "<mj-include> is not used here"),
        (column("<mj-social></mj-social>"), "<mj-social> is not used here"),
    ],
)
def test_what_mrml_would_not_mention_is_named(body: str, message: str) -> None:
    assert message in faults(body)


def test_a_misspelt_element_has_a_suggestion() -> None:
    (fault, *_) = faults_of(HEAD + column("<mj-txt>a</mj-txt>") + TAIL)
    assert fault.hint == "did you mean 'mj-text'?"


def test_what_is_never_closed_is_named() -> None:
    assert [fault.message for fault in faults_of("<mjml><mj-body>")] == ["<mj-body> is never closed"]


def test_what_was_never_opened_is_named() -> None:
    assert [fault.message for fault in faults_of("</mjml>")] == ["</mjml> closes what was never opened"]


def test_a_fault_knows_its_offset() -> None:
    source = HEAD + column("<mj-txt>a</mj-txt>") + TAIL
    assert next(faults_of(source)).offset == source.index("<mj-txt>")


def test_nesting_is_capped_before_mrml_sees_it() -> None:
    nested = "<div>" * 50_000 + "</div>" * 50_000
    assert faults(column(f"<mj-text>{nested}</mj-text>")) == [f"more than {DEEPEST} elements inside one another"]
