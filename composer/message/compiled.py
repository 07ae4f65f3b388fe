"""A message compiled for everybody who gets the same variant, and filled for one recipient at a time.

A compiled message is a script: bytes that are the same for all, and gaps. To fill it is to write each distinct gap once
and to join; that takes a hundredth of what building the message with the `email` package would.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from composer.errors import ComposerError
from composer.message import quoting
from composer.message.script import Gap, Manner, Script, read
from composer.render import LINK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.unsubscribe import Tokens

_ADDRESS = re.compile(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)
"""What may stand in an envelope and a header as it is: a dot-atom, an @ and a host name (RFC 5322 §3.4.1)."""

_FORMAT = 1


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
        values = {**fields, "email": address, LINK: self.link + token}
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
