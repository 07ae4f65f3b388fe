"""A message compiled for everybody who gets the same variant, and filled for one recipient at a time.

A compiled message is a script: bytes that are the same for all, and gaps. To fill it is to write each distinct gap once
and to join; that takes a hundredth of what building the message with the `email` package would.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from composer.errors import ComposerError
from composer.message import quoting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from composer.unsubscribe import Tokens

_ADDRESS = re.compile(r"[^\s<>(),;:\\\"@\x00-\x20\x7f]+@[A-Za-z0-9.-]+", re.ASCII)
_FORMAT = 1


class Manner(StrEnum):
    """How a value is written where its gap stands."""

    HEADER = "header"
    """As it is, into a header field that we made."""
    WORDS = "words"
    """Into the words of a subject; a value that a header must not hold gives way to the fallback."""
    TEXT = "text"
    HTML = "html"
    URL = "url"
    """Percent-encoded, as a part of a web address."""
    HTML_URL = "html-url"


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to fill: with the value called `name`, or with `fallback` where the recipient has none."""

    name: str
    fallback: str = ""
    manner: Manner = Manner.HEADER

    def words(self, values: Mapping[str, str]) -> str:
        """The value as it reads in this place, not yet encoded for the wire."""
        value = values.get(self.name) or self.fallback
        match self.manner:
            case Manner.HEADER:
                return value
            case Manner.WORDS:
                return value if quoting.is_header_safe(value) else self.fallback
            case Manner.TEXT:
                return quoting.one_line(value)
            case Manner.HTML:
                return html.escape(quoting.one_line(value))
            case Manner.URL | Manner.HTML_URL:
                return quote(quoting.one_line(value), safe="@")

    def wire(self, values: Mapping[str, str]) -> bytes:
        """The value as bytes; in a body it ends with a soft break, so that the next piece starts a line."""
        words = self.words(values)
        if self.manner is Manner.HEADER:
            return words.encode("ascii")
        return quoting.quoted_printable(words) + quoting.SOFT_BREAK if words else b""


Script = tuple["str | Gap", ...]
"""Text with gaps."""


def read(script: Iterable[str | Gap], values: Mapping[str, str]) -> str:
    """The text with its gaps filled, as a reader sees it."""
    return "".join(part.words(values) if isinstance(part, Gap) else part for part in script)


@dataclass(frozen=True, slots=True)
class Message:
    """One finished message: the envelope (RFC 5321 §2.3.1) and the bytes to hand over, lines ended by CRLF."""

    envelope_sender: str
    envelope_recipient: str
    message_id: str
    data: bytes


@dataclass(frozen=True)
class Compiled:
    """A variant ready for the wire but for what differs between recipients."""

    mailing: str
    """Which sending this is, for the tokens: "653", or that of one proof."""
    domain: str
    """The sender's domain, where the Message-IDs live."""
    bounces: str
    """The address that receives bounces; every recipient gets it with a token after a plus sign."""
    link: str
    """The link by which a reader leaves, without the token at its end."""
    subject: Script
    pieces: tuple[bytes | Gap, ...]

    def fill(self, address: str, fields: Mapping[str, str], tokens: Tokens) -> Message:
        """The message for one recipient, the same to the last byte whenever it is made again.

        `fields` are the recipient's columns by casefolded name.
        """
        if not _ADDRESS.fullmatch(address):
            raise ComposerError(f"{address!r} cannot stand in a message as an address; correct it in the list")
        key = address.casefold()
        token = tokens.unsubscribe(key)
        message_id = f"<{self.mailing}.{tokens.message(self.mailing, key)}@{self.domain}>"
        values = {**fields, "email": address, "unsubscribe_link": self.link + token}
        values |= {":to": self._to(address, fields), ":subject": self._subject(values)}
        values |= {":token": token, ":message-id": message_id}
        written = {gap: gap.wire(values) for gap in self._gaps}
        data = b"".join([written[piece] if isinstance(piece, Gap) else piece for piece in self.pieces])
        return Message(self._envelope_sender(tokens.bounce(self.mailing, key)), address, message_id, data)

    @cached_property
    def _gaps(self) -> tuple[Gap, ...]:
        return tuple({piece for piece in self.pieces if isinstance(piece, Gap)})

    def _envelope_sender(self, token: str) -> str:
        local, _, domain = self.bounces.rpartition("@")
        return f"{local}+{token}@{domain}"

    def _to(self, address: str, fields: Mapping[str, str]) -> str:
        name = fields.get("name", "")
        return quoting.mailbox("To", name if quoting.is_header_safe(name) else "", address).decode("ascii")

    def _subject(self, values: Mapping[str, str]) -> str:
        return quoting.header("Subject", read(self.subject, values)).decode("ascii")

    def dump(self) -> bytes:
        """Everything above as JSON, for the ledger to freeze; equal messages give equal bytes."""
        return json.dumps(
            {
                "format": _FORMAT,
                "mailing": self.mailing,
                "domain": self.domain,
                "bounces": self.bounces,
                "link": self.link,
                "subject": [_dumped(part) for part in self.subject],
                "pieces": [_dumped(piece) for piece in self.pieces],
            }
        ).encode("ascii")

    @classmethod
    def load(cls, dumped: bytes) -> Self:
        """The message that was dumped."""
        stored = json.loads(dumped)
        if stored.pop("format") != _FORMAT:
            raise ComposerError("this mailing was planned by another version of Composer; finish it with that one")
        subject = tuple(part if isinstance(part, str) else _gap(part) for part in stored.pop("subject"))
        pieces = tuple(part.encode("ascii") if isinstance(part, str) else _gap(part) for part in stored.pop("pieces"))
        return cls(**stored, subject=subject, pieces=pieces)


def _dumped(part: str | bytes | Gap) -> str | list[str]:
    if isinstance(part, Gap):
        return [part.name, part.fallback, part.manner]
    return part.decode("ascii") if isinstance(part, bytes) else part


def _gap(stored: list[str]) -> Gap:
    name, fallback, manner = stored
    return Gap(name, fallback, Manner(manner))
