"""Lines that stand too close or too far apart.

Text of several lines is read best when a line has 1.4 to 1.5 times the height of its letters; from 1.3 to 1.8 nothing
is said. Headings and short lines are left alone.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/content.css
    p { line-height: 1 }
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

CLOSEST, WIDEST = 1.3, 1.8


def check(sheet: Sheet) -> Iterator[Remark]:
    """Measure the blocks of several lines; each height is named once."""
    shown = sheet.page
    if shown is None:
        return
    told: set[float] = set()
    for words, block in shown.running:
        height = shown.light[block].line_height
        if not CLOSEST <= height <= WIDEST and height not in told:
            told.add(height)
            message = f"the lines of {words[:40]!r} are {height:.3g} times as high as their letters"
            yield Remark(place_of(words, sheet), message, "write line-height: 1.5")
