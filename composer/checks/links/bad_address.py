"""An email address that cannot be one.

What is sent to `name@example`, `name@@example.org`, `name @ example.org` or `name@example,org` comes back, if anybody
tries. Looked for in every text; contacts and mail links are looked at where they are read. Handles such as @example,
prices such as 3 @ £5 and names such as Learning@Work are left alone.

Passes:

    updates:
      - {title: A short item, body: Write to robin.tate@example.org for a place.}

Fails:

    updates:
      - {title: A short item, body: "Write to robin.tate@example,org for a place."}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.addresses.mailaddress import broken
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look around every @."""
    for passage in sheet.written:
        for index, typed, why in broken(passage.text):
            message = f"{typed!r} is not an email address: {why}"
            yield Remark(passage.place(index), message, "write it as name@example.org")
