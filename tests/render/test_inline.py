from __future__ import annotations

import subprocess
import sys

import pytest

from composer.render.inline import TextLostError, addresses, inlined, words

PAGE = "<!doctype html><html><head></head><body>{}</body></html>"


def test_rules_become_attributes_without_needless_spaces() -> None:
    html = inlined(PAGE.format("<p>x</p>"), "p { margin: 0 0 12px; color: #112233 }")
    assert '<p style="margin:0 0 12px;color:#112233">x</p>' in html


def test_a_style_of_ones_own_wins() -> None:
    assert "color:#000000" in inlined(PAGE.format('<p style="color:#000000">x</p>'), "p { color: #112233 }")


def test_text_that_would_be_lost_is_refused() -> None:
    deep = "<div>" * 300 + "deep" + "</div>" * 300 + "and after"
    with pytest.raises(TextLostError):
        inlined(PAGE.format(deep), "p { margin: 0 }")


def test_a_link_that_would_be_lost_is_refused() -> None:
    with pytest.raises(TextLostError):
        inlined(PAGE.format('<a href="https://example.org/1" href="https://example.org/2">x</a>'), "")


def test_an_address_in_other_letters_is_encoded_as_browsers_do() -> None:
    html = inlined(PAGE.format('<a href="https://example.org/caf\u00e9">x</a>'), "")
    assert 'href="https://example.org/caf%C3%A9"' in html


def test_words_are_what_a_reader_sees() -> None:
    assert words("<style>p{}</style><!-- no --><p>Caf&eacute; &amp;\n bar</p>") == ["Caf\u00e9", "&", "bar"]


def test_addresses_are_links_and_pictures() -> None:
    assert addresses('<a href="https://e.org/?a&amp;b">x</a><img src="images/a.png">') == [
        "https://e.org/?a&b",
        "images/a.png",
    ]


def test_drafting_does_not_wait_for_premailer() -> None:
    program = (
        "import sys, composer.render.html, composer.render.text, composer.render.pictures;"
        "sys.exit(bool({'premailer', 'cssutils', 'requests', 'PIL'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_brackets_in_an_attribute_are_no_tag() -> None:
    assert words('<img alt="a > b <!-- c" src="a.png"><p>d</p>') == ["d"]


def test_an_address_may_stand_between_either_quotes() -> None:
    assert addresses("""<a href='https://e.org/"'>x</a>""") == ['https://e.org/"']
