from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from composer.dkim import Signer, make_key
from composer.errors import ComposerError
from composer.message import Compiled, Message, compile_message
from tests.message.making import (
    ADDRESS,
    MOMENT,
    NAME,
    TOKENS,
    VALUES,
    compiled,
    email,
    filled,
    newsletter,
    parsed,
    text_of,
    with_a_picture,
    with_everything,
)

_EVERYTHING = compile_message(with_everything(), newsletter(), number=653)
_WITH_A_PICTURE = compile_message(with_a_picture(), newsletter(), number=653)
_PEM = make_key()


def signer(domain: str = "example.org", selector: str = "composer", pem: bytes = _PEM) -> Signer:
    return Signer.from_pem(pem, domain=domain, selector=selector)


def test_bounces_come_back_to_an_address_that_tells_us_whose_they_are() -> None:
    sender = {"name": "Update", "email": "update@example.org", "bounces": "bounces@mail.example.org"}
    message = filled("Morgan@example.org", of=compile_message(email(), newsletter(sender=sender), number=653))
    token = TOKENS.bounce("653", "morgan@example.org")
    assert message.envelope_sender == f"bounces+{token}@mail.example.org"
    assert message.envelope_recipient == "Morgan@example.org"


def test_the_message_id_holds_no_address_and_differs_between_people_and_issues() -> None:
    other_issue = compile_message(email(), newsletter(), number=654)
    ids = {filled("morgan@example.org").message_id, filled("robin@example.org").message_id}
    ids.add(filled("morgan@example.org", of=other_issue).message_id)
    assert len(ids) == 3
    assert not any("morgan" in one or "robin" in one for one in ids)


@given(st.from_regex(r"[A-Za-z]{1,30}@example\.org", fullmatch=True))
def test_the_message_id_can_be_had_without_the_message(address: str) -> None:
    press = _EVERYTHING.press(TOKENS, moment=MOMENT)
    message = press.fill(address, {})
    assert press.message_id(address.casefold()) == message.message_id
    assert parsed(message)["Message-ID"] == message.message_id


def test_a_missing_or_empty_field_is_its_fallback() -> None:
    assert "Dear colleague," in text_of(parsed(filled(first_name="")), "plain")
    assert "Dear colleague," in text_of(parsed(filled()), "html")


def test_a_column_called_email_does_not_stand_in_for_the_address() -> None:
    message = filled(of=compiled(text=ADDRESS.token), email="somebody-else@example.org")
    assert text_of(parsed(message), "plain") == "morgan@example.org"


@pytest.mark.parametrize("name", [":to", ":token", ":message-id", ":date", ":subject", "unsubscribe_link"])
def test_a_column_called_like_something_of_ours_changes_nothing(name: str) -> None:
    press = _EVERYTHING.press(TOKENS, moment=MOMENT)
    assert press.fill("morgan@example.org", {name: "x"}) == press.fill("morgan@example.org", {})


@pytest.mark.parametrize(
    "name", ["x\r\nBcc: y@example.org", "=?utf-8?q?x=0A?=", "a\u2028b", "a\0b", "a\x7fb", "\ud800"]
)
def test_a_name_that_a_header_must_not_hold_is_left_out(name: str) -> None:
    assert b"To: morgan@example.org\r\n" in filled(name=name).data


def test_a_value_that_a_header_must_not_hold_gives_way_to_the_fallback() -> None:
    of = compiled(subject=f"For {NAME.token}")
    assert parsed(filled(of=of, first_name="=?x?="))["Subject"] == "For colleague"


def test_two_values_make_no_encoded_word_together() -> None:
    of = compiled(subject=f"For {NAME.token}?utf-8?q?x?{NAME.token}")
    message = filled(of=of, first_name="=")
    assert parsed(message)["Subject"] == "For =?utf-8?q?x?="
    assert b"=?utf-8?q?x?=" not in message.data


@pytest.mark.parametrize(
    "address",
    [
        "a b@example.org",
        "a@example.org\r\nRCPT",
        "<a@example.org>",
        "a",
        "é@example.org",
        "=?x@example.org",
        "a..b@x.org",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    press = compiled().press(TOKENS, moment=MOMENT)
    for use in (lambda: press.fill(address, {}), lambda: press.check(address)):
        with pytest.raises(ComposerError, match="cannot stand in a message as an address"):
            use()


def test_the_date_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        compiled().press(TOKENS, moment=datetime(2025, 3, 14))  # noqa: DTZ001
    message = compiled().press(TOKENS, moment=datetime(2025, 1, 1, tzinfo=UTC)).fill("morgan@example.org", {})
    assert b"+0000" in message.data


@pytest.mark.parametrize("of", [_EVERYTHING, _WITH_A_PICTURE], ids=["text", "picture"])
@given(name=VALUES, first_name=VALUES)
@example(name="Morgan " * 30, first_name="x" * 3000)
@example(name="Ж" * 300, first_name="Ж" * 300)
def test_whatever_the_list_holds_any_server_takes_the_message(of: Compiled, name: str, first_name: str) -> None:
    """CRLF only (RFC 5321 §2.3.8), 7 bits, no line too long (RFC 5322 §2.1.1, RFC 2045 §6.7), no dot to stuff."""
    wire = filled(of=of, name=name, first_name=first_name).wire
    assert wire.endswith(b"\r\n.\r\n")
    data = wire.removesuffix(b".\r\n")
    assert re.fullmatch(rb"(?:[\t -~]{0,998}\r\n)*", data)
    head, _, body = data.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert not re.search(rb"^(\.|From )", body, re.MULTILINE)
    assert not re.search(rb"^(?:To|Message-ID|List-[^:]*|Feedback-ID|From):.*<.*=\?.*>", head, re.MULTILINE)


@given(st.lists(st.text("ab. \t", max_size=5), max_size=8))
def test_stuffed_dots_are_there_on_the_wire_only(lines: list[str]) -> None:
    data = "".join(f"{line}\r\n" for line in lines).encode("ascii")
    wire = b"".join(b"." * line.startswith(b".") + line for line in data.splitlines(keepends=True)) + b".\r\n"
    assert Message("", "", "", wire).data == data


@given(name=VALUES, first_name=VALUES)
def test_a_retry_has_the_same_bytes_even_by_a_press_that_was_frozen(name: str, first_name: str) -> None:
    fields = {"name": name, "first_name": first_name}
    first = _SIGNED.press(TOKENS, moment=MOMENT, signer=_SIGNER).fill("morgan@example.org", fields)
    thawed = Compiled.load(_SIGNED.dump()).press(TOKENS, moment=MOMENT, signer=signer())
    assert thawed.fill("morgan@example.org", fields) == first
    assert thawed.fill("morgan@example.org", fields) == first


_SIGNER = signer()
_SIGNED = compile_message(with_everything(), newsletter(), number=653, signer=_SIGNER)


def test_a_press_signs_with_the_key_of_the_plan_or_not_at_all() -> None:
    of = compiled(signer())
    of.press(TOKENS, moment=MOMENT, signer=signer())
    with pytest.raises(
        ComposerError, match=r"planned with a DKIM key \(composer at example\.org, SHA-256 [0-9a-f]{64}\)"
    ):
        of.press(TOKENS, moment=MOMENT)
    others = signer(pem=make_key()), signer(selector="other"), signer(domain="other.example.org")
    for other in others:
        with pytest.raises(ComposerError, match=r"another DKIM key .*; restore state/dkim-composer\.pem"):
            of.press(TOKENS, moment=MOMENT, signer=other)
    with pytest.raises(ComposerError, match="planned without a DKIM key"):
        compiled().press(TOKENS, moment=MOMENT, signer=signer())
