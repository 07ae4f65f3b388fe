"""The run of a mailing: through which server, under whose name, and what to say at its end."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from composer import maillog
from composer.cli.appointment import keep
from composer.cli.clock import operator, utc_now
from composer.cli.progress import progress_bar
from composer.cli.records import tell
from composer.cli.saying import say
from composer.cli.whereabouts import report_folder
from composer.courier import Courier
from composer.delivery import Limits, Order, Pace, People, Result, keep_beating, prepare, run, settle_by_log
from composer.errors import ComposerError, Exit
from composer.ledger import Doubt, LedgerError, State
from composer.report import summarise
from composer.sandbox import Sandbox
from composer.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from datetime import datetime

    from composer.cli.mailing import Mailing
    from composer.delivery import Progress
    from composer.ledger import Ledger, OptOuts, Run
    from composer.report import Summary
    from composer.settings import Smtp


_ONE_CLOCK = timedelta(seconds=1)
"""How far apart what two programs on one machine write down of the same moment may be."""


_LOOK_S = 1.0
"""Whoever opts out later than this before their turn may still get the message."""


class Dispatch:
    """Hands a mailing over to the newsletter's mail server, or to the sandbox."""

    def __init__(self, mailing: Mailing) -> None:
        self._mailing = mailing
        self._desk = mailing.desk
        self._options = mailing.options

    @asynccontextmanager
    async def courier(self) -> AsyncIterator[Courier]:
        """One open connection, past the ledger."""
        async with self._server() as smtp, Courier(smtp, self._password) as courier:
            yield courier

    async def send(self, at: datetime | None, overruled: Sequence[str]) -> Exit:
        """Plan, wait for the moment, hand over, and tell what happened, even if it ends in an error."""
        async with self._server() as smtp:
            with self._mailing.open_ledger() as ledger:
                try:
                    result = await self._run(ledger, smtp, at, overruled)
                finally:
                    summary = show_outcome(ledger, self._mailing)
        if summary is not None and not summary.adds_up:
            return Exit.REFUSED
        if result.was_interrupted:
            say("composer: interrupted; the same command goes on where it stopped")
            return Exit.INTERRUPTED
        if summary is not None and summary.counts[State.IN_DOUBT]:
            return Exit.REFUSED
        return Exit.DONE if result.is_complete else Exit.TRY_AGAIN

    async def _run(self, ledger: Ledger, smtp: Smtp, at: datetime | None, overruled: Sequence[str]) -> Result:
        acts, number = operator(), self._mailing.number
        with ledger.run(number, acts) as turn:
            self._settle_by_log(turn)
            self._plan(ledger, turn, at)
            said = [f"planned for {self._options.segment or 'everybody'}", *overruled, *self._decide(turn)]
            ledger.annals.note(number, acts, "sending", ", ".join(said))
            if at is not None:
                await self._wait(turn, at)
            try:
                with progress_bar() as progress:
                    result = await run(turn, self._order(smtp, ledger, turn, progress))
            except BaseException as error:
                with suppress(ComposerError):
                    ledger.annals.note(number, acts, "stopped", str(error) or type(error).__name__)
                raise
            if self._settle_by_log(turn):  # whoever did not get it is still to be sent to
                result = Result(turn.awaited(self._options.segment), result.was_interrupted)
            ledger.annals.note(number, acts, "interrupted" if result.was_interrupted else "ended", _sum(result))
            return result

    def _decide(self, turn: Run) -> list[str]:
        """Do about what is in doubt, for the people of this sending, as the manager says; what to write down of it."""
        doubt = Doubt(self._options.in_doubt)
        count = turn.settle_doubt(doubt, self._options.segment)
        return [f"--in-doubt {doubt} for {count}"] if count and doubt is not Doubt.HOLD else []

    def _order(self, smtp: Smtp, ledger: Ledger, turn: Run, progress: Callable[[Progress], None]) -> Order:
        is_real = not self._mailing.is_sandbox
        return Order(
            courier=lambda: Courier(smtp, self._password),
            tokens=self._mailing.tokens,
            signer=self._mailing.signer,
            connections=smtp.connections,
            segment=self._options.segment,
            has_opted_out=_Asked(ledger.opt_outs(), self._mailing),
            progress=progress,
            limits=Limits(smtp.messages_per_connection, smtp.per_minute, smtp.per_minute_to_domain),
            pace=Pace(patience_s=(self._options.patience or 0) * 60),
            deadline=turn.planned().moment + timedelta(hours=smtp.patience_hours) if is_real else None,
            has_canary=is_real and self._desk.settings.guards.canary and not self._options.no_canary,
        )

    async def _wait(self, turn: Run, at: datetime) -> None:
        """Keep the place until the moment has come; Ctrl-C gives it back with nothing sent."""
        pulse = asyncio.create_task(keep_beating(turn.beat))
        waiting = asyncio.create_task(keep(at, self._mailing.zone))
        try:
            await asyncio.wait({pulse, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            pulse.cancel()
            waiting.cancel()
        for task in (pulse, waiting):
            if task.done():
                task.result()

    def _settle_by_log(self, turn: Run) -> int:
        """End what doubts the relay's own log can end; how many it has ended."""
        log = self._desk.settings.smtp.log
        if log is None or self._mailing.is_sandbox or not turn.in_doubt():
            return 0
        zone = utc_now().astimezone().tzinfo or self._mailing.zone
        skew = _ONE_CLOCK if self._desk.settings.smtp.host in LOOPBACK else maillog.SKEW
        try:
            settled = settle_by_log(turn, maillog.read(self._desk.home.root / log), zone, skew=skew)
        except LedgerError:
            raise
        except ComposerError as error:  # the doubt stays, and the mailing goes on
            say(f"composer: {error}")
            return 0
        left = len(turn.in_doubt())
        say(f"composer: {log} has settled {settled} of {settled + left} doubts")
        return settled

    def _plan(self, ledger: Ledger, turn: Run, at: datetime | None) -> None:
        """Freeze the mailing. Only now that the turn is ours is it certain whether somebody has begun it before."""
        mailing = self._mailing
        if self._options.as_planned:
            turn.as_planned(recipient.key for recipient in mailing.everybody.recipients)
            return
        bindery = mailing.bindery(ledger.planned(mailing.number), at)
        people = People(
            mailing.audience.recipients,
            mailing.hashed_audience.hexdigest(),
            others=mailing.others,
            segment=mailing.segment or "",
        )
        plan = prepare(mailing.printing, people, bindery)
        turn.plan(plan, as_listed=self._options.as_listed)

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[Smtp]:
        """The newsletter's mail server, or an embedded one that leaves an inbox."""
        if not self._mailing.is_sandbox:
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
        return password.get_secret_value() if password and not self._mailing.is_sandbox else None


def show_outcome(ledger: Ledger, mailing: Mailing) -> Summary | None:
    """Print what the ledger says now, and write the report; what it said."""
    summary = summarise(ledger, mailing.number)
    if summary is not None:
        folder = report_folder(mailing.desk.home, mailing.number, sandbox=mailing.is_sandbox)
        with suppress(OSError):  # what became of the run is said by the exit code too
            tell(summary, folder, mailing.zone)
    return summary


class _Asked:
    """The suppression list as the delivery asks it, looked at again every second."""

    def __init__(self, opt_outs: OptOuts, mailing: Mailing) -> None:
        self._opt_outs = opt_outs
        self._tokens = mailing.tokens
        self._looked_at = time.monotonic()

    def __call__(self, key: str) -> bool:
        now = time.monotonic()
        if now - self._looked_at >= _LOOK_S:
            self._opt_outs.look()
            self._looked_at = now
        return bool(self._opt_outs) and self._tokens.address_hash(key) in self._opt_outs


def _sum(result: Result) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(result.counts.items())) or "nobody was left"
