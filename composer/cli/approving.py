"""`composer approve`: a named person's word that exactly this may go to exactly these."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from composer.cli.clock import operator, today, utc_now
from composer.cli.confirming import confirm
from composer.cli.findings import show
from composer.cli.mailing import Mailing
from composer.cli.plan import Plan
from composer.errors import ComposerError, Exit, FindingsError, did_you_mean, has_errors
from composer.ledger import Approval

if TYPE_CHECKING:
    import argparse

    from composer.cli.desk import Desk


def approve(desk: Desk, options: argparse.Namespace) -> Exit:
    """Show what would go out, have the number typed, and write the approval down."""
    if has_errors(desk.findings):
        raise FindingsError(desk.findings)
    mailing = Mailing(desk, options.number, options)
    person = _approver(mailing)
    show({*desk.findings, *mailing.galley.findings})
    Plan(mailing).show(today())
    if not options.yes:
        question = f"{person}, type {mailing.number} to approve exactly this"
        confirm(mailing.number, question, otherwise="nothing was approved")
    approval = _approval(mailing, person)
    with mailing.open_ledger() as ledger:
        ledger.annals.approve(approval)
        what = f"content {approval.content_hash[:12]}, audience {approval.audience_hash[:12]}, {approval.people} people"
        ledger.annals.note(mailing.number, operator(), "approved", f"by {person}: {what}")
    sys.stdout.write(f"Approved by {person}: {what}. Any change of the issue or the lists ends it.\n")
    return Exit.DONE


def _approval(mailing: Mailing, person: str) -> Approval:
    audience = mailing.hashed_audience
    return Approval(
        number=mailing.number,
        segment=mailing.segment or "",
        content_hash=mailing.printing.content_hash,
        audience_hash=audience.hexdigest(),
        people=audience.people,
        person=person,
        at=utc_now(),
    )


def _approver(mailing: Mailing) -> str:
    """Who says it; `ComposerError` for somebody who may not."""
    person: str = mailing.options.by or operator().person
    allowed = mailing.desk.settings.guards.approvers
    if allowed and person not in allowed:
        hint = did_you_mean(person, allowed)
        raise ComposerError(
            f"{person} may not approve: newsletter.yaml names others under guards.approvers"
            + (f" ({hint})" if hint else "")
            + "; say who you are with --by NAME"
        )
    return person
