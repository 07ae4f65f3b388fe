"""A message compiled for everybody who gets the same variant.

A compiled message is a script: bytes that are the same for all, and gaps. To fill it is to write each distinct gap once
and to join; that takes a hundredth of what building the message with the `email` package would.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from composer.dkim import Identity
from composer.errors import ComposerError
from composer.message.press import Press
from composer.message.script import Gap, Manner, Pieces, Script

if TYPE_CHECKING:
    from datetime import datetime

    from composer.dkim import Signer
    from composer.unsubscribe import Tokens

_FORMAT = 2


@dataclass(frozen=True)
class Compiled:
    """A variant ready for the wire but for its moment and what differs between recipients."""

    mailing: str
    """Which sending this is, for the tokens: "653", or that of one proof."""
    domain: str
    """The sender's domain, where the Message-IDs live."""
    bounces: str
    """The address that receives bounces; every recipient gets it with a token after a plus sign."""
    link: str
    """The link by which a reader leaves, without the token at its end."""
    names: tuple[str, ...]
    """The header fields in their order; there are no others."""
    subject: Script
    head: Pieces
    """The header, and the empty line after it."""
    body: Pieces
    dkim: Identity | None = None
    """Who signs it; None: nobody."""

    def press(self, tokens: Tokens, *, moment: datetime, signer: Signer | None = None) -> Press:
        """Everything that one run needs, bound once. `moment`, aware of its zone, is the Date of all its messages.

        Raises `ComposerError` when the signer is not the one that the message was compiled for.
        """
        return Press(self, tokens, moment=moment, signer=signer)

    def dump(self) -> bytes:
        """Everything above as JSON, for the ledger to freeze; equal messages give equal bytes."""
        return json.dumps(
            {
                "format": _FORMAT,
                "mailing": self.mailing,
                "domain": self.domain,
                "bounces": self.bounces,
                "link": self.link,
                "names": self.names,
                "subject": [_dumped(part) for part in self.subject],
                "head": [_dumped(piece) for piece in self.head],
                "body": [_dumped(piece) for piece in self.body],
                "dkim": self.dkim and asdict(self.dkim),
            }
        ).encode("ascii")

    @classmethod
    def load(cls, dumped: bytes) -> Self:
        """The message that was dumped."""
        stored = json.loads(dumped)
        if stored.pop("format") != _FORMAT:
            raise ComposerError("this mailing was planned by another version of Composer; finish it with that one")
        stored["names"] = tuple(stored["names"])
        stored["subject"] = tuple(part if isinstance(part, str) else _gap(part) for part in stored["subject"])
        stored["head"], stored["body"] = _pieces(stored["head"]), _pieces(stored["body"])
        stored["dkim"] = stored["dkim"] and Identity(**stored["dkim"])
        return cls(**stored)


def _dumped(part: str | bytes | Gap) -> str | list[str]:
    if isinstance(part, Gap):
        return [part.name, part.fallback, part.manner]
    return part.decode("ascii") if isinstance(part, bytes) else part


def _gap(stored: list[str]) -> Gap:
    name, fallback, manner = stored
    return Gap(name, fallback, Manner(manner))


def _pieces(stored: list[str | list[str]]) -> Pieces:
    return tuple(piece.encode("ascii") if isinstance(piece, str) else _gap(piece) for piece in stored)
