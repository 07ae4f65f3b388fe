"""The ledger of an issue summed up: what became of every single address.

    summary = summarise(ledger, 653)
    summary.show(zone, folder)          # a person at a terminal, or a pipe
    stdout.writelines(summary.json())   # a machine
    summary.write(folder, zone)         # a page for a browser, and the addresses for a spreadsheet

The sums are the database's; the addresses, and a machine's domains, are read as they are told, so that a million of
them need no memory. While an issue is being sent they may be a moment younger than the sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import ComposerError
from composer.report.summary import NAMED, ORDER, Summary, Tally, UnwrittenError, summarise

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from composer.ledger import Ledger

__all__ = ["NAMED", "ORDER", "Summary", "Tally", "UnwrittenError", "summarise", "write"]


def write(ledger: Ledger, number: int, folder: Path, zone: tzinfo) -> Path:
    """Write the page of an issue and its files into `folder`; the path of the page. Times are told in `zone`."""
    summary = summarise(ledger, number)
    if summary is None:
        raise ComposerError(f"nothing of issue {number} has been planned or sent yet, so there is nothing to report")
    return summary.write(folder, zone)
