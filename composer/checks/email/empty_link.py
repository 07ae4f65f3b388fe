"""A link with nothing to press, or that leads nowhere.

A screen reader speaks "link" and nothing else, and a finger finds nothing. The words may be those of a picture's
`alt` or an `aria-label`.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.mjml
    <mj-section><mj-column><mj-text>
    <a href="https://www.example.org/"></a> and <a>nowhere</a>
    </mj-text></mj-column></mj-section>
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
    """Look at both ends of each link."""
    shown = sheet.page
    for link in shown.of("a") if shown else ():
        words = shown.words_of(link) if shown else ""
        pictures = " ".join(picture.get("alt") or "" for picture in link.iter("img"))
        target = (link.get("href") or "").strip()
        if target and not (words or pictures.strip() or link.get("aria-label")):
            yield Remark(LAYOUT, f"the link to {target[:60]} has no words", "say between its tags where it leads")
        elif not target and not (link.get("id") or link.get("name")):
            yield Remark(LAYOUT, f"the link {words[:40]!r} leads nowhere", "give it an href, or make it plain words")
