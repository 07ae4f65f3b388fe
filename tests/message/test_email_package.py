"""The same message made the ordinary way, with the standard library's `email` package, reads the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from composer.message import compile_message
from composer.unsubscribe import list_headers, unsubscribe_link
from tests.message.making import (
    HOSTILE,
    LINK,
    MOMENT,
    NAME,
    PICTURE,
    TOKENS,
    VALUES,
    newsletter,
    parsed,
    spaceless,
    with_a_picture,
    with_everything,
)

if TYPE_CHECKING:
    from composer.render import Email

_NEWSLETTER = newsletter()
_KEY = "morgan@example.org"
_QP = "quoted-printable"
_CONTENT_ID = f"two-workers-png.{hashlib.sha256(PICTURE.data).hexdigest()[:20]}@example.org"
_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"


@pytest.mark.parametrize("email", [with_everything(), with_a_picture()], ids=["text", "picture"])
@given(name=VALUES, first_name=VALUES)
@example(name=HOSTILE[0], first_name=HOSTILE[0])
@example(name="Morgan " * 30, first_name="x" * 3000)
@example(name="Ж" * 300, first_name="=\r\n.\r\nMAIL FROM")
def test_a_filled_message_reads_as_if_the_email_package_had_made_it(email: Email, name: str, first_name: str) -> None:
    press = compile_message(email, _NEWSLETTER, number=653).press(TOKENS, moment=MOMENT)
    ours = parsed(press.fill("Morgan@example.org", {"name": name, "first_name": first_name}))
    made = ordinary(email, name, first_name)
    theirs = parsed(made.as_bytes(policy=policy.SMTP))
    assert sorted(ours) == sorted(made)
    for field in set(made) - {"To", "Content-Type"}:
        assert ours[field] == made[field]
    (ours_to,), (theirs_to,) = ours["To"].addresses, made["To"].addresses
    assert ours_to.addr_spec == theirs_to.addr_spec
    assert spaceless(ours_to.display_name) == spaceless(theirs_to.display_name)
    for our_part, their_part in zip_longest(ours.walk(), theirs.walk()):
        assert read(our_part) == read(their_part)


def ordinary(email: Email, name: str, first_name: str) -> EmailMessage:
    """The message that somebody would make who knows the email package and not us."""
    link = unsubscribe_link(_NEWSLETTER, TOKENS.unsubscribe(_KEY))
    shown = one_line(first_name or "colleague")
    in_header = first_name if first_name and is_safe(first_name) else "colleague"
    message = EmailMessage()
    message["From"] = Address("Regional Update", addr_spec="update@example.org")
    message["To"] = Address(" ".join(name.split()) if is_safe(name) else "", addr_spec="Morgan@example.org")
    message["Reply-To"] = "robin@example.org"
    message["Subject"] = re.sub(" +", " ", email.subject.replace(NAME.token, in_header)).strip()
    message["Date"] = MOMENT
    message["Message-ID"] = f"<653.{TOKENS.message('653', _KEY)}@example.org>"
    for field, value in list_headers(_NEWSLETTER, TOKENS.unsubscribe(_KEY)):
        message[field] = value
    message["Precedence"] = "bulk"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["Feedback-ID"] = "653:regional-update:newsletter:example-org"
    message.set_content(email.text.replace(NAME.token, shown).replace(LINK.token, link), cte=_QP)
    html = email.html.replace(NAME.token, escape(shown)).replace(LINK.token, escape(link))
    message.add_alternative(html.replace(f"images/{PICTURE.name}", f"cid:{_CONTENT_ID}"), "html", cte=_QP)
    if email.pictures:
        _, part = message.iter_parts()
        assert isinstance(part, EmailMessage)
        part.add_related(
            PICTURE.data, "image", "png", cid=f"<{_CONTENT_ID}>", filename="two-workers.png", disposition="inline"
        )
    message["Content-Language"] = "en-GB"
    return message


def read(part: EmailMessage) -> tuple[object, ...]:
    """What a mail program shows of a part, but for names that both may choose as they like."""
    kind = part.get_content_type(), part.get_content_disposition(), part.get_filename()
    if part.is_multipart():
        return kind
    content = part.get_content()
    if isinstance(content, str):
        return (*kind, part.get_content_charset(), content.replace("\r\n", "\n"))
    return (*kind, content)


def one_line(value: str) -> str:
    """Line breaks are a space, other control characters nothing, and halves of characters a question mark."""
    runs = groupby(value, _BREAKS.__contains__)
    return "".join(" " if is_break else "".join(map(_clean, run)) for is_break, run in runs)


def _clean(character: str) -> str:
    return {"Cc": "", "Cs": "?"}.get(unicodedata.category(character), character)


def is_safe(value: str) -> bool:
    return one_line(value) == value and "=?" not in value
