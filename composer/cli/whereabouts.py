"""Where the ledgers and the reports of a newsletter are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from composer.home import Home

_SANDBOX_LEDGER = "sandbox.db"


def ledger_path(home: Home, number: int, *, sandbox: bool) -> Path:
    """The newsletter's ledger, or that of an issue's last sandbox run, which the next one replaces."""
    return home.out / str(number) / _SANDBOX_LEDGER if sandbox else home.state / "ledger.db"


def report_folder(home: Home, number: int, *, sandbox: bool) -> Path:
    """Where the report of an issue is written; a sandbox run has its own beside it."""
    folder = home.out / str(number)
    return folder / "sandbox" if sandbox else folder
