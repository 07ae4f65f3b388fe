"""What one `composer send`, `approve` or `--proof` is about; everything is made when it is asked for, and once."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from composer import audience as lists
from composer.cli.clock import utc_now
from composer.cli.dkim_key import signer
from composer.cli.records import read_record
from composer.cli.whereabouts import ledger_path
from composer.delivery import Bindery, Printing, moment_of
from composer.errors import FindingsError, has_errors
from composer.galley import typeset
from composer.ledger import OPEN, Doubt, Ledger, State, sqlite
from composer.message import compile_message
from composer.state import signing_key
from composer.unsubscribe import Tokens

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date, datetime

    from composer.audience import Audience, Recipient
    from composer.cli.desk import Desk
    from composer.dkim import Signer
    from composer.galley import Galley
    from composer.ledger import Annals, AudienceHash, Planned, Record


class Mailing:
    """An issue, the people it is for, and what the ledger knew of it before."""

    def __init__(self, desk: Desk, number: int, options: argparse.Namespace) -> None:
        self.desk = desk
        self.number = number
        self.options = options
        self.segment: str | None = options.segment
        self.is_sandbox: bool = options.sandbox
        self.zone = ZoneInfo(desk.settings.timezone)
        self.ledger = ledger_path(desk.home, number, sandbox=self.is_sandbox)

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
        return self.everybody if self.segment is None else self.everybody.within(self.segment)

    @property
    def others(self) -> Iterator[Recipient]:
        """Everybody on the lists whom this sending is not for."""
        if self.segment is None:
            return iter(())
        return (one for one in self.everybody.recipients if self.segment not in one.segments)

    @cached_property
    def printing(self) -> Printing:
        """Every variant that somebody on the lists gets, compiled."""
        variant_of = self.galley.variant_of
        wanted = {variant_of(segments) for segments in self.everybody.memberships}
        emails = {name: email for name, email in self.galley.emails.items() if name in wanted}
        settings, signed_by = self.desk.settings, self.signer
        return Printing(
            {
                name: compile_message(email, settings, number=self.number, signer=signed_by)
                for name, email in emails.items()
            },
            variant_of,
        )

    @cached_property
    def hashed_audience(self) -> AudienceHash:
        """The people of this sending, added up."""
        return self.printing.audience_of(self.audience.recipients)

    @cached_property
    def tokens(self) -> Tokens:
        """What signs links and makes Message-IDs."""
        return Tokens(signing_key(self.desk.home.state, self.desk.settings))

    @cached_property
    def signer(self) -> Signer | None:
        """The DKIM key, where the settings want one."""
        return signer(self.desk)

    @property
    def date(self) -> date:
        """The day of the issue; of one that goes on as planned the day of its plan, whatever the file says now."""
        if self.options.as_planned and self.record is not None:
            return self.record.planned.moment.astimezone(self.zone).date()
        return self.galley.edition.date

    def open_ledger(self) -> Ledger:
        """The ledger of the newsletter, or of the sandbox run, to be closed after use; made when it is not there."""
        return Ledger(sqlite(self.ledger, home=self.desk.home.root), utc_now)

    @contextmanager
    def open_annals(self) -> Iterator[Annals | None]:
        """What the ledger tells of people; None where there is no ledger yet, and none is made."""
        if not self.ledger.exists():
            yield None
            return
        with self.open_ledger() as ledger:
            yield ledger.annals

    def bindery(self, planned: Planned | None, at: datetime | None) -> Bindery:
        """What makes the compiled variants this mailing's messages, with the Date of the plan where there is one.

        `at` is the moment for which it is planned, if that is still to come.
        """
        now = utc_now()
        return Bindery(moment_of(planned, max(at or now, now)), self.tokens, self.signer)

    @cached_property
    def record(self) -> Record | None:
        """What the ledger says before this run; a sandbox starts from nothing."""
        return None if self.is_sandbox else read_record(self.ledger, self.number, self.desk.home)

    @property
    def done(self) -> int:
        """How many of those that it is for an earlier run has dealt with."""
        return self._stand.total() - self.left

    @property
    def left(self) -> int:
        """How many of those that were planned the run would still send to."""
        ahead = [*OPEN, State.IN_DOUBT] if self.options.in_doubt == Doubt.RESEND else OPEN
        return sum(self._stand[state] for state in ahead)

    @property
    def _stand(self) -> Counter[State]:
        """How many of this sending's people stand where, as the ledger has it."""
        if self.record is None:
            return Counter()
        return self.record.segments.get(self.segment, Counter()) if self.segment else self.record.counts
