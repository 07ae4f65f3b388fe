"""Proofs: one copy of every variant for somebody to look at, marked and outside the ledger."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from composer.cli.clock import utc_now
from composer.courier import Kind
from composer.errors import ComposerError, TryAgainError, UsageError
from composer.fields import MailAddress
from composer.message import compile_message

if TYPE_CHECKING:
    from datetime import datetime

    from composer.cli.mailing import Mailing
    from composer.courier import Courier
    from composer.message import Press
    from composer.render import Email


def address(text: str) -> str:
    """The address that a proof goes to; `UsageError` when it is none."""
    try:
        return TypeAdapter[str](MailAddress).validate_python(text)
    except ValidationError:
        raise UsageError(f"--proof: {text!r} is not an email address") from None


async def prove(mailing: Mailing, recipient: str, courier: Courier) -> None:
    """Send every variant to one address. Somebody on the lists sees their own fields, anybody else the fallbacks.

    With several variants each says in its subject which it is.
    """
    moment, emails = utc_now(), mailing.galley.emails
    known = mailing.galley.audience.recipients.of_address(recipient.casefold())
    for name, email in emails.items():
        marked = replace(email, subject=email.subject if len(emails) == 1 else f"{name}: {email.subject}")
        press = _press(mailing, marked, moment)
        outcome = await courier.deliver(press.fill(recipient, known.fields if known else {}), _nothing_to_record)
        if outcome.kind is not Kind.ACCEPTED:
            error = ComposerError if outcome.kind is Kind.REJECTED else TryAgainError
            raise error(f"the proof of {name} was not taken: {outcome.code or ''} {outcome.reply}")
        sys.stdout.write(f"proof of {name} sent to {recipient}\n")


def _press(mailing: Mailing, email: Email, moment: datetime) -> Press:
    signer = mailing.signer
    compiled = compile_message(email, mailing.desk.settings, number=mailing.number, proof=moment, signer=signer)
    return compiled.press(mailing.tokens, moment=moment, signer=signer)


async def _nothing_to_record() -> None:
    """The ledger is for the mailing."""
