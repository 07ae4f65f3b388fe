"""One run's press: a compiled message with everything bound that all its recipients share, filled for one at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.message import quoting
from composer.message.script import Gap, read
from composer.render import LINK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from composer.dkim import Signer
    from composer.message.compiled import Compiled
    from composer.unsubscribe import Tokens

_ADDRESS = re.compile(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)
"""What may stand in an envelope and a header as it is: a dot-atom, an @ and a host name (RFC 5322 §3.4.1)."""

_END = b".\r\n"


@dataclass(frozen=True, slots=True)
class Message:
    """One finished message: the envelope (RFC 5321 §2.3.1) and the octets to hand over after the 354."""

    envelope_sender: str
    envelope_recipient: str
    message_id: str
    wire: bytes
    """Lines ended by CRLF, dots stuffed, and the line with the dot at the end (RFC 5321 §4.5.2)."""

    @property
    def data(self) -> bytes:
        """What a reader gets."""
        return self.wire.removesuffix(_END).replace(b"\r\n..", b"\r\n.")


class Press:
    """Makes the messages of one run, each the same to the last byte whenever it is made again."""

    def __init__(self, compiled: Compiled, tokens: Tokens, *, moment: datetime, signer: Signer | None = None) -> None:
        if moment.tzinfo is None:
            raise ValueError("the moment of a mailing needs a zone")
        self._compiled = compiled
        self._tokens = tokens
        self._date = format_datetime(moment)
        self._signer = _known(compiled, signer)
        self._gaps = tuple({piece for piece in compiled.pieces if isinstance(piece, Gap)})

    def check(self, address: str) -> None:
        """Raise `ComposerError` for an address that cannot stand in a message."""
        if not _ADDRESS.fullmatch(address):
            raise ComposerError(f"{address!r} cannot stand in a message as an address; correct it in the list")

    def message_id(self, key: str) -> str:
        """The Message-ID for the recipient with this key, without making the message."""
        mailing = self._compiled.mailing
        return f"<{mailing}.{self._tokens.message(mailing, key)}@{self._compiled.domain}>"

    def fill(self, address: str, fields: Mapping[str, str]) -> Message:
        """The message for one recipient; `fields` are the recipient's columns by casefolded name."""
        self.check(address)
        key = address.casefold()
        token, message_id = self._tokens.unsubscribe(key), self.message_id(key)
        values = {**fields, "email": address, LINK: self._compiled.link + token}
        values |= {":to": self._to(address, fields), ":subject": self._subject(values), ":date": self._date}
        values |= {":token": token, ":message-id": message_id}
        written = {gap: gap.wire(values) for gap in self._gaps}
        wire = b"".join([written[piece] if isinstance(piece, Gap) else piece for piece in self._compiled.pieces])
        return Message(self._envelope_sender(key), address, message_id, wire + _END)

    def _envelope_sender(self, key: str) -> str:
        local, _, domain = self._compiled.bounces.rpartition("@")
        return f"{local}+{self._tokens.bounce(self._compiled.mailing, key)}@{domain}"

    def _to(self, address: str, fields: Mapping[str, str]) -> str:
        name = fields.get("name", "")
        return quoting.mailbox("To", name if quoting.is_header_safe(name) else "", address).decode("ascii")

    def _subject(self, values: Mapping[str, str]) -> str:
        return quoting.header("Subject", read(self._compiled.subject, values)).decode("ascii")


def _known(compiled: Compiled, signer: Signer | None) -> Signer | None:
    """The signer, if it is the one that the mailing was planned with; a retry must have the same bytes."""
    if (signer.identity if signer else None) == compiled.dkim:
        return signer
    if compiled.dkim is None:
        raise ComposerError("this mailing was planned without a DKIM key; finish it without one")
    name = f"state/dkim-{compiled.dkim.selector}.pem"
    raise ComposerError(
        f"this mailing was planned with another DKIM key, so its messages cannot be made the same again; restore {name}"
        f" (or COMPOSER_DKIM_KEY) as it was, for {compiled.dkim.selector} at {compiled.dkim.domain}"
    )
