"""A title or heading with nothing under it.

An item that has only a title was begun and forgotten, and a heading without a text promises something. A last heading
is right where the item's links, its closing date or its contact stand below it, and so is one above a smaller heading.

Passes:

    updates:
      - title: A guide to kinship care
        body: |
          ### Details

          It says what help there is.

Fails:

    updates:
      - title: A guide to kinship care
        body: |
          It says what help there is.

          ### Details
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.passages import Source
from composer.checks.reading.words.stories import bodies, title
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.passages import Passage
    from composer.checks.reading.words.stories import Body
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_SETEXT = 2


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look under every title and every heading."""
    for entry in sheet.edition.updates:
        item = entry.item
        if not (item.body or item.publication or item.links or item.event or item.image or item.closes):
            message = f"{title(item)!r} has nothing under its title"
            yield Remark(entry.place_of("title"), message, "write its body, or take the item out")
    for body in bodies(sheet.written):
        for number, block in enumerate(body.blocks):
            if block.kind is BlockKind.HEADING and _is_empty(body, number):
                message = f"nothing stands under the heading {block.text!r}"
                yield Remark(block.place(), message, "write what belongs there, or take the heading out")


def _is_empty(body: Body, number: int) -> bool:
    heading, below = body.blocks[number], body.after(number)
    if below is None:
        return not _goes_on_below(heading)
    return below.kind is BlockKind.HEADING and _depth(below) <= _depth(heading)


def _goes_on_below(heading: Passage) -> bool:
    """Whether the item prints anything below its body; the standing text of a section may have the section below."""
    if heading.entry is None:
        return heading.source is Source.STANDING
    item = heading.entry.item
    return bool(item.links or item.closes or item.contact)


def _depth(heading: Passage) -> int:
    """1 for `#`, 3 for `###`; a heading that is underlined counts as 2."""
    before = heading.value[: heading.block.offsets[0]].rpartition("\n")[2]
    marks = re.search(r"#+", before)
    return len(marks[0]) if marks else _SETEXT
