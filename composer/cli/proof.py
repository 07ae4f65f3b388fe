"""Proofs: one copy of every variant for somebody to look at, marked and outside the ledger."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from composer.cli.records import utc_now
from composer.courier import Kind
from composer.errors import ComposerError, TryAgainError, UsageError
from composer.fields import MailAddress
from composer.message import compile_message

if TYPE_CHECKING:
    from composer.courier import Courier
    from composer.galley import Galley
    from composer.settings import Settings
    from composer.unsubscribe import Tokens


def address(text: str) -> str:
    """The address that a proof goes to; `UsageError` when it is none."""
    try:
        return TypeAdapter[str](MailAddress).validate_python(text)
    except ValidationError:
        raise UsageError(f"--proof: {text!r} is not an email address") from None


async def prove(galley: Galley, recipient: str, courier: Courier, settings: Settings, tokens: Tokens) -> None:
    """Send every variant to one address. Somebody on the lists sees their own fields, anybody else the fallbacks.

    With several variants each says in its subject which it is.
    """
    moment = utc_now()
    fields = next((one.fields for one in galley.audience.recipients if one.key == recipient.casefold()), {})
    for name, email in galley.emails.items():
        subject = email.subject if len(galley.emails) == 1 else f"{name}: {email.subject}"
        marked = replace(email, subject=subject)
        compiled = compile_message(marked, settings, number=galley.number, moment=moment, proof=True)
        outcome = await courier.deliver(compiled.fill(recipient, fields, tokens), _nothing_to_record)
        if outcome.kind is not Kind.ACCEPTED:
            error = ComposerError if outcome.kind is Kind.REJECTED else TryAgainError
            raise error(f"the proof of {name} was not taken: {outcome.code or ''} {outcome.reply}")
        sys.stdout.write(f"proof of {name} sent to {recipient}\n")


async def _nothing_to_record() -> None:
    """The ledger is for the mailing."""
