"""Running text that is centred or justified.

Eyes find the next line at the left edge. Text of several lines that is centred has no such edge, and justified text
has holes, which is hard for people with dyslexia. Short lines and headings may stand where they like.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/content.css
    p { text-align: justify }
    # issue.yaml
    updates:
      - title: A survey
        body: |
          It is open to everybody who works with children in the region, takes about ten minutes, and asks what you
          would change first if you could change one thing about the way in which we all work together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import place_of
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_NAMES = {"center": "centred", "justify": "justified", "right": "set to the right"}


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at blocks of several lines; each alignment is named once."""
    shown = sheet.page
    if shown is None:
        return
    told: set[str] = set()
    for words, block in shown.running:
        align = shown.light[block].align
        if align in _NAMES and align not in told:
            told.add(align)
            yield Remark(place_of(words, sheet), f"{words[:40]!r} is {_NAMES[align]}", "write text-align: left")
