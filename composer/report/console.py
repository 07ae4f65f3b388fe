"""`Page`: a console of rich's whose reader may leave in the middle."""

from __future__ import annotations

from rich.console import Console


class Page(Console):
    """Lets `BrokenPipeError` through, as `print` does; rich would end the process with an exit code of its own."""

    def on_broken_pipe(self) -> None:
        """Say that nobody reads any more to whoever prints."""
        raise  # noqa: PLE0704 - rich calls this while it handles the error
