"""The summary for a person: tables in a terminal, plain lines where the output goes to a file or a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.ledger import State
from composer.report import NAMED, ORDER

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from rich.console import Console, RenderableType
    from rich.table import Table

    from composer.ledger import Delivery
    from composer.report import Summary, Tally

_MOST_DOMAINS = 12
_WORDS = {
    State.SENT: "sent",
    State.FAILED: "failed",
    State.DEFERRED: "deferred",
    State.IN_DOUBT: "in doubt",
    State.SUPPRESSED: "opted out",
    State.EXCLUDED: "off the lists",
    State.SENDING: "being sent",
    State.PLANNED: "still to send",
}
_STYLES = {State.SENT: "green", State.FAILED: "red", State.IN_DOUBT: "bold red", State.DEFERRED: "yellow"}


def show(summary: Summary, console: Console, zone: tzinfo | None) -> None:
    """Print the summary, times in `zone`, or as this machine's clock shows them."""
    if not console.is_terminal:
        for line in lines(summary, zone):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        return
    for part in _parts(summary, zone):
        console.print(part, highlight=False)


def lines(summary: Summary, zone: tzinfo | None) -> Iterator[str]:
    """The summary line by line: the sum, what to do next, and everybody who has to be named."""
    yield heading(summary, zone)
    yield equation(summary)
    yield from advice(summary, zone)
    for title, tallies in (("domain", _largest(summary.domains)), ("segment", summary.segments)):
        for tally in tallies:
            yield f"{title} {tally.name}: {_told(tally.counts)}"
    for one in summary.named:
        yield f"{_WORDS[one.state]}: {one.address}: {answer(one)} ({_when(one, zone)})"


def heading(summary: Summary, zone: tzinfo | None) -> str:
    """What was planned, when, by whom, under which hashes."""
    planned = summary.planned
    at = planned.planned_at.astimezone(zone)
    return (
        f"Issue {planned.number}, planned {at:%d %B %Y %H:%M} by {planned.planned_by} on {planned.host}, "
        f"content {planned.content_hash[:12]}, audience {planned.audience_hash[:12]}"
    )


def equation(summary: Summary) -> str:
    """Everybody who was ever planned, and where they are: "5 planned = 3 sent + 1 failed + 1 in doubt"."""
    told = _told(summary.counts) or "0"
    if summary.adds_up:
        return f"{summary.planned.planned} planned = {told}"
    return (
        f"THE SUM IS WRONG: {summary.planned.planned} planned, but {summary.counts.total()} found ({told}). "
        "Send nothing more; restore the ledger from a backup"
    )


def advice(summary: Summary, zone: tzinfo | None) -> Iterator[str]:
    """What to do next, if anything."""
    if not summary.adds_up:
        return
    if summary.sender:
        since = f"{summary.sender.since.astimezone(zone):%H:%M}"
        yield f"It is being sent at this moment by {summary.sender.host}, since {since}."
    elif summary.waiting:
        whom = "that one" if summary.waiting == 1 else "all of them"
        yield f"{summary.waiting} still to be sent: composer send {summary.planned.number} reaches {whom}."
    if doubtful := summary.counts[State.IN_DOUBT]:
        yield (
            f"{doubtful} in doubt: may have arrived or not. Look into the mail server's log for the Message-ID; then "
            "--in-doubt resend sends the same message again, --in-doubt assume-sent takes it as arrived."
        )
    if summary.is_done:
        yield "Done: nobody is left."


def answer(one: Delivery) -> str:
    """The server's last words with their code."""
    return f"{one.code} {one.words}" if one.code else one.words


def _told(counts: Counter[State]) -> str:
    return " + ".join(f"{counts[state]} {_WORDS[state]}" for state in ORDER if counts[state])


def _largest(domains: Sequence[Tally]) -> Sequence[Tally]:
    return domains[:_MOST_DOMAINS]


def _when(one: Delivery, zone: tzinfo | None) -> str:
    return f"{one.updated_at.astimezone(zone):%d %b %H:%M:%S}"


def _parts(summary: Summary, zone: tzinfo | None) -> Iterator[RenderableType]:
    from rich.text import Text  # noqa: PLC0415 - 50 ms that a pipe does without

    yield Text(heading(summary, zone), style="dim")
    yield Text(equation(summary), style="bold" if summary.adds_up else "bold white on red")
    for line in advice(summary, zone):
        yield Text(line)
    yield _tally_table("domain", _largest(summary.domains))
    if len(summary.segments) > 1:
        yield _tally_table("segment", summary.segments)
    for state in NAMED:
        if named := [one for one in summary.named if one.state is state]:
            yield _named_table(state, named, zone)


def _tally_table(title: str, tallies: Sequence[Tally]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    states = [state for state in ORDER if any(tally.counts[state] for tally in tallies)]
    table = Table(title_justify="left")
    table.add_column(title)
    for state in states:
        table.add_column(_WORDS[state], justify="right", style=_STYLES.get(state))
    for tally in tallies:
        table.add_row(Text(tally.name), *(str(tally.counts[state] or "") for state in states))
    return table


def _named_table(state: State, named: Sequence[Delivery], zone: tzinfo | None) -> Table:
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(title=f"{len(named)} {_WORDS[state]}", title_justify="left", title_style=_STYLES[state])
    table.add_column("address", overflow="fold")
    table.add_column("the server's words", overflow="fold")
    table.add_column("when", no_wrap=True)
    for one in named:
        table.add_row(Text(one.address), Text(answer(one)), _when(one, zone))
    return table
