"""A picture that is not described.

Many inboxes show no pictures until they are asked to, and some readers never see them: what stands in `alt` is all
they get. So every picture has an `alt`, empty only where it adds nothing and is no link; a file name, or "image of",
describes nothing.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    updates:
      - {title: A survey, image: {file: chart.png, alt: chart.png}, body: It is open to everybody.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.reading.html.page import Page
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)\s*$|^(?:img|dsc|image|screenshot|picture)[-_ ]?\d", re.IGNORECASE)
_KIND = "image|picture|photo(?:graph)?|graphic|logo|icon|banner|alt(?: text)?"
_EMPTY = re.compile(rf"(?:an? )?(?:{_KIND})\W*$", re.IGNORECASE)
_NEEDLESS = re.compile(r"(?:an? )?(?:image|picture) (?:of|showing)\b", re.IGNORECASE)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the words of the editor, then at the pictures that templates bring."""
    editors = [passage for passage in sheet.written if passage.key == "alt"]
    for passage in editors:
        found = _FILE.search(passage.text) or _EMPTY.match(passage.text)
        if found:
            message = f"{passage.text!r} does not say what the picture shows"
            yield Remark(passage.place(), message, "describe it as you would on the telephone")
        elif needless := _NEEDLESS.match(passage.text):
            message = f"{needless[0]!r} is what a screen reader says of every picture"
            yield Remark(passage.place(), message, "leave these words out")
    if sheet.page:
        yield from _of_page(sheet.page)


def _of_page(shown: Page) -> Iterator[Remark]:
    for picture in shown.of("img"):
        link = next(picture.iterancestors("a"), None)
        name = (picture.get("src") or "").rpartition("/")[2] or "a picture"
        if picture.get("alt") is None:
            yield Remark(LAYOUT, f"{name} has no alt", 'write alt="…", or alt="" where it is only decoration')
        elif link is not None and not picture.get("alt", "").strip() and not link.text_content().strip():
            yield Remark(LAYOUT, f"{name} is a link, and its alt is empty", "say where the link leads")
