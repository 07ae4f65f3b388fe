"""`Summary`: one issue at one moment, with everybody who has to be named."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.ledger import OPEN, State

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Generator, Iterable, Iterator
    from datetime import datetime, tzinfo
    from pathlib import Path

    from composer.ledger import Deed, Delivery, Ledger, Lock, Planned, Record

ORDER = (
    State.SENT,
    State.FAILED,
    State.DEFERRED,
    State.IN_DOUBT,
    State.SUPPRESSED,
    State.EXCLUDED,
    State.SENDING,
    State.PLANNED,
)
"""In which order states are told: what was achieved, what was not, what is still to come."""

NAMED = (State.FAILED, State.IN_DOUBT, State.DEFERRED)
"""States whose every address is named, the worst first."""

_LOST = "the run that was sending it has ended without an answer"


class UnwrittenError(ComposerError):
    """A file of the report that cannot be written; what it would say is in the ledger."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the deliveries of one domain or segment stand."""

    name: str
    counts: Counter[State]


@dataclass(frozen=True, slots=True)
class Summary:
    """One issue at one moment. Names are read from the ledger, which has to be open still."""

    record: Record
    deeds: tuple[Deed, ...]
    """Who did what about it, the oldest first."""
    ledger: Ledger

    @property
    def number(self) -> int:
        """The issue."""
        return self.record.planned.number

    @property
    def planned(self) -> Planned:
        """What was planned, when, by whom."""
        return self.record.planned

    @property
    def sender(self) -> Lock | None:
        """Who is sending it at that moment, if anybody is."""
        return self.record.sender

    @property
    def counts(self) -> Counter[State]:
        """How many deliveries stand where; what a dead run was sending is in doubt, before the next run says so."""
        return self.record.counts

    @property
    def adds_up(self) -> bool:
        """Conservation: as many deliveries stand somewhere as were ever planned. Where not, the ledger is damaged."""
        return self.record.adds_up

    @property
    def waiting(self) -> int:
        """How many the issue may still be sent to, whatever their segments."""
        return sum(self.counts[state] for state in OPEN)

    @property
    def is_done(self) -> bool:
        """Whether nobody is left to be sent to, decided about or found."""
        return self.adds_up and not (self.waiting or self.counts[State.SENDING] or self.counts[State.IN_DOUBT])

    @property
    def domains(self) -> tuple[Tally, ...]:
        """The largest, the largest first."""
        return tuple(_tallies(self.record.domains.items()))

    @property
    def smaller_domains(self) -> int:
        """How many more there are than `domains` has."""
        return self.record.domains_in_all - len(self.record.domains)

    @property
    def segments(self) -> tuple[Tally, ...]:
        """By name; a person in several counts in each of them."""
        return tuple(sorted(_tallies(self.record.segments.items()), key=lambda tally: tally.name))

    def every_domain(self) -> Iterator[Tally]:
        """All of them, by name, read as they are told."""
        return _tallies(self.ledger.domains(self.record))

    def named(self, state: State) -> Generator[Delivery]:
        """Every delivery in this state, in the order in which they were planned."""
        if not self.counts[state]:
            return
        yield from self.ledger.named(self.number, state)
        if state is State.IN_DOUBT and self.sender is None:
            for one in self.ledger.named(self.number, State.SENDING):
                yield replace(one, state=State.IN_DOUBT, words=_LOST)

    def first(self, state: State, most: int) -> tuple[Delivery, ...]:
        """The first of them."""
        with closing(self.named(state)) as everybody:
            return tuple(islice(everybody, most))

    def moments(self) -> Iterator[tuple[datetime, State]]:
        """When each delivery came to stand where it stands."""
        return self.ledger.moments(self.number)

    def json(self) -> Iterator[str]:
        """The summary for a machine, piece by piece."""
        from composer.report.machine import pieces  # noqa: PLC0415 - people do without

        return pieces(self)

    def show(self, zone: tzinfo | None = None, folder: Path | None = None) -> None:
        """Print it for a person, times in `zone`, or as this machine's clock shows them.

        A terminal gets the first addresses only and is told that `folder` holds the others.
        """
        from composer.report import terminal  # noqa: PLC0415 - a machine reads it without rich
        from composer.report.console import Page  # noqa: PLC0415 - as above

        terminal.show(self, Page(), zone, folder)

    def write(self, folder: Path, zone: tzinfo) -> Path:
        """Write report.html into `folder`, and everybody who has to be named as CSV; the path of the page.

        Each file is made aside and moved into place; that of a state in which nobody is any more is removed.
        """
        from composer.report.files import write  # noqa: PLC0415 - imports the template engine

        return write(self, folder, zone)


def summarise(ledger: Ledger, number: int) -> Summary | None:
    """The issue summed up, if it was ever planned."""
    record = ledger.read(number)
    return Summary(record, ledger.annals.deeds(number), ledger) if record else None


def table_of(state: State) -> str:
    """The name of the file for everybody in a state that is named."""
    return f"{state.value}.csv"


def _tallies(counts: Iterable[tuple[str, Counter[State]]]) -> Iterator[Tally]:
    return (Tally(name, count) for name, count in counts)
