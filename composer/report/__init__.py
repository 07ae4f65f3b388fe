"""The ledger of an issue summed up: what became of every single address.

    summary = summarise(ledger, 653)
    summary.show(zone, folder)          # a person at a terminal, or a pipe
    stdout.writelines(summary.json())   # a machine
    summary.write(folder, zone)         # a page for a browser, and the addresses for a spreadsheet

The sums are the database's; the addresses, and a machine's domains, are read as they are told, so that a million of
them need no memory. While an issue is being sent they may be a moment younger than the sums.
"""

from __future__ import annotations

from composer.report.summary import NAMED, ORDER, Summary, Tally, UnwrittenError, summarise

__all__ = ["NAMED", "ORDER", "Summary", "Tally", "UnwrittenError", "summarise"]
