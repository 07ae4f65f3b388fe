"""A link that says where its reader came from.

`utm_source`, `fbclid`, `mc_eid` and their like were added by whoever counts clicks, often for another newsletter and
sometimes with the key of the one person who got it. The page is the same without them; the hint gives that address.
What a newsletter adds to links into its own site (the host of `archive_url`) to count its own readers is left alone.

Passes:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.net/guide?page=2)."}

Fails:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.net/guide?page=2&utm_source=letter)."}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.addresses.clicktags import without_clicktags
from composer.checks.reading.addresses.rewritten import hidden
from composer.checks.reading.addresses.webaddress import host, written_links
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every question mark."""
    own = host(sheet.newsletter.archive_url or "")
    for link in written_links(sheet):
        better, names = without_clicktags(link.url)
        if names and host(link.url) != own and hidden(link.url) is None:
            message = f"this link carries {', '.join(names)}, which tells whoever counts clicks about its reader"
            yield Remark(link.place(), message, f"write {better}")
