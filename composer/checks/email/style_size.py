"""Style blocks that are larger than Gmail takes.

Gmail drops a `<style>` element that is larger than 16 KB, or that comes after so much, and with it dark mode and the
rules for narrow screens.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/narrow.css
    {% for number in range(400) %}.stripe-{{ number }} { background-color: #ffffff }
    {% endfor %}
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

MOST_BYTES = 16 * 1024


def check(sheet: Sheet) -> Iterator[Remark]:
    """Add them up."""
    if sheet.page is None:
        return
    size = sum(len((style.text or "").encode()) for style in sheet.page.of("style"))
    if size > MOST_BYTES:
        message = f"the style blocks have {size / 1024:.0f} KB, and Gmail drops what is past {MOST_BYTES // 1024}"
        yield Remark(LAYOUT, message, "shorten templates/narrow.css, spacing.css or dark.css")
