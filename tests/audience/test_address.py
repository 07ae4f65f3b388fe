from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from composer.audience.address import _PLAIN, Mailbox, NoMailbox, mailbox

ATOMS = st.text("abzABZ019.!#$%&'*+-/=?^_`{|}~@", min_size=1, max_size=70)
LABELS = st.one_of(
    st.text("abzAZ019-", min_size=1, max_size=66),
    st.sampled_from(["info", "local", "onion", "ARPA", "test", "invalid", "localhost", "xn--mnchen-3ya", "example"]),
)
DOMAINS = st.lists(LABELS, min_size=1, max_size=5).map(".".join)
ADDRESSES = st.builds("{}@{}".format, st.one_of(ATOMS, st.sampled_from(["info", "Sales", "WWW"])), DOMAINS)


def by_the_library(text: str) -> str | None:
    found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True, test_environment=True)
    return found.ascii_email


@given(st.one_of(ADDRESSES, st.emails(), st.text(max_size=20)))
@example("a@" + ".".join(["b" * 60] * 4) + ".org")
@example("Info@Example.ORG")
def test_whatever_the_fast_path_takes_the_library_takes_with_the_same_result(text: str) -> None:
    if _PLAIN.match(text):
        assert mailbox(text) == Mailbox(str(by_the_library(text)))


@given(st.one_of(ADDRESSES, st.emails()))
def test_the_fast_path_changes_no_answer(text: str) -> None:
    found = mailbox(text)
    try:
        expected = by_the_library(text)
    except EmailNotValidError:
        assert isinstance(found, NoMailbox)
    else:
        assert found == Mailbox(str(expected))


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
        ("morgan.example.org", "must have an @-sign", "correct it"),
        ("morgan@example", "should have a period", "correct it"),
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
