"""`composer send`: the plan shown, the number typed, the run watched, the outcome told."""

from __future__ import annotations

import asyncio
import getpass
import os
import platform
import sys
from contextlib import asynccontextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from composer import audience as lists
from composer.cli.findings import show
from composer.cli.plan import Plan
from composer.cli.progress import progress_bar
from composer.cli.proof import address, prove
from composer.cli.records import ledger_path, read_record, utc_now
from composer.courier import Courier
from composer.delivery import Order, Printing, moment_of, prepare, run
from composer.errors import ComposerError, FindingsError, UsageError, has_errors
from composer.galley import typeset
from composer.ledger import OPEN, Doubt, Ledger, Operator, State, sqlite
from composer.message import compile_message
from composer.report import summarise
from composer.sandbox import Sandbox
from composer.state import signing_key
from composer.unsubscribe import Tokens

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    from composer.audience import Audience, Recipient
    from composer.cli.desk import Desk
    from composer.delivery import Result
    from composer.galley import Galley
    from composer.ledger import Record, Run
    from composer.report import Summary
    from composer.settings import Smtp

DONE = 0
NEEDS_A_DECISION = 1
RUN_AGAIN = 75
INTERRUPTED = 130


def mail(desk: Desk, options: argparse.Namespace) -> int:
    """Do what `composer send` was asked to do; the exit code."""
    is_proof = options.proof is not None
    if options.number is None and not (options.sandbox or options.dry_run or is_proof):
        raise UsageError("which issue? Say its number: python send.py 653")
    mailing = Mailing(desk, desk.number(options.number), options)
    if is_proof:
        return asyncio.run(mailing.prove())
    try:
        if not options.as_planned:
            mailing.show_plan()
    except BrokenPipeError:
        if options.dry_run:
            raise
        raise ComposerError("nothing was sent: nobody reads the plan to its end") from None
    if options.dry_run:
        sys.stdout.write("A dry run: nothing was sent and nothing was written.\n")
        return DONE
    mailing.confirm()
    return asyncio.run(mailing.send())


class Mailing:
    """One `composer send`, from the finished emails to the closing table; what it needs is made when it needs it."""

    def __init__(self, desk: Desk, number: int, options: argparse.Namespace) -> None:
        self._desk = desk
        self._number = number
        self._options = options
        self._path = ledger_path(desk.home, number, sandbox=options.sandbox)
        self._zone = ZoneInfo(desk.settings.timezone)

    def show_plan(self) -> None:
        """Print the warnings and the plan; refuses a mailing to nobody."""
        show({*self._desk.findings, *self._galley.findings} - {*self._audience.refused})
        smtp = None if self._options.sandbox else self._desk.settings.smtp
        plan = Plan(self._galley, self._audience, self._printing.variants, self._desk.settings, smtp)
        plan.show(self._done, utc_now().astimezone(self._zone).date())
        if not self._audience.recipients:
            where = f"segment {self._options.segment}" if self._options.segment else "any segment"
            raise ComposerError(f"nobody would get issue {self._number}: there is no valid address in {where}")

    def confirm(self) -> None:
        """Have the issue's number typed, unless --yes says that somebody has looked; refused without a terminal."""
        whom = self._whom  # asked even then, because it refuses an unknown segment
        if self._options.yes:
            return
        if not sys.stdin.isatty():
            raise ComposerError("nothing was sent: no terminal to confirm on; look at the plan, then add --yes")
        sys.stdout.write(f"Type {self._number} to send to {whom}: ")
        sys.stdout.flush()
        typed = sys.stdin.readline()
        sys.stdout.write("" if typed else "\n")  # the end of the input leaves the cursor behind the question
        if typed.strip() != str(self._number):
            raise ComposerError("nothing was sent: the number was not typed")

    @property
    def _whom(self) -> str:
        """Who is still to get it."""
        left = len(self._audience.recipients) - self._done
        if self._options.sandbox:
            return "the sandbox"
        return f"{left} more people" if self._done else f"{left} people"

    async def prove(self) -> int:
        """Send one copy of every variant to one address."""
        recipient = address(self._options.proof)
        async with self._server() as smtp, Courier(smtp, self._password) as courier:
            await prove(self._galley, recipient, courier, self._desk.settings, self._tokens)
        return DONE

    async def send(self) -> int:
        """Plan, hand over, and tell what happened, even if it ends in an error."""
        async with self._server() as smtp:
            with Ledger(sqlite(self._path, home=self._desk.home.root), utc_now) as ledger:
                try:
                    result = await self._run(ledger, smtp)
                finally:
                    summary = self._told(ledger)
        if result.was_interrupted:
            sys.stderr.write("composer: interrupted; the same command goes on where it stopped\n")
            return INTERRUPTED
        if summary and summary.counts[State.IN_DOUBT]:
            return NEEDS_A_DECISION
        return DONE if result.is_complete else RUN_AGAIN

    async def _run(self, ledger: Ledger, smtp: Smtp) -> Result:
        """One run."""
        with ledger.run(self._number, _operator()) as turn, progress_bar() as progress:
            turn.settle_doubt(Doubt(self._options.in_doubt))
            self._plan(turn)
            order = Order(
                courier=lambda: Courier(smtp, self._password),
                tokens=self._tokens,
                connections=smtp.connections,
                segment=self._options.segment,
                progress=progress,
            )
            return await run(turn, order)

    def _plan(self, turn: Run) -> None:
        listed = frozenset(recipient.key for recipient in self._everybody.recipients)
        if self._options.as_planned:
            turn.as_planned(listed)
            return
        variant_of = self._galley.variant_of
        recipients = ((recipient, variant_of(recipient.segments)) for recipient in self._planned_for)
        turn.plan(prepare(self._printing, recipients, listed=listed, tokens=self._tokens))

    def _told(self, ledger: Ledger) -> Summary | None:
        record = ledger.read(self._number)
        summary = summarise(record) if record else None
        if summary:
            with suppress(BrokenPipeError):  # what became of the run is said by the exit code too
                summary.show(self._zone)
        return summary

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[Smtp]:
        """The newsletter's mail server, or an embedded one that leaves an inbox."""
        if not self._options.sandbox:
            yield self._desk.settings.smtp
            return
        async with Sandbox(self._path.parent) as sandbox:
            for leftover in self._path.parent.glob(f"{self._path.name}*"):
                leftover.unlink()
            try:
                yield sandbox.smtp
            finally:
                inbox = sandbox.write_inbox()
                sys.stdout.write(f"{len(sandbox.letters)} messages are in the inbox {inbox}\n")

    @cached_property
    def _galley(self) -> Galley:
        return typeset(self._desk.home, self._number, self._desk.settings)

    @cached_property
    def _everybody(self) -> Audience:
        """The whole audience. An issue that goes on as planned may meanwhile have mistakes; its lists may not."""
        if not self._options.as_planned:
            return self._galley.audience
        audience, findings = lists.read(self._desk.home.recipients)
        if has_errors(findings):
            raise FindingsError(findings)
        return audience

    @cached_property
    def _audience(self) -> Audience:
        """Those of `--segment`, or everybody."""
        segment = self._options.segment
        return self._everybody if segment is None else self._everybody.within(segment)

    @property
    def _planned_for(self) -> tuple[Recipient, ...]:
        """The audience, and those whom an earlier run has planned: they may be in other segments since."""
        keys = {recipient.key for recipient in self._audience.recipients}
        keys |= {delivery.key for delivery in (self._record.deliveries if self._record else ())}
        return tuple(recipient for recipient in self._everybody.recipients if recipient.key in keys)

    @cached_property
    def _record(self) -> Record | None:
        """What the ledger says before this run; a sandbox starts from nothing."""
        return None if self._options.sandbox else read_record(self._path, self._number, self._desk.home)

    @cached_property
    def _printing(self) -> Printing:
        """Every variant that somebody on the lists gets, compiled."""
        moment = moment_of(self._record.planned if self._record else None, utc_now())
        variant_of = self._galley.variant_of
        wanted = {variant_of(recipient.segments) for recipient in self._everybody.recipients}
        emails = {name: email for name, email in self._galley.emails.items() if name in wanted}
        return Printing(
            moment,
            {
                name: compile_message(email, self._desk.settings, number=self._number, moment=moment)
                for name, email in emails.items()
            },
        )

    @property
    def _done(self) -> int:
        """How many of the audience an earlier run has dealt with."""
        keys = {recipient.key for recipient in self._audience.recipients}
        deliveries = self._record.deliveries if self._record else ()
        return sum(one.key in keys and one.state not in OPEN for one in deliveries)

    @cached_property
    def _tokens(self) -> Tokens:
        return Tokens(signing_key(self._desk.home.state, self._desk.settings))

    @property
    def _password(self) -> str | None:
        password = self._desk.settings.password
        return password.get_secret_value() if password and not self._options.sandbox else None


def _operator() -> Operator:
    try:
        person = getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        person = "somebody"
    return Operator(person, platform.node(), os.getpid())
