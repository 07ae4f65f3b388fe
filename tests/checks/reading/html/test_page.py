"""The finished HTML with the style of every element: what a browser would compute, as far as rules need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.reading.html.colour import Colour, colour
from composer.checks.reading.html.page import Page

if TYPE_CHECKING:
    from composer.checks.reading.html.style import Style


def style_of(html: str, tag: str = "p", *, scheme: str = "light") -> Style:
    page = Page(f"<html><body>{html}</body></html>")
    styles = {"light": page.light, "dark": page.dark, "outlook": page.outlook_dark}[scheme]
    return styles[page.of(tag)[-1]]


def test_contrast_is_measured_as_wcag_does() -> None:
    black, white, grey = Colour(0, 0, 0), Colour(1, 1, 1), colour("#777777")
    assert black.contrast(white) == pytest.approx(21)
    assert grey is not None
    assert grey.contrast(white) == pytest.approx(4.48, abs=0.005)
    assert str(grey) == "#777777"


@pytest.mark.parametrize(
    ("html", "foreground", "ground"),
    [
        ("<p>x</p>", "#000000", "#ffffff"),
        ('<div style="color:red;background:#000"><p>x</p></div>', "#ff0000", "#000000"),
        ('<table bgcolor="#004455"><tr><td><p>x</p></td></tr></table>', "#000000", "#004455"),
        ('<style>p { color: #111111 } .a { color: #222222 }</style><p class="a">x</p>', "#222222", "#ffffff"),
        ('<style>p { color: #111111 !important }</style><p style="color:#222222">x</p>', "#111111", "#ffffff"),
        ('<style>p { color: #111111 }</style><p style="color:#222222">x</p>', "#222222", "#ffffff"),
        (
            '<style>p { color: #111111 !important }</style><p style="color:#222222 !important">x</p>',
            "#222222",
            "#ffffff",
        ),
        ('<div style="color:#333333"><p style="color:inherit">x</p></div>', "#333333", "#ffffff"),
        ('<p style="background-color:rgb(0,0,0);color:rgb(255 255 255)">x</p>', "#ffffff", "#000000"),
        ('<p style="background:#111111;background-color:#222222">x</p>', "#000000", "#222222"),
        ("<style>@media (max-width:400px) { p { color: #111111 } }</style><p>x</p>", "#000000", "#ffffff"),
        ('<style media="print">p { color: #111111 }</style><p>x</p>', "#000000", "#ffffff"),
        ("<style>p:hover { color: #111111 } p::first-line { color: #222222 }</style><p>x</p>", "#000000", "#ffffff"),
        ("<style>p { color: #11 } this is no css</style><p>x</p>", "None", "#ffffff"),
    ],
)
def test_colours_come_down_and_the_stronger_rule_wins(html: str, foreground: str, ground: str) -> None:
    style = style_of(html)
    assert (str(style.colour), str(style.ground)) == (foreground, ground)


@pytest.mark.parametrize(
    "html",
    [
        '<p style="background:url(x.png)">x</p>',
        '<p style="background-image:linear-gradient(red, blue)">x</p>',
        '<table background="x.png"><tr><td><p>x</p></td></tr></table>',
        '<p style="background-color:rgba(0, 0, 0, 0.5)">x</p>',
    ],
)
def test_what_stands_on_a_picture_cannot_be_known(html: str) -> None:
    assert style_of(html).ground is None


DARK = """<style>
@media (prefers-color-scheme: dark) { body { background: #000000 !important } p { color: #eeeeee !important } }
[data-ogsc] p { color: #dddddd !important }
[data-ogsb] body { background: #111111 !important }
</style><p style="color:#222222">x</p>"""


def test_the_dark_has_rules_of_its_own() -> None:
    seen = [style_of(DARK, scheme=scheme) for scheme in ("light", "dark", "outlook")]
    assert [(str(style.colour), str(style.ground)) for style in seen] == [
        ("#222222", "#ffffff"),
        ("#eeeeee", "#000000"),
        ("#dddddd", "#111111"),
    ]


def test_nobody_knows_the_ground_of_a_dark_window() -> None:
    assert style_of("<p>x</p>", scheme="dark").ground is None


@pytest.mark.parametrize(
    ("html", "size_px", "line_height"),
    [
        ("<p>x</p>", 16, 1.2),
        ('<div style="font-size:20px;line-height:1.5"><p>x</p></div>', 20, 1.5),
        ('<div style="font-size:20px"><p style="font-size:50%;line-height:15px">x</p></div>', 10, 1.5),
        ('<p style="font-size:12pt;line-height:150%">x</p>', 16, 1.5),
        ('<p style="font-size:1.5em">x</p>', 24, 1.2),
        ('<p style="font-size:larger">x</p>', 16, 1.2),
        ('<p style="font:italic bold 20px/1.5 Arial,sans-serif">x</p>', 20, 1.5),
        ('<div style="line-height:1.5"><p style="font:12pt Arial">x</p></div>', 16, 1.2),
        ('<p style="font:10px/2 Arial;font-size:20px">x</p>', 20, 2),
        ('<p style="font:inherit">x</p>', 16, 1.2),
    ],
)
def test_sizes(html: str, size_px: float, line_height: float) -> None:
    style = style_of(html)
    assert style.size_px == pytest.approx(size_px)
    assert style.line_height == pytest.approx(line_height)


@pytest.mark.parametrize(
    ("html", "align"),
    [
        ("<p>x</p>", "left"),
        ('<table align="center"><tr><td><p>x</p></td></tr></table>', "left"),
        ('<table><tr><td align="center"><p>x</p></td></tr></table>', "center"),
        ('<center><p style="text-align:left">x</p></center>', "left"),
        ("<table><tr><th><p>x</p></th></tr></table>", "center"),
    ],
)
def test_alignment_comes_down(html: str, align: str) -> None:
    assert style_of(html).align == align


def test_headings_are_large_and_bold_unless_said_otherwise() -> None:
    assert (style_of("<h1>x</h1>", "h1").size_px, style_of("<h1>x</h1>", "h1").is_bold) == (32, True)
    assert not style_of('<h1 style="font-weight:400">x</h1>', "h1").is_bold


@pytest.mark.parametrize(
    "look", ["font:bold 20px Arial", "font-weight:700", "font:italic 600 1em Arial;font-weight:bold"]
)
def test_bold_is_said_in_more_ways_than_one(look: str) -> None:
    assert style_of(f'<p style="{look}">x</p>').is_bold


@pytest.mark.parametrize("look", ["hidden", 'style="display:none"', 'style="display: none !important"'])
def test_hidden_is_said_in_more_ways_than_one(look: str) -> None:
    assert style_of(f"<div {look}><p>x</p></div>").is_hidden


def test_links_are_blue_and_underlined_unless_said_otherwise() -> None:
    link = style_of('<a href="https://x.example.org">x</a>', "a")
    assert (str(link.colour), link.is_underlined) == ("#0000ee", True)
    assert not style_of('<a href="https://x.example.org" style="text-decoration:none">x</a>', "a").is_underlined


def test_what_is_hidden_is_not_read() -> None:
    html = (
        '<div style="display:none">preheader <b>bold</b></div><p>One<br>two <a href="#">three</a></p><!-- no --> four'
    )
    page = Page(f"<html><head><title>no</title></head><body>{html}</body></html>")
    assert [words for words, _ in page.blocks] == ["One two three", "four"]


def test_words_are_read_in_their_order() -> None:
    html = '<p>One <strong><a href="#">two <em>three</em></a> four</strong> five<!-- no --> six</p>'
    assert [words for words, _ in Page(f"<html><body>{html}</body></html>").blocks] == ["One two three four five six"]


@given(st.text(alphabet="<>/pdivstyle=\"'{}:;#.@()!a1 \n", max_size=80))
def test_any_html_can_be_looked_at(html: str) -> None:
    page = Page(f"<p>{html}</p>")
    assert len(page.light) == len(page.dark) == len(page.outlook_dark) == len(page.elements)
    assert page.blocks is not None
