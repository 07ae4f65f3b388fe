"""Whose words a text holds: those of the editor, or titles and quotations, which are spelt as others spelt them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from composer.lexicon import BLANK, without_addresses
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.passages import Passage

_QUOTED = re.compile(
    "\u201c[^\u201c\u201d]*\u201d|\"[^\"]*\"|(?<!\\w)\u2018[^\u2018]*?\u2019(?!\\w)|(?<!\\w)'[^']+'(?!\\w)"
)
_SLANTED = re.compile(r"(?<![\w*])(?<!\\)([*_])(?![\s*_])[^*_\n]+(?<![\s*_])\1(?![\w*])")
_OTHERS = {BlockKind.QUOTE, BlockKind.CODE}


def is_others_title(passage: Passage) -> bool:
    """Whether it is the title of somebody's publication."""
    return passage.key == "title" and bool({"publication", "tools"}.intersection(passage.loc))


def own_text(passage: Passage) -> str:
    """The text with everything blanked that is not the editor's own wording, each character in its place.

    Quotations, what stands in quotation marks or italics, links that read like a title, addresses.
    """
    if passage.kind in _OTHERS or is_others_title(passage):
        return BLANK * len(passage.text)
    letters = list(_QUOTED.sub(lambda found: BLANK * len(found[0]), without_addresses(passage.text)))
    for start, end in (*_titles(passage), *_slanted(passage)):
        letters[start:end] = BLANK * (end - start)
    return "".join(letters)


def _titles(passage: Passage) -> Iterator[tuple[int, int]]:
    for anchor in passage.anchors:
        words = passage.text[anchor.start : anchor.end]
        if anchor.is_bare or (words[:1].isupper() and " " in words):
            yield anchor.start, anchor.end


def _slanted(passage: Passage) -> Iterator[tuple[int, int]]:
    if not passage.is_prose or ("*" not in passage.value and "_" not in passage.value):
        return
    offsets = passage.block.offsets
    for found in _SLANTED.finditer(passage.value):
        first, last = bisect_right(offsets, found.start()), bisect_left(offsets, found.end(), hi=len(offsets) - 1)
        if first < last:
            yield first, last
