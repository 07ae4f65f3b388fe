"""The progress of a run on a terminal; silent where there is none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from composer.ledger import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composer.delivery import Progress as Standing


@contextmanager
def progress_bar() -> Iterator[Callable[[Standing], None]]:
    """A bar that the yielded function moves: how many are done, how many failed or must wait, how long is left."""
    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[trouble]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, trouble="")

        def move(standing: Standing) -> None:
            bar.update(task, completed=standing.done, total=standing.total, trouble=_trouble(standing))

        yield move


def _trouble(standing: Standing) -> str:
    worrying = (State.FAILED, State.DEFERRED, State.IN_DOUBT)
    return ", ".join(f"{standing.counts[state]} {state}" for state in worrying if standing.counts[state])
