"""Where the ledgers of a newsletter are, and what they say."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from composer.errors import ComposerError, Exit
from composer.ledger import Ledger, sqlite
from composer.report import summarise

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from composer.cli.desk import Desk
    from composer.home import Home
    from composer.ledger import Record

_SANDBOX_LEDGER = "sandbox.db"


def ledger_path(home: Home, number: int, *, sandbox: bool) -> Path:
    """The newsletter's ledger, or that of an issue's last sandbox run, which the next one replaces."""
    return home.out / str(number) / _SANDBOX_LEDGER if sandbox else home.state / "ledger.db"


def read_record(path: Path, number: int, home: Home) -> Record | None:
    """What a ledger says about an issue; makes no ledger where there is none."""
    if not path.exists():
        return None
    with Ledger(sqlite(path, home=home.root), utc_now) as ledger:
        return ledger.read(number)


def utc_now() -> datetime:
    """The moment, for the ledger."""
    return datetime.now(UTC)  # noqa: TID251 - the clock is read in cli and handed down


def show_status(desk: Desk, options: argparse.Namespace) -> Exit:
    """Print what became of every address of an issue."""
    number = desk.number(options.number)
    record = read_record(ledger_path(desk.home, number, sandbox=options.sandbox), number, desk.home)
    if record is None:
        raise ComposerError(f"nothing of issue {number} has been planned or sent yet")
    summary = summarise(record)
    if options.json:
        sys.stdout.write(f"{summary.json()}\n")
    else:
        summary.show(ZoneInfo(desk.settings.timezone))
    return Exit.DONE
