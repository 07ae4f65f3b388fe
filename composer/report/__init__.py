"""The ledger of an issue summed up: what became of every single address.

`summarise` makes a value of it: `json` gives that to a machine, `show` to a person.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from composer.ledger import OPEN, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

    from composer.ledger import Delivery, Lock, Planned, Record

__all__ = ["NAMED", "ORDER", "Summary", "Tally", "summarise"]

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


@dataclass(frozen=True, slots=True)
class Tally:
    """How the deliveries of one domain or segment stand."""

    name: str
    counts: Counter[State]


@dataclass(frozen=True, slots=True)
class Summary:
    """One issue at one moment."""

    planned: Planned
    sender: Lock | None
    """Who is sending it at that moment, if anybody is."""
    counts: Counter[State]
    domains: tuple[Tally, ...]
    """The largest first."""
    segments: tuple[Tally, ...]
    """By name; a person in several counts in each of them."""
    named: tuple[Delivery, ...]
    """Every delivery that failed, is in doubt or deferred."""

    @property
    def adds_up(self) -> bool:
        """Conservation: as many deliveries stand somewhere as were ever planned. Where not, the ledger is damaged."""
        return self.planned.planned == self.counts.total()

    @property
    def waiting(self) -> int:
        """How many the issue may still be sent to, whatever their segments."""
        return sum(self.counts[state] for state in OPEN)

    @property
    def is_done(self) -> bool:
        """Whether nobody is left to be sent to, decided about or found."""
        return self.adds_up and not (self.waiting or self.counts[State.SENDING] or self.counts[State.IN_DOUBT])

    def json(self) -> str:
        """The summary for a machine; moments in UTC (ISO 8601)."""
        planned, sender = self.planned, self.sender
        told = {
            "issue": planned.number,
            "planned": planned.planned,
            "adds_up": self.adds_up,
            "is_done": self.is_done,
            "states": _as_words(self.counts),
            "planned_at": planned.planned_at.isoformat(),
            "planned_by": planned.planned_by,
            "host": planned.host,
            "content": planned.content_hash,
            "audience": planned.audience_hash,
            "sender": sender and {"host": sender.host, "process": sender.process, "since": sender.since.isoformat()},
            "domains": {tally.name: _as_words(tally.counts) for tally in self.domains},
            "segments": {tally.name: _as_words(tally.counts) for tally in self.segments},
            "deliveries": [_case(one) for one in self.named],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)

    def show(self, zone: tzinfo | None = None) -> None:
        """Print it for a person, times in `zone`, or as this machine's clock shows them."""
        from composer.report import terminal  # noqa: PLC0415 - a machine reads it without rich
        from composer.report.console import Page  # noqa: PLC0415 - as above

        terminal.show(self, Page(), zone)


def summarise(record: Record) -> Summary:
    """The record summed up. What a dead run was sending is in doubt, even before the next run says so."""
    deliveries = record.deliveries if record.sender else tuple(map(_seen_alone, record.deliveries))
    return Summary(
        planned=record.planned,
        sender=record.sender,
        counts=Counter(one.state for one in deliveries),
        domains=tuple(
            sorted(
                _tallies(deliveries, lambda one: {one.domain}), key=lambda tally: (-tally.counts.total(), tally.name)
            )
        ),
        segments=tuple(sorted(_tallies(deliveries, lambda one: one.segments), key=lambda tally: tally.name)),
        named=tuple(one for state in NAMED for one in deliveries if one.state is state),
    )


def _seen_alone(one: Delivery) -> Delivery:
    return replace(one, state=State.IN_DOUBT, words=_LOST) if one.state is State.SENDING else one


def _tallies(deliveries: Iterable[Delivery], names_of: Callable[[Delivery], Iterable[str]]) -> list[Tally]:
    counts: dict[str, Counter[State]] = {}
    for one in deliveries:
        for name in names_of(one):
            counts.setdefault(name, Counter())[one.state] += 1
    return [Tally(name, count) for name, count in counts.items()]


def _as_words(counts: Counter[State]) -> dict[str, int]:
    return {state.value: counts[state] for state in ORDER}


def _case(one: Delivery) -> dict[str, Any]:
    return {
        "address": one.address,
        "state": one.state.value,
        "code": one.code,
        "words": one.words,
        "attempts": one.attempts,
        "updated_at": one.updated_at.isoformat(),
        "message_id": one.message_id,
    }
