"""`Email` + recipient → wire bytes and envelope: compiled once per variant, filled once per recipient.

compiled = compile_message(email, newsletter, number=653, moment=moment)
message = compiled.fill("morgan.ellis@example.org", {"name": "Morgan Ellis"}, tokens)
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.message.body import body
from composer.message.compiled import Compiled, Message
from composer.message.head import bounces, head, names, subject
from composer.message.script import Gap, Manner, cut, read
from composer.render import LINK
from composer.unsubscribe import Tokens, unsubscribe_link

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from composer.render import Email
    from composer.settings import Newsletter

__all__ = ["Compiled", "Message", "compile_message", "sample", "with_fallbacks"]

_SAMPLE_ADDRESS = "reader@example.org"
_SAMPLE_TOKENS = Tokens("sample")


def compile_message(
    email: Email, newsletter: Newsletter, *, number: int, moment: datetime, proof: bool = False
) -> Compiled:
    """The message for everybody who gets this variant. `moment`, aware of its zone, is its Date for ever.

    A proof says so in its subject, and its Message-ID differs from the real one's and from that of any other proof,
    so that no inbox takes one for a duplicate of the other.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment of a mailing needs a zone")
    mailing = f"{number}-proof-{moment:%Y%m%d%H%M%S}" if proof else str(number)
    domain = newsletter.sender.email.rpartition("@")[2]
    compiled = Compiled(
        mailing=mailing,
        domain=domain,
        bounces=bounces(newsletter),
        link=unsubscribe_link(newsletter, ""),
        subject=subject(email, proof=proof),
        pieces=_joined(chain(head(newsletter, number, moment), body(email, domain))),
    )
    _proofread(compiled, names(newsletter))
    return compiled


def sample(compiled: Compiled) -> bytes:
    """A message to an invented reader of whom nothing is known, so that every fallback shows."""
    return compiled.fill(_SAMPLE_ADDRESS, {}, _SAMPLE_TOKENS).data


def with_fallbacks(email: Email, newsletter: Newsletter) -> Email:
    """The email as the sample's reader sees it, every merge field filled."""
    link = unsubscribe_link(newsletter, _SAMPLE_TOKENS.unsubscribe(_SAMPLE_ADDRESS))
    values = {"email": _SAMPLE_ADDRESS, LINK: link}
    return replace(
        email,
        subject=read(cut(email.subject, email.fields, Manner.WORDS), values),
        preheader=read(cut(email.preheader, email.fields, Manner.TEXT), values),
        html=read(cut(email.html, email.fields, Manner.HTML), values),
        text=read(cut(email.text, email.fields, Manner.TEXT), values),
        fields=(),
    )


def _joined(pieces: Iterable[bytes | Gap]) -> tuple[bytes | Gap, ...]:
    """The same pieces, neighbours that are the same for everybody made one."""
    joined: list[bytes | Gap] = []
    for piece in pieces:
        if isinstance(piece, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _proofread(compiled: Compiled, expected: list[str]) -> None:
    """Read a sample as a mail program would: it must hold the header fields that we meant, and no defect."""
    from email import policy  # noqa: PLC0415 - 30 ms, which `composer check` has no use for
    from email.parser import BytesParser  # noqa: PLC0415

    strict = policy.default.clone(raise_on_defect=True)
    if BytesParser(policy=strict).parsebytes(sample(compiled)).keys() != expected:
        raise ComposerError("the header of the message does not read as it was meant; nothing was made of it")
