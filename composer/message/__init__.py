"""`Email` + recipient → wire bytes and envelope: compiled once per variant, filled once per recipient.

compiled = compile_message(email, newsletter, number=653, moment=moment)
message = compiled.fill("morgan.ellis@example.org", {"name": "Morgan Ellis"}, tokens)
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from email import policy
from email.parser import BytesParser
from email.utils import format_datetime
from html import escape
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.issue import slug
from composer.message import quoting
from composer.message.compiled import Compiled, Gap, Manner, Message, Script, read
from composer.unsubscribe import Tokens, list_headers, list_id, unsubscribe_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from composer.render import Email, MergeField, Picture
    from composer.settings import Newsletter

__all__ = ["Compiled", "Message", "compile_message", "sample", "with_fallbacks"]

_SAMPLE_ADDRESS = "reader@example.org"
_SAMPLE_TOKENS = Tokens("sample")
_LONGEST_LOCAL_PART = 64  # octets, RFC 5321 §4.5.3.1.1
_TOKEN_MARK = "0composertoken0"  # noqa: S105 - stands where a token will
_INSIDE_HTML_URL = re.compile(r"""(?:href|src)\s*=\s*["'][^"'<>]+$""", re.IGNORECASE)
_INSIDE_TEXT_URL = re.compile(r"(?:https?://|mailto:)\S*$", re.IGNORECASE)


def compile_message(
    email: Email, newsletter: Newsletter, *, number: int, moment: datetime, proof: bool = False
) -> Compiled:
    """The message for everybody who gets this variant. `moment`, aware of its zone, is its Date for ever.

    A proof says so in its subject, and its Message-ID differs from the real one's and from that of any other proof,
    so that no inbox takes one for a duplicate of the other.
    """
    mailing = f"{number}-proof-{moment:%Y%m%d%H%M%S}" if proof else str(number)
    subject = ("[PROOF] ", *_script(email.subject, email.fields, Manner.WORDS)) if proof else ()
    compiled = Compiled(
        mailing=mailing,
        domain=newsletter.sender.email.rpartition("@")[2],
        bounces=_bounces(newsletter),
        link=unsubscribe_link(newsletter, ""),
        subject=subject or _script(email.subject, email.fields, Manner.WORDS),
        pieces=_joined(chain(_head(newsletter, number, moment), _body(email, newsletter))),
    )
    _proofread(compiled)
    return compiled


def sample(compiled: Compiled) -> bytes:
    """A message to an invented reader of whom nothing is known, so that every fallback shows."""
    return compiled.fill(_SAMPLE_ADDRESS, {}, _SAMPLE_TOKENS).data


def with_fallbacks(email: Email, newsletter: Newsletter) -> Email:
    """The email as the sample's reader sees it, every merge field filled."""
    link = unsubscribe_link(newsletter, _SAMPLE_TOKENS.unsubscribe(_SAMPLE_ADDRESS))
    values = {"email": _SAMPLE_ADDRESS, "unsubscribe_link": link}
    return replace(
        email,
        subject=read(_script(email.subject, email.fields, Manner.WORDS), values),
        preheader=read(_script(email.preheader, email.fields, Manner.TEXT), values),
        html=read(_script(email.html, email.fields, Manner.HTML), values),
        text=read(_script(email.text, email.fields, Manner.TEXT), values),
        fields=(),
    )


def _script(text: str, fields: Iterable[MergeField], manner: Manner) -> Script:
    """The text cut at the tokens of its merge fields, each of which becomes a gap."""
    by_token = {field.token: field for field in fields}
    if not by_token:
        return (text,)
    longest_first = sorted(by_token, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    script: list[str | Gap] = []
    for index, part in enumerate(parts):
        if part in by_token:
            field = by_token[part]
            script.append(Gap(field.name.casefold(), field.fallback, _manner(manner, field, parts[index - 1])))
        elif part:
            script.append(part)
    return tuple(script)


def _manner(manner: Manner, field: MergeField, before: str) -> Manner:
    """A value inside a web address is percent-encoded, except the link to leave, which is one already."""
    if field.name.casefold() == "unsubscribe_link":
        return manner
    if manner is Manner.HTML and _INSIDE_HTML_URL.search(before):
        return Manner.HTML_URL
    if manner is Manner.TEXT and _INSIDE_TEXT_URL.search(before):
        return Manner.URL
    return manner


def _head(newsletter: Newsletter, number: int, moment: datetime) -> Iterator[bytes | Gap]:
    sender = newsletter.sender
    yield _from(newsletter)
    yield Gap(":to")
    if sender.reply_to:
        yield quoting.mailbox("Reply-To", "", sender.reply_to)
    yield Gap(":subject")
    yield f"Date: {format_datetime(moment)}\r\nMessage-ID: ".encode("ascii")
    yield Gap(":message-id")
    yield b"\r\nMIME-Version: 1.0\r\n"
    for name, value in list_headers(newsletter, _TOKEN_MARK):
        before, mark, after = quoting.folded(name, value.split(" ")).partition(_TOKEN_MARK.encode("ascii"))
        yield before
        while mark:
            yield Gap(":token")
            before, mark, after = after.partition(_TOKEN_MARK.encode("ascii"))
            yield before
    # Auto-Submitted is left out: an editor wrote this, no process did (RFC 3834 §5).
    yield b"Precedence: bulk\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"
    yield f"Feedback-ID: {_feedback_id(newsletter, number)}\r\n".encode("ascii")


def _from(newsletter: Newsletter) -> bytes:
    name = newsletter.sender.name
    if not quoting.is_header_safe(name):
        raise ComposerError(
            f"newsletter.yaml: sender.name: {name!r} cannot stand in a header; leave out control characters and '=?'"
        )
    return quoting.mailbox("From", name, newsletter.sender.email)


def _feedback_id(newsletter: Newsletter, number: int) -> str:
    """Campaign, list, kind and sender, by which Gmail sums up complaints; it says nothing of the recipient."""
    label, _, _ = list_id(newsletter).partition(".")
    domain = newsletter.sender.email.rpartition("@")[2]
    return f"{number}:{label}:newsletter:{slug(domain)}"


def _bounces(newsletter: Newsletter) -> str:
    address = newsletter.sender.bounces or newsletter.sender.email
    local, _, _ = address.rpartition("@")
    token = _SAMPLE_TOKENS.bounce("", "")
    if len(local) + 1 + len(token) > _LONGEST_LOCAL_PART:
        raise ComposerError(
            f"newsletter.yaml: sender.bounces: {local!r} is too long to take a token of {len(token)} characters; "
            f"set an address with at most {_LONGEST_LOCAL_PART - 1 - len(token)} characters before the @"
        )
    return address


@dataclass(frozen=True, slots=True)
class _Inline:
    """A picture as a part of the message, and the identifier by which the HTML names it (RFC 2392)."""

    picture: Picture
    content_id: str

    @property
    def reference(self) -> str:
        return f"images/{escape(self.picture.name)}"

    @property
    def part(self) -> bytes:
        suffix = PurePosixPath(self.picture.name).suffix.lower()
        head = (
            f"Content-Type: {self.picture.media_type}\r\n"
            f"Content-Transfer-Encoding: base64\r\n"
            f"Content-ID: <{self.content_id}>\r\n"
            f'Content-Disposition: inline; filename="{slug(PurePosixPath(self.picture.name).stem)}{suffix}"\r\n\r\n'
        )
        return head.encode("ascii") + quoting.base64_lines(self.picture.data)


def _body(email: Email, newsletter: Newsletter) -> Iterator[bytes | Gap]:
    """The text first, the HTML last, which is what a reader that knows both shows (RFC 2046 §5.1.4).

    "=_" occurs neither in quoted-printable nor in base64 text, so that no part, filled with whatever value, can
    hold a boundary (RFC 2045 §6.7).
    """
    domain = newsletter.sender.email.rpartition("@")[2]
    html, inline = _with_content_ids(email, domain)
    digest = hashlib.sha256(f"{email.text}\0{html}".encode()).hexdigest()[:32]
    yield f"Content-Language: {email.language}\r\n".encode("ascii")
    text_part = _part("plain", _script(email.text, email.fields, Manner.TEXT))
    html_part = _part("html", _script(html, email.fields, Manner.HTML))
    if inline:
        pictures = ([picture.part] for picture in inline)
        html_part = _multipart('related; type="text/html"', f"=_related_{digest}", [html_part, *pictures])
    yield from _multipart("alternative", f"=_alternative_{digest}", [text_part, html_part])


def _with_content_ids(email: Email, domain: str) -> tuple[str, list[_Inline]]:
    """The HTML that names embedded pictures by Content-ID, and the pictures that it names."""
    html, inline = email.html, []
    for picture in email.pictures:
        digest = hashlib.sha256(picture.data).hexdigest()[:20]
        part = _Inline(picture, f"{slug(picture.name)}.{digest}@{domain}")
        quoted = re.compile(f"""(["'])(?:\\./)?{re.escape(part.reference)}\\1""")
        html, count = quoted.subn(f'"cid:{part.content_id}"', html)
        if count:
            inline.append(part)
    return html, inline


def _part(subtype: str, script: Script) -> Iterator[bytes | Gap]:
    yield f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
    for index, piece in enumerate(script):
        if isinstance(piece, Gap):
            yield piece
        else:
            yield quoting.quoted_printable(piece)
            if index + 1 < len(script) and not piece.endswith("\n"):
                yield quoting.SOFT_BREAK


def _multipart(subtype: str, boundary: str, parts: Iterable[Iterable[bytes | Gap]]) -> Iterator[bytes | Gap]:
    yield f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'.encode("ascii")
    for part in parts:
        yield f"\r\n--{boundary}\r\n".encode("ascii")
        yield from part
    yield f"\r\n--{boundary}--\r\n".encode("ascii")


def _joined(pieces: Iterable[bytes | Gap]) -> tuple[bytes | Gap, ...]:
    """The same pieces, neighbours that are the same for everybody made one."""
    joined: list[bytes | Gap] = []
    for piece in pieces:
        if isinstance(piece, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _proofread(compiled: Compiled) -> None:
    """Read a sample back as a mail program would: exactly the header fields that we wrote, and no defect."""
    data = sample(compiled)
    head, _, _ = data.partition(b"\r\n\r\n")
    written = re.findall(rb"^([^\s:]+):", head, re.MULTILINE)
    parsed = BytesParser(policy=policy.default.clone(raise_on_defect=True)).parsebytes(data)
    if [name.decode("ascii") for name in written] != parsed.keys():
        raise ComposerError("the message's header does not read back as it was written; please report this")
