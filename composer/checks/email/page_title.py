"""A page title that says nothing.

Screen readers speak the `<title>` first, and browsers show it where the web version is open. It names the issue: its
number or its title stand in it.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/layout.mjml
    <mjml lang="en" dir="ltr"><mj-head><mj-title>Newsletter</mj-title></mj-head><mj-body width="600px">
    <mj-section><mj-column><mj-text>Good morning.</mj-text></mj-column></mj-section>
    </mj-body></mjml>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for the issue in it."""
    if sheet.page is None:
        return
    title = " ".join(" ".join(each.text or "" for each in sheet.page.of("title")).split())
    if str(sheet.issue.number) not in title and sheet.edition.title.casefold() not in title.casefold():
        message = f"the page title {title!r} does not name the issue" if title else "the page has no title"
        yield Remark(LAYOUT, message, "write <mj-title>{{ edition.title|attribute }}</mj-title>")
