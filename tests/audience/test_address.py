from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.audience.address import Mailbox, NoMailbox, mailbox


@given(st.text())
def test_any_cell_has_an_answer_that_is_safe_in_an_envelope(cell: str) -> None:
    found = mailbox(cell)
    if isinstance(found, Mailbox):
        assert found.address.isascii()
        assert found.address.isprintable()
        assert not set(found.address) & set(" <>,;")
    else:
        assert found.why
        assert found.hint


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("Morgan.Ellis@Example.ORG", "Morgan.Ellis@example.org"),
        ("  morgan@example.org\t", "morgan@example.org"),
        ("\u00a0\u200bmorgan@example.org\ufeff\u00a0", "morgan@example.org"),
        ("morgan@example.org;", "morgan@example.org"),
        ("mailto:morgan@example.org", "morgan@example.org"),
        ("MailTo:morgan@example.org", "morgan@example.org"),
        ("<morgan@example.org>", "morgan@example.org"),
        ("o'neill+news@sub.example.org", "o'neill+news@sub.example.org"),
        ("team@bücher.example.org", "team@xn--bcher-kva.example.org"),
        ("team@xn--bcher-kva.example.org", "team@xn--bcher-kva.example.org"),
        ("INFO@example.org", "info@example.org"),
        ("robin@relay.test", "robin@relay.test"),
    ],
)
def test_forgives_what_is_certain(cell: str, address: str) -> None:
    assert mailbox(cell) == Mailbox(address)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Morgan Ellis <morgan@example.org>", "Morgan Ellis"),
        ('"Ellis, Morgan" <morgan@example.org>', "Ellis, Morgan"),
        ("Zoë Åström<mailto:morgan@example.org>;", "Zoë Åström"),
    ],
)
def test_keeps_the_display_name(cell: str, name: str) -> None:
    assert mailbox(cell) == Mailbox("morgan@example.org", name)


@pytest.mark.parametrize(
    ("cell", "why", "hint"),
    [
        ("", "no address", "write one"),
        (" \u00a0 ", "no address", "write one"),
        ("morgan.example.org", "it has no @", "correct it"),
        ("morgan@example", "has no dot", "correct it"),
        ("morgan@@example.org", "invalid characters", "correct it"),
        ("a@example.org; b@example.org", "more than one address", "a row of its own"),
        ("a@example.org\r\nBcc: b@example.org", "more than one address", "a row of its own"),
        ("morgan@example.org\r\nX: y", "not an address", "correct it"),
        ("zoë@example.org", "SMTPUTF8", "unaccented"),
        ("morgan@printer.local", "special-use", "correct it"),
        ("m" * 65 + "@example.org", "too long", "correct it"),
        ('"morgan ellis"@example.org', "not an address", "correct it"),
        ("morgan@[127.0.0.1]", "not an address", "correct it"),
        ("a@example.org <b@example.org> c", "", ""),
    ],
)
def test_refuses_with_what_to_do(cell: str, why: str, hint: str) -> None:
    found = mailbox(cell)
    assert isinstance(found, NoMailbox)
    assert why in found.why
    assert hint in found.hint
