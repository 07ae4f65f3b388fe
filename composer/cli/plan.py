"""The plan of a mailing, as the programme manager reads it before typing the number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table

from composer.dates import full_date
from composer.message import sample
from composer.report.console import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from composer.audience import Audience
    from composer.galley import Galley
    from composer.message import Compiled
    from composer.settings import Settings, Smtp


@dataclass(frozen=True)
class Plan:
    """Who would get what, through which server."""

    galley: Galley
    audience: Audience
    compiled: Mapping[str, Compiled]
    settings: Settings
    smtp: Smtp | None
    """None: the sandbox."""

    def show(self, done: int, today: date) -> None:
        """Print the whole plan; `done` people have been dealt with by an earlier run."""
        console = Page(soft_wrap=True, highlight=False)
        console.print()
        console.print(self._head(done, today))
        console.print(self._variants())
        console.print(self._segments())
        for title, findings in (
            ("Refused rows", self.audience.refused),
            ("Repeated addresses, written to once", self.audience.duplicates),
        ):
            if findings:
                console.print(f"\n[bold]{title}: {len(findings)}[/bold]")
                console.print("\n".join(str(finding) for finding in findings), markup=False)
        console.print()

    def _head(self, done: int, today: date) -> Table:
        people, edition = len(self.audience.recipients), self.galley.edition
        facts = {
            "Issue": f"{edition.title}, {full_date(edition.date)}{_how_far((edition.date - today).days)}",
            "From": f"{self.settings.sender.name} <{self.settings.sender.email}>",
            "Server": f"{self.smtp.host}:{self.smtp.port}, {self.smtp.security}" if self.smtp else "sandbox",
            "To": f"{people} people" + (f", {done} of them done already" if done else ""),
            "In no segment": f"{self.audience.unreached}, who get nothing" if self.audience.unreached else "nobody",
        }
        table = Table.grid(padding=(0, 2))
        for name, value in facts.items():
            table.add_row(f"[bold]{name}[/bold]", _plain(value))
        return table

    def _variants(self) -> Table:
        variant_of = self.galley.variant_of
        counts = Counter(variant_of(recipient.segments) for recipient in self.audience.recipients)
        table = Table("Variant", "Subject", title="What goes out", title_justify="left")
        table.add_column("People", justify="right")
        table.add_column("Message", justify="right")
        for name, compiled in self.compiled.items():
            if counts[name]:
                subject = self.galley.emails[name].subject
                table.add_row(name, _plain(subject), str(counts[name]), f"{len(sample(compiled)) / 1024:.0f} KB")
        return table

    def _segments(self) -> Table:
        counts = Counter(segment for recipient in self.audience.recipients for segment in recipient.segments)
        table = Table("Segment", title="Who they are (somebody in two segments gets one message)", title_justify="left")
        table.add_column("People", justify="right")
        for segment in sorted(self.audience.segments):
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
