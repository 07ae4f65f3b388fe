"""A link that hides where it leads.

Readers cannot see where a short link goes, spam filters mistrust it, and it dies with its service. A link copied from
an inbox is worse: Outlook, Proofpoint and their like had put their own address in front, with a key of the person who
got it. Another newsletter's counting links tell that newsletter of our readers. The address inside is shown where it
can be read. Short addresses of one organisation that lead only to itself (youtu.be, forms.gle, aka.ms) are left alone.

Passes:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/guide)."}

Fails:

    updates:
      - {title: A short item, body: "Read [the guide](https://bit.ly/3xYzAbC)."}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.addresses.rewritten import hidden
from composer.checks.reading.addresses.webaddress import cut, host, written_links
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every host."""
    for link in written_links(sheet):
        found = hidden(link.url)
        if found is None:
            continue
        subject = "this link" if found.why.startswith(("was", "counts")) else host(link.url)
        hint = f"write {found.real}" if found.real else "open it and copy the address of the page that it leads to"
        yield Remark(link.place(), f"{subject} {found.why}: {cut(link.url)}", hint)
