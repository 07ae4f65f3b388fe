"""One run's press: a compiled message with everything bound that all its recipients share, filled for one at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cached_property
from typing import TYPE_CHECKING

from composer.dkim import Seal
from composer.errors import ComposerError
from composer.message import folding
from composer.message.forme import BodyHash, Forme
from composer.message.script import Gap, Own, joined, read
from composer.render import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from composer.dkim import Identity, Signer
    from composer.message.compiled import Compiled
    from composer.message.script import Pieces, Writer
    from composer.unsubscribe import Tokens

_END = b".\r\n"
_STUFFED = re.compile(rb"^\.", re.MULTILINE)


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
        return _STUFFED.sub(b"", self.wire.removesuffix(_END))


class Press:
    """Makes the messages of one run, each the same to the last byte whenever it is made again."""

    def __init__(self, compiled: Compiled, tokens: Tokens, *, moment: datetime, signer: Signer | None = None) -> None:
        if moment.tzinfo is None:
            raise ValueError("the moment of a mailing needs a zone")
        _check_signer(compiled.dkim, signer)
        self._compiled = compiled
        self._tokens = tokens
        head, body = _dated(compiled.head, moment), compiled.body
        self._gaps = tuple(dict.fromkeys(piece for piece in (*head, *body) if isinstance(piece, Gap)))
        self._writers = [self._writer(gap) for gap in self._gaps]
        self._head, self._body = Forme(head, self._gaps), Forme(body, self._gaps)
        self._seal = Seal(signer, compiled.names, moment=moment) if signer else None

    def check(self, address: str) -> None:
        """Raise `ComposerError` for an address that cannot stand in a message."""
        if not folding.is_address(address):
            raise ComposerError(f"{address!r} cannot stand in a message as an address; correct it in the list")

    def message_id(self, key: str) -> str:
        """The Message-ID (RFC 5322 §3.6.4) for the recipient with this key, without making the message."""
        compiled = self._compiled
        return f"<{compiled.mailing}.{self._tokens.message(compiled.mailing, key)}@{compiled.domain}>"

    def fill(self, address: str, fields: Mapping[str, str]) -> Message:
        """The message for one recipient; `fields` are the recipient's columns by casefolded name.

        Raises `ComposerError` for an address that cannot stand in a message.
        """
        self.check(address)
        key = address.casefold()
        token, message_id = self._tokens.unsubscribe(key), self.message_id(key)
        own = {"email": address, LINK: self._compiled.link + token, Own.TOKEN: token, Own.MESSAGE_ID: message_id}
        values = {**fields, **own}
        written = [write(values) for write in self._writers]
        head, body = self._head.filled(written), self._body.filled(written)
        wire = b"".join((self._signature(head, written), *head, *body, _END))
        return Message(self._envelope_sender(key), address, message_id, wire)

    def _signature(self, head: Iterable[bytes], written: Sequence[bytes]) -> bytes:
        return self._seal.field(b"".join(head), self._body_hash.of(written)) if self._seal else b""

    @cached_property
    def _body_hash(self) -> BodyHash:
        return BodyHash(self._compiled.body, self._gaps)

    def _envelope_sender(self, key: str) -> str:
        local, _, domain = self._compiled.bounces.rpartition("@")
        return f"{local}+{self._tokens.bounce(self._compiled.mailing, key)}@{domain}"

    def _writer(self, gap: Gap) -> Writer:
        match gap.name:
            case Own.TO:
                return _to
            case Own.SUBJECT:
                return lambda values: folding.header("Subject", read(self._compiled.subject, values))
            case _:
                return gap.writer()


def _to(values: Mapping[str, str]) -> bytes:
    name = values.get("name", "")
    return folding.mailbox("To", name if folding.is_header_safe(name) else "", values["email"])


def _dated(head: Pieces, moment: datetime) -> Pieces:
    date = format_datetime(moment).encode("ascii")
    return joined(date if isinstance(piece, Gap) and piece.name == Own.DATE else piece for piece in head)


def _check_signer(planned: Identity | None, signer: Signer | None) -> None:
    """Whether this signer would sign as it was planned; otherwise a retry could not have the same bytes."""
    given = signer.identity if signer else None
    if given == planned:
        return
    if planned is None:
        raise ComposerError(
            "this mailing was planned without a DKIM key; take dkim out of newsletter.yaml to finish it"
        )
    key = f"{planned.selector} at {planned.domain}, SHA-256 {planned.fingerprint}"
    raise ComposerError(
        f"this mailing was planned with {'another' if given else 'a'} DKIM key ({key}), and its messages must be made "
        f"the same again; restore state/dkim-{planned.selector}.pem (or COMPOSER_DKIM_KEY) and dkim in newsletter.yaml"
    )
