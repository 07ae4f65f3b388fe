from __future__ import annotations

import pytest

from composer.render.mjml import DEEPEST, MjmlError, faults_of, to_html

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


def test_html_is_made_without_touching_the_words() -> None:
    html = to_html(HEAD + column("<mj-text><b>a</b>\n<i>b</i></mj-text>") + TAIL)
    assert "<b>a</b> \n<i>b</i>" in html


def test_neighbouring_comments_for_outlook_become_one() -> None:
    assert "<![endif]--><!--[if mso | IE]>" not in to_html(HEAD + column("<mj-text>a</mj-text>") + TAIL)


def test_what_mrml_cannot_read_is_an_error() -> None:
    with pytest.raises(MjmlError, match="cannot be read"):
        to_html("<mjml><mj-body width=600px></mj-body></mjml>")


def test_mjml_that_would_reach_the_reader_is_an_error() -> None:
    with pytest.raises(MjmlError, match="stands inside <mj-raw>"):
        to_html(HEAD + "<mj-raw><mj-text>a</mj-text></mj-raw>" + TAIL)
