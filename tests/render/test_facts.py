"""What was observed of mrml and premailer, and is relied on. When one of these fails, a library has changed: read
`composer/render` again before changing the test."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from mjml import mjml2html

from composer.prose import attribute
from composer.render.inline import inlined, words

if TYPE_CHECKING:
    from pathlib import Path


def mrml(body: str, head: str = "", width: str = 'width="600px"') -> str:
    source = f'<mjml lang="en-GB" dir="ltr"><mj-head>{head}</mj-head><mj-body {width}>{body}</mj-body></mjml>'
    return mjml2html(source, fonts={})


def in_text(content: str) -> str:
    html = mrml(f"<mj-section><mj-column><mj-text>{content}</mj-text></mj-column></mj-section>")
    return html[html.index("<body") :]


def test_mrml_runs_words_together_where_whitespace_begins_with_a_line_break() -> None:
    assert "<b>a</b><i>b</i>" in in_text("<b>a</b>\n<i>b</i>")
    assert words(in_text("<b>a</b> \n<i>b</i>")) == ["a", "b"]


def test_mrml_prints_attributes_with_debug_escapes_unless_they_are_references() -> None:
    alt = "caf\u00e9 \u00a0 \U0001f469\u200d\U0001f467 \\ e\u0301"
    image = '<mj-section><mj-column><mj-image src="a.png" alt="{}" /></mj-column></mj-section>'
    assert r"\u{a0}" in mrml(image.format(alt))
    assert f'alt="{attribute(alt)}"' in mrml(image.format(attribute(alt)))


def test_mrml_lets_a_quote_in_a_title_break_out_unless_it_is_a_reference() -> None:
    assert r'aria-label="a\" b"' in mrml("", '<mj-title>a" b</mj-title>')
    assert 'aria-label="a&#34; b"' in mrml("", f"<mj-title>{attribute('a' + chr(34) + ' b')}</mj-title>")


def test_mrml_is_silent_about_unknown_and_misplaced_elements() -> None:
    assert "q" in mrml("<mj-section><mj-column><mj-txt>q</mj-txt></mj-column></mj-section>")
    assert "q" in mrml("<mj-section><mj-column><mj-text>q</mj-section></mj-column></mj-section>")


def test_mrml_prints_what_stands_in_an_mj_raw_as_it_is() -> None:
    assert "<mj-text>q</mj-text>" in mrml("<mj-raw><mj-text>q</mj-text></mj-raw>")


def test_mrml_raises_value_errors_without_a_line() -> None:
    with pytest.raises(ValueError, match="root template"):
        mrml("<mj-section><mj-column><mj-text>a")
    with pytest.raises(ValueError, match="root template"):
        in_text("a < b")


def test_mrml_ends_the_process_when_nesting_is_very_deep() -> None:
    nested = "'<mjml><mj-body>' + '<div>' * 100_000 + '</div>' * 100_000 + '</mj-body></mjml>'"
    program = f"from mjml import mjml2html; mjml2html({nested}, fonts={{}})"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode != 0


def test_mrml_fetches_a_font_from_elsewhere_unless_told_not_to() -> None:
    source = "<mjml><mj-body><mj-section><mj-column><mj-text>a</mj-text></mj-column></mj-section></mj-body></mjml>"
    assert "fonts.googleapis.com" in mjml2html(source)
    assert "http" not in mjml2html(source, fonts={}).replace("http-equiv", "").replace("http://www.w3.org", "")


def test_mrml_keeps_conditional_comments_and_every_style_sheet_apart() -> None:
    html = mrml(
        "", "<mj-style>.a{}</mj-style><mj-style>.b{}</mj-style><mj-raw><!--[if mso]><b></b><![endif]--></mj-raw>"
    )
    assert '<style type="text/css">.a{}</style><style type="text/css">.b{}</style>' in html
    assert "<!--[if mso]><b></b><![endif]-->" in html


def test_mrml_puts_the_language_on_the_page_and_on_its_only_child() -> None:
    assert re.search(r'<html lang="en-GB" dir="ltr"', mrml(""))
    assert re.search(r'<body[^>]*><div[^>]*role="article"[^>]* lang="en-GB" dir="ltr"', mrml(""))


PAGE = "<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def test_premailer_keeps_the_doctype_only_in_capitals() -> None:
    assert inlined(PAGE.format(head="", body="a"), "").startswith("<!DOCTYPE html>")


def test_premailer_keeps_own_style_sheets_with_what_is_important() -> None:
    sheet = "<style>@media (prefers-color-scheme:dark) { .a { color: #ffffff !important } }</style>"
    html = inlined(PAGE.format(head=sheet, body='<p class="a">x</p>'), "p { color: #aa0000 }")
    assert sheet in html
    assert '<p class="a" style="color:#aa0000">x</p>' in html


def test_premailer_keeps_the_size_of_a_picture() -> None:
    html = inlined(PAGE.format(head="", body='<img src="a.png" width="600" height="9">'), "img { width: 100% }")
    assert '<img src="a.png" width="600" height="9" style="width:100%">' in html


def test_premailer_keeps_colours_of_six_digits() -> None:
    assert "#ffffff" in inlined(PAGE.format(head="", body="<p>x</p>"), "p { color: #ffffff }")


def test_premailer_fetches_nothing_that_a_rule_imports(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p { color: #ff0000 }", "utf-8")
    css = f'@import url("{(tmp_path / "a.css").as_uri()}"); @import url("http://127.0.0.1:9/b.css"); p {{ margin: 0 }}'
    html = inlined(PAGE.format(head="", body="<p>x</p>"), css)
    assert '<p style="margin:0">' in html


def test_premailer_says_nothing_about_odd_rules(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    inlined(PAGE.format(head="", body="<p>x</p>"), "p { colour: blue; mso-x: 1 }")
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_premailer_keeps_conditional_comments() -> None:
    comment = "<!--[if mso | IE]><table><tr><td><![endif]-->"
    assert comment in inlined(PAGE.format(head="", body=f"{comment}x"), "")


def test_premailer_damages_braces_in_a_link_but_no_letters() -> None:
    token = "mf6e616d657c66616c6c6261636bz"
    assert f'href="https://example.org/{token}"' in inlined(
        PAGE.format(head="", body=f'<a href="https://example.org/{token}">x</a>'), ""
    )
