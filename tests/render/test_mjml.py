from __future__ import annotations

import pytest

from composer.render.mjml import MjmlError, to_html

HEAD = "<mjml><mj-body>"
TAIL = "</mj-body></mjml>"


def column(content: str) -> str:
    return f"<mj-section><mj-column>{content}</mj-column></mj-section>"


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
