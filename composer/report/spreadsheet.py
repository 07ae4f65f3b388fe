"""The named addresses as a spreadsheet reads them: CSV (RFC 4180) in which nothing is taken for a formula."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from composer.report.sentences import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo
    from typing import TextIO

    from composer.ledger import Delivery

ENCODING = "utf-8-sig"
"""With the mark by which Excel knows UTF-8."""

_FORMULA = re.compile("[\"'\\s]*[=+\\-@\t\r\n\0＝＋－＠]")  # noqa: RUF001 - full-width signs begin a formula too  # fmt: skip


def write(file: TextIO, deliveries: Iterable[Delivery], zone: tzinfo) -> int:
    """Write a table of deliveries, times in `zone`; how many there were."""
    table = csv.writer(file)
    table.writerow(["address", "state", "code", "the server's words", "attempts", f"when ({zone})", "Message-ID"])
    count = 0
    for count, one in enumerate(deliveries, 1):  # noqa: B007 - the last one is the answer
        when = f"{one.updated_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        words = (one.address, one.state.value, str(one.code or ""), one.words, str(one.attempts), when, one.message_id)
        table.writerow([harmless(one_line(cell)) for cell in words])
    return count


def harmless(cell: str) -> str:
    """The cell with a ' in front where a spreadsheet might take it for a formula, also after quotes and spaces.

    As OWASP advises against CSV injection (CWE-1236); a server's words come from strangers.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
