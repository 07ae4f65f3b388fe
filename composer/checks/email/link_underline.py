"""A link in a text that only its colour shows.

Who cannot tell the colours apart does not find a link that is not underlined. Buttons, which stand alone on a ground
of their own, need no line.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/content.css
    a { text-decoration: none }
    # issue.yaml
    updates:
      - title: A survey
        body: It is open to everybody, and [the survey itself](https://www.example.org/survey) takes ten minutes.
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

_HINT = "take text-decoration: none out of templates/content.css"


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the links that stand among other words."""
    shown = sheet.page
    if shown is None:
        return
    around = {block: words for words, block in shown.blocks}
    for link in shown.of("a"):
        words, style = shown.words_of(link), shown.light[link]
        if not words or style.is_underlined or style.is_hidden or style.is_block or not link.get("href"):
            continue
        if any(shown.light[inner].is_underlined for inner in link.iterdescendants() if isinstance(inner.tag, str)):
            continue
        block = next((each for each in link.iterancestors() if each in around), None)
        if block is not None and len(around[block]) > len(words):
            yield Remark(place_of(words, sheet), f"the link {words[:40]!r} is not underlined", _HINT)
            return
