"""The plan of a mailing, as the programme manager reads it before typing the number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table

from composer.dates import full_date
from composer.message import sample
from composer.report.console import Page

if TYPE_CHECKING:
    from datetime import date

    from composer.cli.mailing import Mailing


class Plan:
    """Who would get what, through which server."""

    def __init__(self, mailing: Mailing) -> None:
        self._mailing = mailing
        self._galley = mailing.galley
        self._audience = mailing.audience
        self._settings = mailing.desk.settings

    def show(self, today: date) -> None:
        """Print the whole plan."""
        console = Page(soft_wrap=True, highlight=False)
        console.print()
        console.print(self._head(today))
        console.print(self._variants())
        console.print(self._segments())
        audience = self._audience
        for title, findings, total in (
            ("Refused rows", audience.refused, audience.refused_total),
            ("Repeated addresses, written to once", audience.duplicates, audience.duplicates_total),
        ):
            if findings:
                console.print(f"\n[bold]{title}: {total}[/bold]")
                console.print("\n".join(str(finding) for finding in findings), markup=False)
        console.print()

    def _head(self, today: date) -> Table:
        people, edition, done = len(self._audience.recipients), self._galley.edition, self._mailing.done
        smtp, audience = self._settings.smtp, self._audience
        server = "sandbox" if self._mailing.is_sandbox else f"{smtp.host}:{smtp.port}, {smtp.security}"
        facts = {
            "Issue": f"{edition.title}, {full_date(edition.date)}{_how_far((edition.date - today).days)}",
            "From": f"{self._settings.sender.name} <{self._settings.sender.email}>",
            "Server": server,
            "To": f"{people} people" + (f", {done} of them done already" if done else ""),
            "In no segment": f"{audience.unreached}, who get nothing" if audience.unreached else "nobody",
            "Content": self._mailing.printing.content_hash[:12],
            "Audience": self._mailing.hashed_audience.hexdigest()[:12],
        }
        table = Table.grid(padding=(0, 2))
        for name, value in facts.items():
            table.add_row(f"[bold]{name}[/bold]", _plain(value))
        return table

    def _variants(self) -> Table:
        counts = self._audience.counts(self._galley.variant_of)
        table = Table("Variant", "Subject", title="What goes out", title_justify="left")
        table.add_column("People", justify="right")
        table.add_column("Message", justify="right")
        for name, compiled in self._mailing.printing.variants.items():
            if counts[name]:
                subject = self._galley.emails[name].subject
                table.add_row(name, _plain(subject), str(counts[name]), f"{len(sample(compiled)) / 1024:.0f} KB")
        return table

    def _segments(self) -> Table:
        counts: Counter[str] = Counter()
        for segments, people in self._audience.memberships.items():
            counts.update(dict.fromkeys(segments, people))
        table = Table("Segment", title="Who they are (somebody in two segments gets one message)", title_justify="left")
        table.add_column("People", justify="right")
        for segment in sorted(self._audience.segments):
            table.add_row(segment, str(counts[segment]))
        return table


def _how_far(days: int) -> str:
    """A remark on an issue that is not today's: its dates are right for its own day only."""
    if not days:
        return ""
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f" (in {count})" if days > 0 else f" ({count} ago: what has expired since is still in it)"


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
