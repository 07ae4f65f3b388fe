"""The summary for a person: tables in a terminal, plain lines where the output goes to a file or a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.ledger import State
from composer.report import sentences
from composer.report.summary import NAMED, ORDER, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from rich.console import Console, RenderableType
    from rich.table import Table

    from composer.report.summary import Summary, Tally

SHOWN = 200
"""So many of each state are in a terminal; a pipe gets all of them."""

_MOST_DOMAINS = 12
_STYLES = {State.SENT: "green", State.FAILED: "red", State.IN_DOUBT: "bold red", State.DEFERRED: "yellow"}


def show(summary: Summary, console: Console, zone: tzinfo | None, folder: Path | None = None) -> None:
    """Print the summary, times in `zone`, or as this machine's clock shows them; `folder` holds all addresses."""
    if not console.is_terminal:
        console.file.writelines(f"{line}\n" for line in lines(summary, zone))
        return
    for part in _parts(summary, zone, folder):
        console.print(part, highlight=False)


def lines(summary: Summary, zone: tzinfo | None) -> Iterator[str]:
    """The summary line by line: the sum, what to do next, everybody who has to be named, and who did what."""
    yield sentences.heading(summary, zone)
    yield sentences.equation(summary)
    yield from sentences.advice(summary, zone)
    for tally in summary.domains[:_MOST_DOMAINS]:
        yield f"domain {sentences.one_line(tally.name)}: {sentences.told(tally.counts)}"
    yield from sentences.further_domains(summary, _MOST_DOMAINS)
    for tally in summary.segments:
        yield f"segment {sentences.one_line(tally.name)}: {sentences.told(tally.counts)}"
    for state in NAMED:
        for one in summary.named(state):
            when = sentences.to_the_second(one.updated_at, zone)
            yield f"{sentences.WORDS[state]}: {sentences.one_line(one.address)}: {sentences.answer(one)} ({when})"
    for deed in summary.deeds:
        yield f"log: {sentences.deed(deed, zone)}"


def _parts(summary: Summary, zone: tzinfo | None, folder: Path | None) -> Iterator[RenderableType]:
    from rich.text import Text  # noqa: PLC0415 - 50 ms that a pipe does without

    yield Text(sentences.heading(summary, zone), style="dim")
    yield Text(sentences.equation(summary), style="bold" if summary.adds_up else "bold white on red")
    for line in sentences.advice(summary, zone):
        yield Text(line)
    yield _tally_table("domain", summary.domains[:_MOST_DOMAINS])
    for line in sentences.further_domains(summary, _MOST_DOMAINS):
        yield Text(line)
    if len(summary.segments) > 1:
        yield _tally_table("segment", summary.segments)
    for state in NAMED:
        yield from _named(summary, state, zone, folder)
    if summary.deeds:
        yield _deeds_table(summary, zone)


def _tally_table(title: str, tallies: Sequence[Tally]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    states = [state for state in ORDER if any(tally.counts[state] for tally in tallies)]
    table = Table(title_justify="left")
    table.add_column(title)
    for state in states:
        table.add_column(sentences.WORDS[state], justify="right", style=_STYLES.get(state))
    for tally in tallies:
        counts = (f"{tally.counts[state]:,}" if tally.counts[state] else "" for state in states)
        table.add_row(Text(sentences.one_line(tally.name)), *counts)
    return table


def _named(summary: Summary, state: State, zone: tzinfo | None, folder: Path | None) -> Iterator[RenderableType]:
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    shown, total = summary.first(state, SHOWN), summary.counts[state]
    if not shown:
        return
    title = f"{total:,} {sentences.WORDS[state]}"
    table = Table(title=title, title_justify="left", title_style=_STYLES[state])
    table.add_column("address", overflow="fold")
    table.add_column("the server's words", overflow="fold")
    table.add_column("when", no_wrap=True)
    for one in shown:
        when = sentences.to_the_second(one.updated_at, zone)
        table.add_row(Text(sentences.one_line(one.address)), Text(sentences.answer(one)), when)
    yield table
    if total > len(shown):
        where = str(folder / table_of(state)) if folder else f"composer status {summary.number}"
        yield Text(f"… and {total - len(shown):,} more: {where}")


def _deeds_table(summary: Summary, zone: tzinfo | None) -> Table:
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(title="who did what", title_justify="left", title_style="dim")
    table.add_column("when", no_wrap=True)
    table.add_column("who", overflow="fold")
    table.add_column("what", overflow="fold")
    for one in summary.deeds:
        what = sentences.one_line(f"{one.what} {one.detail}")
        table.add_row(sentences.to_the_second(one.at, zone), Text(sentences.who(one)), Text(what))
    return table
