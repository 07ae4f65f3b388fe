"""A link whose page has moved for good.

Asked of the web itself, so only with `--online`. The server sends its reader on to another address and says that this
holds for good (301, 308); sooner or later it will stop. The hint gives the new address. Redirections that only add
https://, www. or a slash, that lead to a page to sign in, or from a front page further in are left alone, and so are
those that hold for the moment.

Passes:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/guide)."}

Fails:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/has-moved)."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from composer.checks.reading.addresses.clicktags import without_clicktags
from composer.checks.reading.addresses.webaddress import cut, written_links
from composer.checks.reading.words.wording import page
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.checks.visits import Visit

LEVEL = Level.WARNING
NEEDS_WEB = True

_DOOR = re.compile(
    r"log-?[io]n|sign-?in|/auth\b|oauth|/sso\b|consent|captcha|cookie|[?&](?:return|redirect|session)", re.IGNORECASE
)
_REFUSED = 400


def check(sheet: Sheet) -> Iterator[Remark]:
    """Compare where a link leads with where it ends."""
    visits = sheet.visits
    for link in written_links(sheet):
        visit = visits.get(link.url)
        if visit and has_moved(visit):
            better, _ = without_clicktags(visit.final_url)
            if _is_front(better):
                message = f"{cut(link.url)} leads only to a front page now: {cut(better)}"
                yield Remark(link.place(), message, "look for the page there, and link to it")
            else:
                yield Remark(link.place(), f"the page at {cut(link.url)} has moved for good", f"write {better}")


def has_moved(visit: Visit) -> bool:
    """Whether the page is now another one than was asked for, and is meant to stay there."""
    if not visit.is_permanent or not visit.final_url or not 0 < (visit.status or 0) < _REFUSED:
        return False
    is_same = page(visit.url).casefold() == page(visit.final_url).casefold()
    return not is_same and not _is_front(visit.url) and not _DOOR.search(visit.final_url)


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query
