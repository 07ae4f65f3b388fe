"""The sentences of the report, the same on a terminal, in a pipe and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.ledger import State
from composer.report.summary import ORDER

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import datetime, timedelta, tzinfo

    from composer.ledger import Deed, Delivery
    from composer.report.summary import Summary

WORDS = {
    State.SENT: "sent",
    State.FAILED: "failed",
    State.DEFERRED: "deferred",
    State.IN_DOUBT: "in doubt",
    State.SUPPRESSED: "opted out",
    State.EXCLUDED: "off the lists",
    State.SENDING: "being sent",
    State.PLANNED: "still to send",
}
_TENTH = 0.1
_UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))
_LONG_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


def heading(summary: Summary, zone: tzinfo | None) -> str:
    """What was planned, when, by whom, under which hashes."""
    planned = summary.planned
    return one_line(
        f"Issue {planned.number}, planned {on_day(planned.planned_at, zone)} by {planned.planned_by} on "
        f"{planned.host}, content {planned.content_hash[:12]}, audience {planned.audience_hash[:12]}"
    )


def equation(summary: Summary) -> str:
    """Everybody who was ever planned, and where they are: "5 planned = 3 sent + 1 failed + 1 in doubt"."""
    sum_ = told(summary.counts) or "0"
    if summary.adds_up:
        return f"{summary.planned.planned:,} planned = {sum_}"
    return (
        f"THE SUM IS WRONG: {summary.planned.planned:,} planned, but {summary.counts.total():,} found ({sum_}). "
        "Send nothing more; restore the ledger from a backup"
    )


def advice(summary: Summary, zone: tzinfo | None) -> Iterator[str]:
    """What to do next, if anything."""
    if not summary.adds_up:
        return
    if summary.sender:
        since = f"{summary.sender.since.astimezone(zone):%H:%M}"
        yield f"It is being sent at this moment by {one_line(summary.sender.host)}, since {since}."
    elif summary.waiting:
        whom = "that one" if summary.waiting == 1 else "all of them"
        yield f"{summary.waiting:,} still to be sent: composer send {summary.number} reaches {whom}."
    if doubtful := summary.counts[State.IN_DOUBT]:
        yield (
            f"{doubtful:,} in doubt: may have arrived or not. Look into the mail server's log for the Message-ID; then "
            "--in-doubt resend sends the same message again, --in-doubt assume-sent takes it as arrived."
        )
    if summary.is_done:
        yield "Done: nobody is left."
    if failed := summary.counts[State.FAILED]:
        whom = "this address or take it" if failed == 1 else "these addresses or take them"
        yield f"{failed:,} failed for good: correct {whom} off the lists before the next issue."


def told(counts: Counter[State]) -> str:
    """How many stand where: "3 sent + 1 failed"."""
    return " + ".join(f"{counts[state]:,} {WORDS[state]}" for state in ORDER if counts[state])


def further_domains(summary: Summary, shown: int) -> Iterator[str]:
    """Where the domains are that are not shown, if there are more."""
    if more := len(summary.domains[shown:]) + summary.smaller_domains:
        yield f"… and {more:,} more domain{'' if more == 1 else 's'}: composer status {summary.number} --json"


def share(count: int, total: int) -> str:
    """A part of the whole in percent; only the whole is 100%, and only nobody is 0%."""
    if not 0 < count < total:
        return "100%" if count else "0%"
    percent = 100 * count / total
    return "<0.1%" if percent < _TENTH / 2 else ">99.9%" if percent >= 100 - _TENTH / 2 else f"{percent:.1f}%"


def answer(one: Delivery) -> str:
    """The server's last words with their code."""
    return one_line(f"{one.code} {one.words}" if one.code else one.words)


def deed(one: Deed, zone: tzinfo | None) -> str:
    """A line of the audit log: "13 Jun 16:02:00: robin on desk: approved: everybody"."""
    return one_line(f"{to_the_second(one.at, zone)}: {who(one)}: {one.what}{': ' if one.detail else ''}{one.detail}")


def who(one: Deed) -> str:
    """Somebody, and the machine they sat at."""
    return one_line(f"{one.person} on {one.host}")


def on_day(moment: datetime, zone: tzinfo | None) -> str:
    """A moment as people write it: "13 June 2025 16:02"."""
    return f"{moment.astimezone(zone):%d %B %Y %H:%M}"


def to_the_second(moment: datetime, zone: tzinfo | None) -> str:
    """A moment of the last weeks: "13 Jun 16:02:00"."""
    return f"{moment.astimezone(zone):%d %b %H:%M:%S}"


def span(time: timedelta) -> str:
    """A time in its two largest units: "2 min 29 s"."""
    left = round(time.total_seconds())
    parts = []
    for name, seconds in _UNITS:
        count, left = divmod(left, seconds)
        parts.append(f"{count} {name}" if count else "")
    first = next((place for place, part in enumerate(parts) if part), None)
    return "less than a second" if first is None else " ".join(filter(None, parts[first : first + 2]))


def interval(width: timedelta) -> str:
    """What comes after "every": "minute", "15 minutes"."""
    seconds = int(width.total_seconds())
    name, unit = next((name, unit) for name, unit in _LONG_UNITS if seconds % unit == 0)
    return name if seconds == unit else f"{seconds // unit} {name}s"


def one_line(text: str) -> str:
    """A stranger's words as they may be shown: one line, and nothing that steers a terminal or turns the writing."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
