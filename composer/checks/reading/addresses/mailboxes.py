"""The email addresses that readers are given: in texts, behind links, and of contacts."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from composer.checks.passages import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composer.checks.sheet import Sheet
    from composer.errors import Place

_ADDRESS = re.compile(r"[\w.+'-]+@(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE | re.ASCII)


def printed_domains(sheet: Sheet) -> Iterator[tuple[str, Callable[[], Place]]]:
    """The domain (casefolded) of each address that is new or stands in every issue, and what tells its place."""
    for at, contact in enumerate(sheet.standing.contacts):
        for found in _ADDRESS.finditer(contact.email or ""):
            yield found["domain"].casefold(), partial(sheet.standing.contacts_at.at, at, "email")
    for passage in sheet.written:
        for found in _ADDRESS.finditer(passage.text) if "@" in passage.text else ():
            yield found["domain"].casefold(), partial(passage.place, found.start())
    for link in sheet.links:
        if link.url.startswith("mailto:") and link.source is not Source.REMINDER:
            for found in _ADDRESS.finditer(link.url):
                yield found["domain"].casefold(), link.place
