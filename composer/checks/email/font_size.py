"""Words that are too small to read.

Running text has 16 pixels, as every phone shows its own text, and nothing has less than 14. Smaller words are
enlarged by some inboxes, which breaks lines, and are not read in the others.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/content.css
    .note, .meta { font-size: 11px }
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT, place_of
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

BODY_PX, SMALLEST_PX = 16, 14


def check(sheet: Sheet) -> Iterator[Remark]:
    """Measure all words that are shown."""
    shown = sheet.page
    if shown is None:
        return
    sizes: Counter[float] = Counter()
    small: dict[float, str] = {}
    for run in shown.runs:
        words, size = " ".join(run.text.split()), shown.light[run.element].size_px
        sizes[size] += len(words)
        if size and size < SMALLEST_PX and words:
            small.setdefault(size, words)
    for size, words in small.items():
        message = f"{words[:40]!r} has {size:.3g} pixels; less than {SMALLEST_PX} cannot be read"
        yield Remark(place_of(words, sheet), message, "enlarge it in templates/content.css")
    usual = max(sizes, key=lambda size: sizes[size], default=BODY_PX)
    if SMALLEST_PX <= usual < BODY_PX:
        message = f"the running text has {usual:.3g} pixels, not {BODY_PX}"
        yield Remark(LAYOUT, message, 'write <mj-text font-size="16px" />')
