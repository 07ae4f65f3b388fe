"""Compiled variants and recipients → what the ledger freezes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from composer.ledger import Addressee, AudienceHash, Content, Mailing, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from composer.audience import Recipient
    from composer.dkim import Signer
    from composer.ledger import Planned
    from composer.message import Compiled, Press
    from composer.unsubscribe import Tokens


@dataclass(frozen=True)
class Printing:
    """Every variant of an issue, compiled, and which of them somebody gets."""

    variants: Mapping[str, Compiled]
    variant_of: Callable[[frozenset[str]], str]
    """By somebody's segments."""

    @cached_property
    def contents(self) -> tuple[Content, ...]:
        """The bytes to freeze."""
        return tuple(Content(name, compiled.dump()) for name, compiled in sorted(self.variants.items()))

    @cached_property
    def content_hash(self) -> str:
        """Of all variants together, whenever they are compiled."""
        return content_hash({one.name: one.hash for one in self.contents})

    def audience_of(self, recipients: Iterable[Recipient]) -> AudienceHash:
        """Everybody added up: how many there are, and the hash of who gets what."""
        found = AudienceHash()
        for one in recipients:
            found.add(one.key, self.variant_of(one.segments), one.fields)
        return found


@dataclass(frozen=True, slots=True)
class People:
    """Whom one sending is for, and who else is on the lists."""

    recipients: Iterable[Recipient]
    audience_hash: str
    """Of the recipients, as `Printing.audience_of` adds them up."""
    others: Iterable[Recipient] = ()
    segment: str = ""
    """Empty: everybody."""


@dataclass(frozen=True, slots=True)
class Bindery:
    """What makes compiled variants the messages of one mailing: its moment, the signing key, the DKIM key."""

    moment: datetime
    tokens: Tokens
    signer: Signer | None = None


def moment_of(planned: Planned | None, now: datetime) -> datetime:
    """The Date of a mailing: now, unless people have it already; then theirs, so that the bytes agree."""
    return planned.moment if planned and planned.begun else now.astimezone(UTC)


def addressees(printing: Printing, recipients: Iterable[Recipient], bindery: Bindery) -> Iterator[Addressee]:
    """Everybody with their variant and Message-ID; `ComposerError` for an address that no message can hold."""
    presses = {
        name: compiled.press(bindery.tokens, moment=bindery.moment, signer=bindery.signer)
        for name, compiled in printing.variants.items()
    }
    for recipient in recipients:
        variant = printing.variant_of(recipient.segments)
        yield _addressee(recipient, variant, presses[variant])


def _addressee(recipient: Recipient, variant: str, press: Press) -> Addressee:
    press.check(recipient.address)
    return Addressee(
        address=recipient.address,
        key=recipient.key,
        variant=variant,
        fields=recipient.fields,
        segments=recipient.segments,
        message_id=press.message_id(recipient.key),
    )


def prepare(printing: Printing, people: People, bindery: Bindery) -> Mailing:
    """What to plan."""
    return Mailing(
        moment=bindery.moment,
        variants=printing.contents,
        addressees=addressees(printing, people.recipients, bindery),
        others=addressees(printing, people.others, bindery),
        audience_hash=people.audience_hash,
        segment=people.segment,
    )
