"""A link that is not encrypted.

Browsers warn of an address with http:// before they show it, and anybody on the way can read and change what comes.
Nearly every site answers to https:// today; try it. Addresses that lead nowhere at all are left to malformed-link.

Passes:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/guide)."}

Fails:

    updates:
      - {title: A short item, body: "Read [the guide](http://www.example.org/guide)."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.addresses.webaddress import cut, host, host_fault, written_links
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_OPEN = re.compile(r"http://(?!/*https?\b)", re.IGNORECASE)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every scheme."""
    for link in written_links(sheet):
        if _OPEN.match(link.url) and not host_fault(host(link.url)):
            better = f"https://{link.url[7:]}"
            yield Remark(link.place(), f"{cut(link.url)} is not encrypted", f"write {better} after trying it")
