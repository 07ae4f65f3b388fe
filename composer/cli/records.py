"""What the ledgers of a newsletter say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from composer.cli.clock import utc_now
from composer.cli.saying import say
from composer.cli.whereabouts import ledger_path, report_folder
from composer.errors import ComposerError, Exit
from composer.ledger import Ledger, sqlite
from composer.report import UnwrittenError, summarise

if TYPE_CHECKING:
    import argparse
    from datetime import tzinfo
    from pathlib import Path

    from composer.cli.desk import Desk
    from composer.home import Home
    from composer.ledger import Record
    from composer.report import Summary


def read_record(path: Path, number: int, home: Home) -> Record | None:
    """What a ledger says about an issue; makes no ledger where there is none."""
    if not path.exists():
        return None
    with Ledger(sqlite(path, home=home.root), utc_now) as ledger:
        return ledger.read(number)


def show_status(desk: Desk, options: argparse.Namespace) -> Exit:
    """Print what became of every address of an issue, and write the same as a page; with --json only print."""
    number = desk.number(options.number)
    path = ledger_path(desk.home, number, sandbox=options.sandbox)
    if not path.exists():
        raise _never_planned(number)
    with Ledger(sqlite(path, home=desk.home.root), utc_now) as ledger:
        summary = summarise(ledger, number)
        if summary is None:
            raise _never_planned(number)
        if options.json:
            sys.stdout.writelines(summary.json())
            code = Exit.DONE
        else:
            folder = report_folder(desk.home, number, sandbox=options.sandbox)
            code = tell(summary, folder, ZoneInfo(desk.settings.timezone))
    return code if summary.adds_up else Exit.REFUSED


def tell(summary: Summary, folder: Path, zone: tzinfo) -> Exit:
    """Print what became of an issue, write the same as a page, and say where that is.

    A page that cannot be written is a complaint and no error: what became of a mailing does not hang on it.
    """
    summary.show(zone, folder)
    try:
        page = summary.write(folder, zone)
    except UnwrittenError as error:
        say(f"composer: {error}")
        return Exit.REFUSED
    sys.stdout.write(f"The page: {page}\n")
    return Exit.DONE


def _never_planned(number: int) -> ComposerError:
    return ComposerError(f"nothing of issue {number} has been planned or sent yet")
