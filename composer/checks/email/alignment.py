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

from composer.checks.blame import place_of
from composer.checks.page import page
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_SEVERAL_LINES = 120
"""In letters: more than fits a line of 600 pixels."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NAMES = {"center": "centred", "justify": "justified", "right": "set to the right"}


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at blocks of several lines; each alignment is named once."""
    if sheet.shown is None:
        return
    shown = page(sheet.shown.html)
    told: set[str] = set()
    for words, block in shown.blocks:
        align = shown.light[block].align
        is_running = len(words) >= _SEVERAL_LINES and block.tag not in _HEADINGS
        if is_running and align in {"center", "justify", "right"} and align not in told:
            told.add(align)
            yield Remark(place_of(words, sheet), f"{words[:40]!r} is {_NAMES[align]}", "write text-align: left")
