"""A link that leads to no page.

Asked of the web itself, so only with `--online`: the server says that the page does not exist (404) or is gone for good
(410), there is no such host, nobody answers though asked twice, or the certificate has run out. Nothing is said where a
server turns away programs and may well answer a reader (401, 403, 429, 5xx), or where this machine is what is cut off.
Reminders are asked for too: pages move while an item is carried forward.

Passes:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/guide)."}

Fails:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/no-longer-there)."}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.addresses.webaddress import cut
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from composer.checks.sheet import Sheet
    from composer.checks.visits import Visit

LEVEL = Level.WARNING
NEEDS_WEB = True

_GONE = {404: "does not exist (404)", 410: "was taken away for good (410)"}
_MANY = 3
"""So many links do not break in the same hour, if no other one works."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every link's visit."""
    visits = sheet.visits
    if _is_cut_off(visits.values()):
        message = f"none of the {len(visits)} links could be reached"
        yield Remark(sheet.place_in_email(), message, "is this machine connected to the web?")
        return
    for link in sheet.links:
        what = _said_of(visits[link.url]) if link.url in visits else ""
        if what:
            message = f"{cut(link.url)} {what}"
            yield Remark(link.place(), message, "open it yourself; then correct the address, or take the link out")


def _is_cut_off(visits: Collection[Visit]) -> bool:
    return len(visits) >= _MANY and not any(visit.status for visit in visits)


def _said_of(visit: Visit) -> str:
    if visit.fault:
        return visit.fault
    gone = _GONE.get(visit.status or 0, "")
    return f"is redirected to {cut(visit.final_url)}, which {gone}" if gone and visit.final_url else gone
