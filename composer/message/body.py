"""The body of a message: plain text, HTML, and the pictures that the HTML shows (RFC 2045, 2046, 2387, 2392)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from composer.issue import slug
from composer.message import quoting
from composer.message.script import Gap, Manner, cut, leading_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.render import Email, Picture


def body(email: Email, domain: str, link: str) -> Iterator[bytes | Gap]:
    """The field that says of what kind the body is, with the empty line after it; then the body.

    The text comes first, the HTML last, which is what a reader that knows both shows (RFC 2046 §5.1.4).
    "=_" occurs neither in quoted-printable nor in base64 text, so that no part, filled with whatever value, can
    hold a boundary (RFC 2045 §6.7).
    """
    html, inline = _with_content_ids(email, domain)
    digest = hashlib.sha256(f"{email.text}\0{html}".encode()).hexdigest()[:32]
    text_part = _part("plain", leading_out(cut(email.text, email.fields, Manner.TEXT), link))
    html_part = _part("html", leading_out(cut(html, email.fields, Manner.HTML), link))
    if inline:
        pictures = ([picture.part] for picture in inline)
        html_part = _multipart('related; type="text/html"', f"=_related_{digest}", [html_part, *pictures])
    return _multipart("alternative", f"=_alternative_{digest}", [text_part, html_part])


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
        file_name = re.sub(r"[^A-Za-z0-9._-]", "-", self.picture.name)
        head = (
            f"Content-Type: {self.picture.media_type}\r\n"
            f"Content-Transfer-Encoding: base64\r\n"
            f"Content-ID: <{self.content_id}>\r\n"
            f'Content-Disposition: inline; filename="{file_name}"\r\n\r\n'
        )
        return head.encode("ascii") + quoting.base64_lines(self.picture.data)


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


def _part(subtype: str, script: Iterable[str | Gap]) -> Iterator[bytes | Gap]:
    """A part of text; every gap in it begins a line, and what is written there ends one."""
    yield f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
    before: str | Gap = "\n"
    for piece in script:
        if isinstance(before, str) and not before.endswith("\n"):
            yield quoting.SOFT_BREAK
        yield piece if isinstance(piece, Gap) else quoting.quoted_printable(piece)
        before = piece


def _multipart(subtype: str, boundary: str, parts: Iterable[Iterable[bytes | Gap]]) -> Iterator[bytes | Gap]:
    yield f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    delimiter = f"--{boundary}\r\n"
    for part in parts:
        yield delimiter.encode("ascii")
        yield from part
        delimiter = f"\r\n--{boundary}\r\n"
    yield f"\r\n--{boundary}--\r\n".encode("ascii")
