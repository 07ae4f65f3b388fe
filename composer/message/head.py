"""The header of a message: what is the same for everybody, and gaps for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.issue import slug
from composer.message import folding
from composer.message.script import Gap, Manner, Own, Script, cut
from composer.unsubscribe import TOKEN_LENGTH, UNSUBSCRIBE_TOKEN_LENGTH, list_headers, list_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.render import Email
    from composer.settings import Newsletter

_TOKEN = "token".ljust(UNSUBSCRIBE_TOKEN_LENGTH, "0")
"""Stands where a token will, as long as one, so that lines are folded where they will be."""

_SETTINGS = {
    "List-Id": "name",
    "List-Unsubscribe": "unsubscribe",
    "List-Unsubscribe-Post": "unsubscribe",
    "List-Archive": "archive_url",
}
"""What in newsletter.yaml the fields of a list are made of."""

_LONGEST_LOCAL_PART = 64  # octets, RFC 5321 §4.5.3.1.1


def names(newsletter: Newsletter) -> tuple[str, ...]:
    """The names of the header fields in their order, and there shall be no others."""
    return (
        "From",
        "To",
        *(["Reply-To"] if newsletter.sender.reply_to else []),
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        *(name for name, _ in list_headers(newsletter, _TOKEN)),
        "Precedence",
        "X-Auto-Response-Suppress",
        "Feedback-ID",
        "Content-Language",
        "Content-Type",
    )


def head(newsletter: Newsletter, number: int, language: str) -> Iterator[bytes | Gap]:
    """Every field but the last, which says of what kind the body is.

    Raises `ComposerError` for a setting that a header must not hold.
    """
    sender = newsletter.sender
    name, address = _words(sender.name, "sender.name"), _address(sender.email, "sender.email")
    yield folding.mailbox("From", name, address)
    yield Gap(Own.TO)
    if sender.reply_to:
        yield folding.mailbox("Reply-To", "", _address(sender.reply_to, "sender.reply_to"))
    yield Gap(Own.SUBJECT)
    yield b"Date: "
    yield Gap(Own.DATE)
    yield b"\r\nMessage-ID: "
    yield Gap(Own.MESSAGE_ID)
    yield b"\r\nMIME-Version: 1.0\r\n"
    yield from _list_headers(newsletter)
    # Auto-Submitted is left out: an editor wrote this, no process did (RFC 3834 §5).
    yield b"Precedence: bulk\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"
    yield f"Feedback-ID: {_feedback_id(newsletter, number)}\r\n".encode("ascii")
    yield f"Content-Language: {_words(language, 'language')}\r\n".encode("ascii")


def _list_headers(newsletter: Newsletter) -> Iterator[bytes | Gap]:
    for name, value in list_headers(newsletter, _TOKEN):
        words = _words(value, _SETTINGS[name]).split(" ")
        first, *others = folding.folded(name, words).split(_TOKEN.encode("ascii"))
        yield first
        for piece in others:
            yield Gap(Own.TOKEN)
            yield piece


def _words(value: str, setting: str) -> str:
    if folding.is_header_safe(value):
        return value
    raise ComposerError(
        f"newsletter.yaml: {setting}: {value!r} cannot stand in a header; leave out control characters and '=?'"
    )


def _address(address: str, setting: str) -> str:
    if folding.is_address(address):
        return address
    raise ComposerError(
        f"newsletter.yaml: {setting}: {address!r} cannot stand in a header; write it as news@example.org"
    )


def _feedback_id(newsletter: Newsletter, number: int) -> str:
    """Campaign, list, kind and sender, by which Gmail sums up complaints; it says nothing of the recipient."""
    label, _, _ = list_id(newsletter).partition(".")
    domain = newsletter.sender.email.rpartition("@")[2]
    return f"{number}:{label}:newsletter:{slug(domain)}"


def bounces(newsletter: Newsletter) -> str:
    """The address for bounces, which has room for a token."""
    sender = newsletter.sender
    address = _address(sender.bounces, "sender.bounces") if sender.bounces else _address(sender.email, "sender.email")
    local, _, _ = address.rpartition("@")
    longest = _LONGEST_LOCAL_PART - 1 - TOKEN_LENGTH
    if len(local) > longest:
        raise ComposerError(
            f"newsletter.yaml: sender.bounces: {local!r} is too long to take a token; "
            f"set an address with at most {longest} characters before the @"
        )
    return address


def subject(email: Email, *, is_proof: bool) -> Script:
    """The subject's words, which a header can hold whoever gets them."""
    script = cut(email.subject, email.fields, Manner.WORDS)
    for part in script:
        words = part.fallback if isinstance(part, Gap) else part
        if not folding.is_header_safe(words):
            raise ComposerError(
                f"the subject's {words!r} cannot stand in a header; leave out control characters, line breaks and '=?'"
            )
    return ("[PROOF] ", *script) if is_proof else script
