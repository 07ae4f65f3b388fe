"""The run of a mailing: through which server, under whose name, and what to say at its end."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from contextlib import asynccontextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from composer.cli.progress import progress_bar
from composer.cli.records import utc_now
from composer.courier import Courier
from composer.delivery import Order, prepare, run
from composer.errors import Exit
from composer.ledger import Doubt, Ledger, Operator, State, sqlite
from composer.report import summarise
from composer.sandbox import Sandbox
from composer.state import signing_key
from composer.unsubscribe import Tokens

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from composer.cli.mailing import Mailing
    from composer.delivery import Result
    from composer.ledger import Run
    from composer.report import Summary
    from composer.settings import Smtp


class Dispatch:
    """Hands a mailing over to the newsletter's mail server, or to the sandbox."""

    def __init__(self, mailing: Mailing) -> None:
        self._mailing = mailing
        self._desk = mailing.desk
        self._options = mailing.options

    @cached_property
    def tokens(self) -> Tokens:
        """What signs links and makes Message-IDs."""
        return Tokens(signing_key(self._desk.home.state, self._desk.settings))

    @asynccontextmanager
    async def courier(self) -> AsyncIterator[Courier]:
        """One open connection, past the ledger."""
        async with self._server() as smtp, Courier(smtp, self._password) as courier:
            yield courier

    async def send(self) -> Exit:
        """Plan, hand over, and tell what happened, even if it ends in an error."""
        async with self._server() as smtp:
            with Ledger(sqlite(self._mailing.ledger, home=self._desk.home.root), utc_now) as ledger:
                try:
                    result = await self._run(ledger, smtp)
                finally:
                    summary = self._told(ledger)
        if result.was_interrupted:
            sys.stderr.write("composer: interrupted; the same command goes on where it stopped\n")
            return Exit.INTERRUPTED
        if summary and summary.counts[State.IN_DOUBT]:
            return Exit.REFUSED
        return Exit.DONE if result.is_complete else Exit.TRY_AGAIN

    async def _run(self, ledger: Ledger, smtp: Smtp) -> Result:
        with ledger.run(self._mailing.number, _operator()) as turn, progress_bar() as progress:
            turn.settle_doubt(Doubt(self._options.in_doubt))
            self._plan(ledger, turn)
            order = Order(
                courier=lambda: Courier(smtp, self._password),
                tokens=self.tokens,
                connections=smtp.connections,
                segment=self._options.segment,
                progress=progress,
            )
            return await run(turn, order)

    def _plan(self, ledger: Ledger, turn: Run) -> None:
        """Freeze the mailing. Only now that the turn is ours is it certain whether somebody has begun it before."""
        mailing = self._mailing
        listed = frozenset(recipient.key for recipient in mailing.everybody.recipients)
        if self._options.as_planned:
            turn.as_planned(listed)
            return
        variant_of = mailing.galley.variant_of
        recipients = ((recipient, variant_of(recipient.segments)) for recipient in mailing.planned_for)
        printing = mailing.printed(ledger.planned(mailing.number))
        turn.plan(prepare(printing, recipients, listed=listed, tokens=self.tokens))

    def _told(self, ledger: Ledger) -> Summary | None:
        record = ledger.read(self._mailing.number)
        summary = summarise(record) if record else None
        if summary:
            with suppress(BrokenPipeError):  # what became of the run is said by the exit code too
                summary.show(self._mailing.zone)
        return summary

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[Smtp]:
        """The newsletter's mail server, or an embedded one that leaves an inbox."""
        if not self._options.sandbox:
            yield self._desk.settings.smtp
            return
        ledger = self._mailing.ledger
        async with Sandbox(ledger.parent) as sandbox:
            for leftover in ledger.parent.glob(f"{ledger.name}*"):
                leftover.unlink()
            try:
                yield sandbox.smtp
            finally:
                inbox = sandbox.write_inbox()
                sys.stdout.write(f"{len(sandbox.letters)} messages are in the inbox {inbox}\n")

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
