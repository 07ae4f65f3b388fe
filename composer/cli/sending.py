"""`composer send`: the plan shown, the guards asked, the number typed, the mailing handed to its dispatch."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from composer.cli import guards
from composer.cli.appointment import in_words, moment_at
from composer.cli.clock import operator, today, utc_now
from composer.cli.confirming import confirm
from composer.cli.dispatch import Dispatch
from composer.cli.findings import show
from composer.cli.mailing import Mailing
from composer.cli.plan import Plan
from composer.cli.proof import address, prove
from composer.errors import ComposerError, Exit, FindingsError, UsageError, has_errors
from composer.report import summarise

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from composer.cli.desk import Desk


def mail(desk: Desk, options: argparse.Namespace) -> Exit:
    """Do what `composer send` was asked to do."""
    _refuse_nonsense(options)
    if has_errors(desk.findings):
        raise FindingsError(desk.findings)
    mailing = Mailing(desk, desk.number(options.number), options)
    if options.proof is not None:
        return asyncio.run(_prove(mailing, address(options.proof)))
    at = moment_at(options.at, mailing.zone) if options.at else None
    _show_plan(mailing)
    objections = [] if mailing.is_sandbox else guards.objections(mailing, at)
    if options.dry_run:
        return _dry(objections)
    guards.enforce(objections)
    if not options.yes:
        when = f" on {in_words(at, mailing.zone)}" if at and at > utc_now() else ""
        question = f"Type {mailing.number} to send to {_whom(mailing)}{when}"
        confirm(mailing.number, question, otherwise="nothing was sent")
    return asyncio.run(Dispatch(mailing).send(at, guards.overruled(mailing, at)))


def _refuse_nonsense(options: argparse.Namespace) -> None:
    is_proof = options.proof is not None
    if is_proof and (options.segment is not None or options.as_planned or options.at):
        raise UsageError("--proof sends every variant to one address: leave out --segment, --as-planned and --at")
    if options.number is None and not (options.sandbox or options.dry_run or is_proof):
        raise UsageError("which issue? Say its number: python send.py 653")
    if options.as_planned and options.expect is not None:
        raise UsageError("--as-planned sends to whoever is left of the plan: leave out --expect")
    if options.as_planned and options.as_listed:
        raise UsageError("--as-planned keeps to the lists of the plan, --as-listed to those of now: say one of them")


async def _prove(mailing: Mailing, recipient: str) -> Exit:
    """Send the proof, and write down that exactly this content was proved."""
    dispatch = Dispatch(mailing)
    async with dispatch.courier() as courier:
        await prove(mailing, recipient, courier)
    if not mailing.is_sandbox:
        content, acts = mailing.printing.content_hash, operator()
        with mailing.open_ledger() as ledger:
            ledger.annals.note_proof(mailing.number, content, recipient, acts)
            ledger.annals.note(mailing.number, acts, "proof", f"to {recipient}, content {content[:12]}")
    return Exit.DONE


def _dry(objections: Sequence[str]) -> Exit:
    for objection in objections:
        sys.stdout.write(f"It would be refused: {objection}\n")
    sys.stdout.write("A dry run: nothing was sent and nothing was written.\n")
    return Exit.REFUSED if objections else Exit.DONE


def _show_plan(mailing: Mailing) -> None:
    """Print the warnings and the plan, or what is left of a frozen one; refuses a mailing to nobody."""
    try:
        if mailing.options.as_planned:
            _show_what_is_left(mailing)
        else:
            show({*mailing.desk.findings, *mailing.galley.findings} - {*mailing.audience.refused})
            Plan(mailing).show(today())
    except BrokenPipeError:
        if mailing.options.dry_run:
            raise
        raise ComposerError("nothing was sent: nobody reads the plan to its end") from None
    if not (mailing.options.as_planned or len(mailing.audience.recipients)):
        where = f"segment {mailing.segment}" if mailing.segment else "any segment"
        raise ComposerError(f"nobody would get issue {mailing.number}: there is no valid address in {where}")


def _show_what_is_left(mailing: Mailing) -> None:
    """Print the frozen plan as the ledger has it; refuses where there is none, or no such segment."""
    if mailing.record is None:
        raise ComposerError(f"nothing of issue {mailing.number} is planned; leave out --as-planned")
    _ = mailing.audience
    with mailing.open_ledger() as ledger:
        summary = summarise(ledger, mailing.number)
        if summary is not None:
            summary.show(mailing.zone)


def _whom(mailing: Mailing) -> str:
    """Who is still to get it."""
    if mailing.is_sandbox:
        return "the sandbox"
    if mailing.options.as_planned:
        return f"{mailing.left} more people"
    left = len(mailing.audience.recipients) - mailing.done
    return f"{left} more people" if mailing.done else f"{left} people"
