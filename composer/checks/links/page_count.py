"""A document that has another number of pages than the issue says.

Asked of the web itself, so only with `--online`. `pages: 28` is often copied from last week's item, or the document was
replaced. A document that is too large (20 MB), locked or damaged cannot be counted, and nothing is said of it.

Passes:

    updates:
      - {title: A report, body: A text., links: [{text: Full report, url: https://www.example.org/a.pdf, pages: 28}]}

Fails:

    updates:
      - {title: A report, body: A text., links: [{text: Full report, url: https://www.example.org/a.pdf, pages: 82}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.addresses.webaddress import written_links
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING
NEEDS_WEB = True


def check(sheet: Sheet) -> Iterator[Remark]:
    """Compare what the issue says with what was counted."""
    visits = sheet.visits
    for link in written_links(sheet):
        visit = visits.get(link.url)
        if link.pages and visit and visit.pages and visit.pages != link.pages:
            has = f"{visit.pages} page" if visit.pages == 1 else f"{visit.pages} pages"
            yield Remark(link.place(), f"the document has {has}, not {link.pages}", f"write pages: {visit.pages}")
