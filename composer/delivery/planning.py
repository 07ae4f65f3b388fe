"""Compiled variants and recipients → what the ledger freezes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from composer.ledger import Addressee, Content, Mailing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from composer.audience import Recipient
    from composer.ledger import Planned
    from composer.message import Compiled
    from composer.unsubscribe import Tokens


@dataclass(frozen=True, slots=True)
class Printing:
    """Every variant of an issue, compiled with the same `moment`."""

    moment: datetime
    variants: Mapping[str, Compiled]


def moment_of(planned: Planned | None, now: datetime) -> datetime:
    """The moment to compile an issue with: now, unless people have it already; then theirs, so that the bytes agree."""
    return planned.moment if planned and planned.begun else now.astimezone(UTC)


def prepare(
    printing: Printing, recipients: Iterable[tuple[Recipient, str]], *, listed: Iterable[str], tokens: Tokens
) -> Mailing:
    """What to plan: recipients with the name of their variant, and the keys of all who are still on a list.

    Every message is made once, for its Message-ID; so whatever could not be sent is found before anything is.
    """
    return Mailing(
        moment=printing.moment,
        variants=tuple(Content(name, compiled.dump()) for name, compiled in sorted(printing.variants.items())),
        addressees=tuple(_addressee(one, name, printing.variants[name], tokens) for one, name in recipients),
        listed=frozenset(listed),
    )


def _addressee(recipient: Recipient, variant: str, compiled: Compiled, tokens: Tokens) -> Addressee:
    message = compiled.fill(recipient.address, recipient.fields, tokens)
    return Addressee(
        address=recipient.address,
        key=recipient.key,
        variant=variant,
        fields=recipient.fields,
        segments=recipient.segments,
        message_id=message.message_id,
    )
