"""`composer send`: the plan shown, the number typed, the mailing handed to its dispatch."""

from __future__ import annotations

import asyncio
import sys
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from composer import audience as lists
from composer.cli.dispatch import Dispatch
from composer.cli.findings import show
from composer.cli.plan import Plan
from composer.cli.proof import address, prove
from composer.cli.records import ledger_path, read_record, utc_now
from composer.delivery import Printing, moment_of
from composer.errors import ComposerError, Exit, FindingsError, UsageError, has_errors
from composer.galley import typeset
from composer.ledger import OPEN, Doubt, State
from composer.message import compile_message
from composer.report import summarise

if TYPE_CHECKING:
    import argparse

    from composer.audience import Audience, Recipient
    from composer.cli.desk import Desk
    from composer.galley import Galley
    from composer.ledger import Planned, Record


def mail(desk: Desk, options: argparse.Namespace) -> Exit:
    """Do what `composer send` was asked to do."""
    is_proof = options.proof is not None
    if is_proof and (options.segment is not None or options.as_planned):
        raise UsageError("--proof sends every variant to one address: leave out --segment and --as-planned")
    if options.number is None and not (options.sandbox or options.dry_run or is_proof):
        raise UsageError("which issue? Say its number: python send.py 653")
    if has_errors(desk.findings):
        raise FindingsError(desk.findings)
    mailing = Mailing(desk, desk.number(options.number), options)
    if is_proof:
        return asyncio.run(_prove(mailing, address(options.proof)))
    try:
        mailing.show_plan()
    except BrokenPipeError:
        if options.dry_run:
            raise
        raise ComposerError("nothing was sent: nobody reads the plan to its end") from None
    if options.dry_run:
        sys.stdout.write("A dry run: nothing was sent and nothing was written.\n")
        return Exit.DONE
    mailing.confirm()
    return asyncio.run(Dispatch(mailing).send())


async def _prove(mailing: Mailing, recipient: str) -> Exit:
    dispatch = Dispatch(mailing)
    async with dispatch.courier() as courier:
        await prove(mailing.galley, recipient, courier, mailing.desk.settings, dispatch.tokens)
    return Exit.DONE


class Mailing:
    """What one `composer send` is about; everything is made when it is asked for, and once."""

    def __init__(self, desk: Desk, number: int, options: argparse.Namespace) -> None:
        self.desk = desk
        self.number = number
        self.options = options
        self.zone = ZoneInfo(desk.settings.timezone)
        self.ledger = ledger_path(desk.home, number, sandbox=options.sandbox)

    def show_plan(self) -> None:
        """Print the warnings and the plan, or what is left of a frozen one; refuses a mailing to nobody."""
        if self.options.as_planned:
            self._show_what_is_left()
            return
        show({*self.desk.findings, *self.galley.findings} - {*self.audience.refused})
        smtp = None if self.options.sandbox else self.desk.settings.smtp
        variants = self.printed(self._record.planned if self._record else None).variants
        plan = Plan(self.galley, self.audience, variants, self.desk.settings, smtp)
        plan.show(self._done, utc_now().astimezone(self.zone).date())
        if not self.audience.recipients:
            where = f"segment {self.options.segment}" if self.options.segment else "any segment"
            raise ComposerError(f"nobody would get issue {self.number}: there is no valid address in {where}")

    def confirm(self) -> None:
        """Have the issue's number typed, unless --yes says that somebody has looked; refused without a terminal."""
        if self.options.yes:
            return
        if not sys.stdin.isatty():
            raise ComposerError("nothing was sent: no terminal to confirm on; look at the plan, then add --yes")
        sys.stdout.write(f"Type {self.number} to send to {self._whom}: ")
        sys.stdout.flush()
        typed = sys.stdin.readline()
        sys.stdout.write("" if typed else "\n")  # the end of the input leaves the cursor behind the question
        if typed.strip() != str(self.number):
            raise ComposerError("nothing was sent: the number was not typed")

    @cached_property
    def galley(self) -> Galley:
        """The finished emails; `FindingsError` when the issue has errors."""
        return typeset(self.desk.home, self.number, self.desk.settings)

    @cached_property
    def everybody(self) -> Audience:
        """The whole audience. An issue that goes on as planned may meanwhile have mistakes; its lists may not."""
        if not self.options.as_planned:
            return self.galley.audience
        audience, findings = lists.read(self.desk.home.recipients)
        if has_errors(findings):
            raise FindingsError(findings)
        return audience

    @cached_property
    def audience(self) -> Audience:
        """Those of `--segment`, or everybody."""
        segment = self.options.segment
        return self.everybody if segment is None else self.everybody.within(segment)

    @property
    def planned_for(self) -> tuple[Recipient, ...]:
        """The audience, and those whom an earlier run has planned: they may be in other segments since."""
        keys = {recipient.key for recipient in self.audience.recipients}
        keys |= {delivery.key for delivery in (self._record.deliveries if self._record else ())}
        return tuple(recipient for recipient in self.everybody.recipients if recipient.key in keys)

    def printed(self, planned: Planned | None) -> Printing:
        """Every variant that somebody on the lists gets, compiled; with the Date of the plan where there is one."""
        moment = moment_of(planned, utc_now())
        variant_of = self.galley.variant_of
        wanted = {variant_of(recipient.segments) for recipient in self.everybody.recipients}
        emails = {name: email for name, email in self.galley.emails.items() if name in wanted}
        settings = self.desk.settings
        return Printing(
            moment,
            {
                name: compile_message(email, settings, number=self.number, moment=moment)
                for name, email in emails.items()
            },
        )

    def _show_what_is_left(self) -> None:
        """Print the frozen plan as the ledger has it; refuses where there is none, or no such segment."""
        if self._record is None:
            raise ComposerError(f"nothing of issue {self.number} is planned; leave out --as-planned")
        _ = self.audience
        summarise(self._record).show(self.zone)

    @property
    def _whom(self) -> str:
        """Who is still to get it."""
        if self.options.sandbox:
            return "the sandbox"
        left = len(self.audience.recipients) - self._done
        return f"{left} more people" if self._done else f"{left} people"

    @cached_property
    def _record(self) -> Record | None:
        """What the ledger says before this run; a sandbox starts from nothing."""
        return None if self.options.sandbox else read_record(self.ledger, self.number, self.desk.home)

    @property
    def _done(self) -> int:
        """How many of the audience an earlier run has dealt with."""
        keys = {recipient.key for recipient in self.audience.recipients}
        ahead = (*OPEN, State.IN_DOUBT) if self.options.in_doubt == Doubt.RESEND else OPEN
        deliveries = self._record.deliveries if self._record else ()
        return sum(one.key in keys and one.state not in ahead for one in deliveries)
