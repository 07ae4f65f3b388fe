"""A table that screen readers would read out cell by cell.

A table that only arranges things has `role="presentation"`, or a screen reader announces its rows and columns. One
that holds data has header cells, each with its `scope`.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.mjml
    <mj-section><mj-column><mj-text><table><tr><td>Left</td><td>Right</td></tr></table></mj-text></mj-column></mj-section>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every table; the first of each kind is named."""
    tables = sheet.page.of("table") if sheet.page else ()
    plain = [table for table in tables if table.get("role") not in {"presentation", "none"}]
    unmarked = [table for table in plain if not _own(table, "th")]
    headers = [header for table in plain for header in _own(table, "th") if not header.get("scope")]
    if unmarked:
        words = " ".join(" ".join(unmarked[0].itertext()).split())[:40]
        hint = 'write role="presentation", or give it header cells'
        yield Remark(LAYOUT, f"a table has neither header cells nor role=presentation: {words!r}", hint)
    if headers:
        message = f"the header cell {headers[0].text_content().strip()!r} does not say what it heads"
        yield Remark(LAYOUT, message, 'write scope="col" or scope="row"')


def _own(table: HtmlElement, tag: str) -> list[HtmlElement]:
    """The cells of a table, without those of tables inside it."""
    return [cell for cell in table.iter(tag) if next(cell.iterancestors("table")) is table]
