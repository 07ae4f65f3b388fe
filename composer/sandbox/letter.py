"""One message as it lies in the sandbox, read for showing; nothing in it is trusted to be well formed."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr
from functools import cached_property
from html.parser import HTMLParser
from textwrap import shorten
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_PREHEADER = 110  # characters, as many as any inbox shows
_UNSEEN = frozenset({"head", "style", "script", "title"})
_FILLING = re.compile("[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture inside the message."""

    content_id: str
    data: bytes
    extension: str


@dataclass(frozen=True)
class Letter:
    """A message with its envelope, under the name of its files."""

    name: str
    sender: str
    recipient: str
    data: bytes

    @property
    def size_kb(self) -> int:
        """How long it is on the wire, in kilobytes of 1,024 bytes."""
        return -(-len(self.data) // 1024)

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields as they stand there, encoded words and all."""
        return tuple((name, " ".join(str(value).split())) for name, value in self._message.items())

    @property
    def subject(self) -> str:
        """The subject as people read it."""
        return _readable(str(self._message.get("Subject", "")))

    @property
    def display_name(self) -> str:
        """What the message calls its recipient, or nothing."""
        return _readable(parseaddr(str(self._message.get("To", "")))[0])

    @cached_property
    def text(self) -> str | None:
        """The plain text."""
        return self._first("text/plain")

    @cached_property
    def html(self) -> str | None:
        """The HTML."""
        return self._first("text/html")

    @cached_property
    def preheader(self) -> str:
        """The first words that an inbox shows after the subject."""
        reader = _Reader()
        with suppress(AssertionError):  # what html.parser says to an unknown "<![…"
            reader.feed(self.html or "")
        return shorten(_FILLING.sub("", " ".join(reader.words) or self.text or ""), _PREHEADER, placeholder="…")

    @property
    def enclosures(self) -> Iterator[Enclosure]:
        """The pictures that the HTML names by their Content-ID."""
        for part in self._message.walk():
            content_id = str(part.get("Content-ID", "")).strip().strip("<>")
            if content_id and part.get_content_maintype() == "image":
                extension = re.sub("[^a-z]", "", part.get_content_subtype()) or "picture"
                yield Enclosure(content_id, _payload(part), extension)

    @cached_property
    def _message(self) -> Message:
        return message_from_bytes(self.data)

    def _first(self, media_type: str) -> str | None:
        parts = (part for part in self._message.walk() if part.get_content_type() == media_type)
        part = next(parts, None)
        return None if part is None else _words(part)


class _Reader(HTMLParser):
    """Collects the words of a page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)


def _readable(value: str) -> str:
    """A header's words without their encoding, as well as that goes."""
    value = " ".join(value.split())
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (HeaderParseError, LookupError, ValueError):
        return value


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(part: Message) -> str:
    try:
        words = _payload(part).decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        words = _payload(part).decode("utf-8", "replace")
    return words.replace("\r\n", "\n")
