"""A button that is too small for a finger.

A fingertip needs 44 pixels (WCAG 2.2, 2.5.5). A button is a link on a ground of its own; its height is that of its
cell, or its lines with the padding above and below. Classic Outlook ignores padding at the sides of a link, so that
belongs to the cell, which may say it to Outlook alone (`mso-padding-alt`).

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.mjml
    <mj-section><mj-column><mj-raw><tr><td bgcolor="#004455" height="20">
    <a href="https://www.example.org/" style="display:inline-block;color:#ffffff">Register</a>
    </td></tr></mj-raw></mj-column></mj-section>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import place_of
from composer.checks.reading.html.stylesheet import inline
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from composer.checks.reading.html.style import Style
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

FINGER_PX = 44
_SIDES = ("top", "right", "bottom", "left")
_PIXELS = re.compile(r"(\d*\.?\d+)(?:px)?$")


def check(sheet: Sheet) -> Iterator[Remark]:
    """Measure the links that are blocks in a coloured cell, or coloured themselves."""
    shown = sheet.page
    if shown is None:
        return
    for link in shown.of("a"):
        cell = link.getparent()
        style = shown.light[link]
        if cell is None or not link.get("href") or not style.is_block or not _is_coloured(link, cell):
            continue
        height, words = _height(link, cell, style), shown.words_of(link)
        if height < FINGER_PX:
            message = f"the button {words!r} is {height:.0f} pixels high; a fingertip needs {FINGER_PX}"
            yield Remark(place_of(words, sheet), message, 'write height="44" on its cell')
        if _sides(link) and not _sides(cell) and "mso-padding-alt" not in (cell.get("style") or ""):
            message = f"the button {words!r} has its padding on the link, where Outlook ignores it"
            yield Remark(place_of(words, sheet), message, "write padding: 0 20px on its cell")


def _is_coloured(*elements: HtmlElement) -> bool:
    return any(each.get("bgcolor") or "background" in (each.get("style") or "") for each in elements)


def _height(link: HtmlElement, cell: HtmlElement, style: Style) -> float:
    paddings = [_pixels(each) for element in (link, cell) for each in _paddings(element)[::2]]
    return max(sum(paddings) + style.size_px * style.line_height, _pixels(cell.get("height")))


def _sides(element: HtmlElement) -> list[str]:
    paddings = _paddings(element)
    return [side for side in (paddings[1], paddings[3]) if _pixels(side)]


def _paddings(element: HtmlElement) -> list[str]:
    """Top, right, bottom and left, as the style attribute says them."""
    declared = {name: value for name, value, _ in inline(element.get("style") or "")}
    four = (declared.get("padding") or "0").split()
    four = (four * 4)[:4] if len(four) != 3 else [*four, four[1]]  # noqa: PLR2004 - CSS 2.2 §8.4: top, sides, bottom
    return [declared.get(f"padding-{side}", value) for side, value in zip(_SIDES, four, strict=True)]


def _pixels(written: str | None) -> float:
    found = _PIXELS.match(written or "")
    return float(found[1]) if found else 0
