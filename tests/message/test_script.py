from __future__ import annotations

import pytest

from composer.message.script import Gap, Manner, cut, joined, read
from composer.render import MergeField
from tests.message.making import NAME, compiled, filled, parsed, text_of


def test_a_value_inside_a_web_address_is_percent_encoded() -> None:
    of = compiled(
        html=f'<a href="https://www.example.org/?name={NAME.token}">x</a> {NAME.token}',
        text=f"https://www.example.org/?name={NAME.token} {NAME.token}",
    )
    message = parsed(filled(of=of, first_name="Zoë & Co"))
    in_html, in_text = text_of(message, "html"), text_of(message, "plain")
    assert in_html == '<a href="https://www.example.org/?name=Zo%C3%AB%20%26%20Co">x</a> Zoë &amp; Co'
    assert in_text == "https://www.example.org/?name=Zo%C3%AB%20%26%20Co Zoë & Co"


@pytest.mark.parametrize(
    ("value", "leads_to"),
    [
        ("https://www.example.org/a?b=c&d", "https://www.example.org/a?b=c&amp;d"),
        ("mailto:zoe@example.org", "mailto:zoe@example.org"),
        ("javascript:alert(1)", "https://www.example.org"),
        ("Zoë", "https://www.example.org"),
        ("https://www.example.org/\0", "https://www.example.org"),
        ("https://www.example.org/\ud800", "https://www.example.org"),
        ("", "https://www.example.org"),
    ],
)
def test_a_whole_address_from_a_list_is_one_or_gives_way(value: str, leads_to: str) -> None:
    page = MergeField("mfpagez", "page", "https://www.example.org")
    script = cut(f'<a href="{page.token}">x</a>', (page,), Manner.HTML)
    assert read(script, {"page": value}) == f'<a href="{leads_to}">x</a>'


@pytest.mark.parametrize("manner", Manner)
def test_every_manner_can_be_read_and_written(manner: Manner) -> None:
    gap = Gap("x", "https://www.example.org", manner)
    assert gap.words({})
    assert gap.writer()({})


def test_neighbours_that_are_the_same_for_everybody_are_one() -> None:
    gap = Gap("x")
    assert joined([b"a", b"b", gap, gap, b"", b"c"]) == (b"ab", gap, gap, b"c")
