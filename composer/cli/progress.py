"""The progress of a run on a terminal; silent where there is none."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from composer.ledger import State

_OFTEN_ENOUGH_S = 0.1
"""Drawn for every message the bar would cost more than the messages."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composer import delivery


@contextmanager
def progress_bar() -> Iterator[Callable[[delivery.Progress], None]]:
    """A bar that the yielded function moves: how many are done, how many failed or must wait, how long is left."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[trouble]}"))
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=None, trouble="")
        moved_at = 0.0

        def move(far: delivery.Progress) -> None:
            nonlocal moved_at
            now = time.monotonic()
            if far.done < far.total and now - moved_at < _OFTEN_ENOUGH_S:
                return
            moved_at = now
            bar.update(task, completed=far.done, total=far.total, trouble=_trouble(far))

        yield move


def _trouble(far: delivery.Progress) -> str:
    worrying = (State.FAILED, State.DEFERRED, State.IN_DOUBT)
    return ", ".join(f"{far.counts[state]} {state}" for state in worrying if far.counts[state])
