"""Curly and straight quotation marks, or apostrophes, in one text.

A straight apostrophe was typed, a curly one pasted, and both are seen side by side. What counts is one text (a title, a
body), and apostrophes are not counted against quotation marks: an editor who types straight ones throughout, or pastes
a whole text with curly ones, is right. The first of the rarer kind in the first such text is remarked on. Quotations
and titles of publications keep theirs; feet and inches (5'10") are no quotes.

Passes:

    updates:
      - {title: The council's plan, body: The council\u2019s plan and the board\u2019s say "yes".}

Fails:

    updates:
      - {title: An item, body: The council\u2019s plan and the school\u2019s are not the board's.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import is_others_title
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import without_addresses
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_APOSTROPHES = (re.compile(r"(?<=[^\W\d_])'|'(?=[^\W\d_])"), re.compile("[\u2018\u2019]"))
_QUOTATION_MARKS = (re.compile(r'(?<!\d)"'), re.compile("[\u201c\u201d]"))
_OTHERS = {BlockKind.QUOTE, BlockKind.CODE}


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at each text by itself."""
    for text in _texts(sheet):
        for names, kinds in (("apostrophes", _APOSTROPHES), ("quotation marks", _QUOTATION_MARKS)):
            straight, curly = ([*_places(text, kind)] for kind in kinds)
            if straight and curly:
                is_straight = len(straight) <= len(curly)
                passage, at = (straight if is_straight else curly)[0]
                rarer, usual = ("straight", "curly") if is_straight else ("curly", "straight")
                message = f"“{passage.text[at]}” is {rarer}; the other {names} of this text are {usual}"
                yield Remark(passage.place(at), message, f"make all {names} of a text {usual}, or all {rarer}")
                return


def _texts(sheet: Sheet) -> Iterator[list[Passage]]:
    """The passages of each text that is the editor's own, together."""
    texts: dict[tuple[object, ...], list[Passage]] = {}
    for passage in sheet.written:
        if passage.kind not in _OTHERS and not is_others_title(passage):
            texts.setdefault((id(passage.entry), passage.source, passage.loc, passage.value), []).append(passage)
    yield from texts.values()


def _places(text: list[Passage], kind: re.Pattern[str]) -> Iterator[tuple[Passage, int]]:
    for passage in text:
        for found in kind.finditer(without_addresses(passage.text)):
            yield passage, found.start()
