"""The report as one page for a browser: nothing on it comes from elsewhere, and nothing has to run.

Addresses and servers' words are strangers' text: they are escaped, kept on one line and isolated in their direction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from composer.ledger import State
from composer.report import charts, sentences
from composer.report.course import ANSWERED, course
from composer.report.summary import ORDER, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from jinja2 import Template

    from composer.ledger import Delivery
    from composer.report.course import Course
    from composer.report.summary import Summary

_DRAWN = 12
"""So many domains or segments are drawn, the largest."""

_TABLED = 200
"""So many are in the table behind the chart."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Everybody in one state, of whom the page shows the first."""

    state: State
    total: int
    shown: tuple[Delivery, ...]
    file: str
    """Where all of them are."""


@dataclass(frozen=True, slots=True)
class Group:
    """A chart of domains or segments, and the table behind it."""

    title: str
    one: str
    """What one of them is called."""
    bars: tuple[charts.Bar, ...]
    tallies: tuple[Tally, ...]
    left_out: int
    """How many are not even in the table."""

    @property
    def states(self) -> tuple[State, ...]:
        """The columns of the table."""
        return tuple(state for state in ORDER if any(tally.counts[state] for tally in self.tallies))


def pieces(summary: Summary, listings: Sequence[Listing], zone: tzinfo) -> Iterator[str]:
    """The page, piece by piece; times in `zone`."""
    offset = summary.planned.planned_at.astimezone(zone).utcoffset() or timedelta()
    run = course(summary.moments(), offset)
    equation = sentences.equation(summary)
    return _template().generate(
        summary=summary,
        equation=equation,
        advice=[*sentences.advice(summary, zone)] or [equation],
        verdict=_verdict(summary),
        outcome=charts.parts(summary.counts),
        facts=[*_facts(summary, run, zone)],
        groups=[*_groups(summary)],
        listings=listings,
        listed={listing.state for listing in listings},
        second=partial(sentences.to_the_second, zone=zone),
        zone=zone,
        **_over_time(run, zone),
    )


def _verdict(summary: Summary) -> str:
    """The colour of the first sentence."""
    if not summary.adds_up or summary.counts[State.IN_DOUBT]:
        return "bad"
    return "good" if summary.is_done else "warn"


def _over_time(run: Course | None, zone: tzinfo) -> dict[str, object]:
    """What the charts over time show, if any answer has come."""
    if run is None:
        return {"course": None}
    sent = accumulate(interval[State.SENT] for interval in run.intervals)
    begins = (run.beginning(place) for place in range(len(run.intervals)))
    return {
        "course": run,
        "width": sentences.interval(run.width),
        "timeline": charts.timeline(run, zone),
        "answered": [state for state in ANSWERED if any(interval[state] for interval in run.intervals)],
        "steps": zip(begins, run.intervals, sent, strict=True),
    }


def _groups(summary: Summary) -> Iterator[Group]:
    """The smaller domains are drawn as one; segments are not, in several of which somebody may be."""
    domains = summary.domains
    segments = sorted(summary.segments, key=lambda tally: (-tally.counts.total(), tally.name))
    if domains:
        bars = charts.bars((*domains[:_DRAWN], *_others(summary)))
        left_out = len(domains[_TABLED:]) + summary.smaller_domains
        yield Group("By domain", "domain", bars, domains[:_TABLED], left_out)
    if segments:
        bars = charts.bars(segments[:_DRAWN])
        yield Group("By segment", "segment", bars, tuple(segments[:_TABLED]), len(segments[_TABLED:]))


def _others(summary: Summary) -> Iterator[Tally]:
    """All the domains that are not drawn, as one."""
    if count := len(summary.domains[_DRAWN:]) + summary.smaller_domains:
        drawn = sum((tally.counts for tally in summary.domains[:_DRAWN]), Counter())
        yield Tally(f"{count:,} other{'' if count == 1 else 's'}", summary.counts - drawn)


def _facts(summary: Summary, run: Course | None, zone: tzinfo) -> Iterator[tuple[str, str]]:
    planned = summary.planned
    by = sentences.one_line(f"{planned.planned_by} on {planned.host}")
    yield "Planned", f"{sentences.on_day(planned.planned_at, zone)} by {by}"
    senders = dict.fromkeys(sentences.who(one) for one in summary.deeds if one.what in {"sending", "sent"})
    if senders:
        yield "Sent by", "; ".join(senders)
    if run:
        yield "First answer", f"{run.first.astimezone(zone):%d %B %Y %H:%M:%S}"
        yield "Last answer", f"{run.last.astimezone(zone):%d %B %Y %H:%M:%S}"
        yield "Took", sentences.span(run.took)
        if run.per_minute is not None:
            yield "Rate", f"{run.per_minute:,.0f} a minute on average, from the first answer to the last"
    yield "Date of the messages", sentences.on_day(planned.moment, zone)
    yield "Content", planned.content_hash
    yield "Audience", planned.audience_hash


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 50 ms

    loader = PackageLoader("composer.report", "pages")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.globals["WORDS"] = sentences.WORDS
    found.filters |= {
        "answer": sentences.answer,
        "line": sentences.one_line,
        "number": "{:,}".format,
        "share": sentences.share,
        "told": sentences.told,
        "who": sentences.who,
    }
    return found.get_template("report.html")
