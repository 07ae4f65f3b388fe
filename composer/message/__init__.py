"""`Email` + recipient → wire bytes and envelope: compiled once per variant, filled once per recipient.

compiled = compile_message(email, newsletter, number=653)
press = compiled.press(tokens, moment=moment)
message = press.fill("morgan.ellis@example.org", {"name": "Morgan Ellis"})
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from composer.message.body import body
from composer.message.compiled import Compiled
from composer.message.head import bounces, head, names, subject
from composer.message.press import Message, Press
from composer.message.proofreading import proofread
from composer.message.script import Manner, cut, joined, read
from composer.render import LINK
from composer.unsubscribe import Tokens, unsubscribe_link

if TYPE_CHECKING:
    from composer.dkim import Signer
    from composer.render import Email
    from composer.settings import Newsletter

__all__ = ["Compiled", "Message", "Press", "compile_message", "sample", "with_fallbacks"]

_SAMPLE_ADDRESS = "reader@example.org"
_SAMPLE_TOKENS = Tokens("sample")
_SAMPLE_MOMENT = datetime(2025, 1, 1, 12, tzinfo=UTC)


def compile_message(
    email: Email, newsletter: Newsletter, *, number: int, proof: datetime | None = None, signer: Signer | None = None
) -> Compiled:
    """The message for everybody who gets this variant; the same whenever it is compiled.

    `proof`, a moment, makes the one that is only looked at: it says so in its subject, and its Message-ID differs from
    the real one's and from that of any other proof, so that no inbox takes one for a duplicate of the other. What is
    compiled for a signer can be sent with that one only.
    """
    mailing = f"{number}-proof-{proof:%Y%m%d%H%M%S}" if proof else str(number)
    domain, link = newsletter.sender.email.rpartition("@")[2], unsubscribe_link(newsletter, "")
    kind, *content = body(email, domain, link)
    compiled = Compiled(
        mailing=mailing,
        domain=domain,
        bounces=bounces(newsletter),
        link=link,
        names=names(newsletter),
        subject=subject(email, is_proof=proof is not None),
        head=joined([*head(newsletter, number, email.language), kind]),
        body=joined(content),
        dkim=signer.identity if signer else None,
    )
    proofread(
        _sample(compiled, _SAMPLE_MOMENT, signer), ("DKIM-Signature", *compiled.names) if signer else compiled.names
    )
    return compiled


def sample(compiled: Compiled, *, moment: datetime = _SAMPLE_MOMENT, signer: Signer | None = None) -> bytes:
    """A message to an invented reader of whom nothing is known, so that every fallback shows.

    Signed only where the signer is given: nobody needs a key to look at a message.
    """
    return _sample(compiled, moment, signer).data


def _sample(compiled: Compiled, moment: datetime, signer: Signer | None) -> Message:
    shown = compiled if signer else replace(compiled, dkim=None)
    return shown.press(_SAMPLE_TOKENS, moment=moment, signer=signer).fill(_SAMPLE_ADDRESS, {})


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
