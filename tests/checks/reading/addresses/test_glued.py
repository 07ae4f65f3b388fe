"""What touches an address, a number or a link, and what is a part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.checks.reading.addresses.glued import glued_addresses, glued_links
from composer.prose import read_markdown

KNOWN = frozenset({"robin.tate@example.org", "office@example.org"})


def apart(text: str) -> list[str]:
    """What begins at each place where a space is missing."""
    return [text[at:].split(maxsplit=1)[0] for at in glued_addresses(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alma Mercercontact@example.org", "contact@example.org"),
        ("Alma Merceralma.mercer@example.org", "alma.mercer@example.org"),
        ("Alma Mercera.mercer@example.org", "a.mercer@example.org"),
        ("Kent County Councilinfo@example.org", "info@example.org"),
        ("(Hampshire)contact@example.org", "contact@example.org"),
        ("details:robin@example.org", "robin@example.org"),
        ("Robin Tate,robin@example.org", "robin@example.org"),
        ("Please emailrobin.tate@example.org", "robin.tate@example.org"),
        ("Please contactdana.cole@example.org", "dana.cole@example.org"),
        ("Please emailinfo@example.org", "info@example.org"),
        ("write todana.cole@example.org or todana@example.org", "dana.cole@example.org"),
        ("the leadrobin.tate@example.org", "robin.tate@example.org"),
        ("Hampshireoffice@example.org", "office@example.org"),
        ("contactDana.Cole@example.org", "Dana.Cole@example.org"),
        ("call07700 900113", "07700"),
        ("(office)07700 900113", "07700"),
        ("ring+44 7700 900113", "+44"),
        ("seehttps://www.example.org/x", "https://www.example.org/x"),
        ("(here):https://www.example.org/x", "https://www.example.org/x"),
        ("atwww.example.org", "www.example.org"),
    ],
)
def test_an_address_touches_the_word_before_it(text: str, expected: str) -> None:
    assert apart(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Robin Tate robin.tate@example.org or (robin.tate@example.org)",
        "Write to McMercer@example.org, Alma.Mercer@example.org or Alma AlmaMercer@example.org",
        "Ask toby.lee@example.org, andrea.cole@example.org, isabel.ford@example.org, forrest.hill@example.org",
        "Please contact contactus@example.org, contact.us@example.org, emailsupport@example.org",
        "orla.byrne@example.org, byron.cole@example.org, oriel.fox@example.org, fromm.e@example.org",
        "Contact Teamsupport@example.org and Office@example.org",
        "backoffice@example.org, x-office@example.org, jane.office@example.org",
        "mailto:robin.tate@example.org and <robin.tate@example.org>",
        "“robin.tate@example.org”, robin.tate@example.org/dana.cole@example.org",
        "Call 07700 900113, +44 7700 900113 or (07700) 900113. Ref AB07700900113, form B01234567.",
        "https://www.example.org/call07700900113 and https://www.example.org/?u=https://www.example.org",
        "The 2024/0123456789 file; ab012",
    ],
)
def test_right_addresses_are_left_alone(text: str) -> None:
    assert apart(text) == []


def beside(markdown: str) -> list[str]:
    """What stands around each place where a link touches a word."""
    [block] = read_markdown(markdown)
    return [f"{block.text[:at][-3:]}|{block.text[at:][:3]}" for at in glued_links(block.text, block.anchors)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Look at[our page](https://www.example.org) now", [" at|our"]),
        ("the[guide](https://www.example.org)and more", ["the|gui", "ide|and"]),
        ("the [guide](https://www.example.org)and more", ["ide|and"]),
        ("[Full report](https://www.example.org/a)[annex](https://www.example.org/b)", ["ort|ann"]),
        ("Two [report](https://www.example.org)s, un[known](https://www.example.org), [link](https://a.org)ing", []),
        ("The ([guide](https://www.example.org)), “[it](https://www.example.org)”, [a](https://a.org)-b", []),
        ("A [guide](https://www.example.org): [one](https://www.example.org/1)/[two](https://www.example.org/2)", []),
    ],
)
def test_a_link_touches_a_word(markdown: str, expected: list[str]) -> None:
    assert sorted(set(beside(markdown))) == sorted(expected)


@given(st.text(st.sampled_from("abTR.:)@/07 -_+orgcontact")))
def test_every_place_is_in_the_text(text: str) -> None:
    assert all(0 <= at <= len(text) for at in glued_addresses(text, KNOWN))
