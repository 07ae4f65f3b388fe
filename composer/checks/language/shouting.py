"""A sentence of capitals, or several exclamation marks.

Capitals are slow to read, a screen reader may spell them, and filters take them for advertising. Left alone are
abbreviations ("SEND AP NWAG"), a single word ("NEW"), and quotations.

Passes:

    updates:
      - {title: "NEW: the SEND AP NWAG", body: What joy! The NHS and the LGA agree.}

Fails:

    updates:
      - {title: "PLEASE READ THIS NOW", body: It is the last day!!}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import own_text
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import BLANK, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_NAMES = {"by", "name", "organisation", "place"}
_CAPITALS = re.compile(
    r"(?<!\w)[A-Z]{1,20}(?:['\u2019][A-Z]+)?(?:[\s,:&-]+[A-Z]{1,20}(?:['\u2019][A-Z]+)?(?![a-z])){1,}(?!\w)"
)
_MARKS = re.compile(r"!\s?!(?:\s?[!?])*")
_ABBREVIATIONS = frozenset(
    {"AIDS", "AID", "CAMHS", "CARE", "COVID", "CAFCASS", "MASH", "NICE", "SEND", "SLIP", "START"}
)
_LONG = 3
_FEWEST = 3


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the editor's own words."""
    for passage in sheet.written:
        if passage.key in _NAMES:
            continue
        text = own_text(passage)
        for at, words in shouted(text):
            yield Remark(
                passage.place(at), f"“{words}” is in capitals", "write it in small letters; **bold** is as loud"
            )
        for found in _MARKS.finditer(text):
            yield Remark(
                passage.place(found.start()), f"“{found[0]}” is one mark too many", "one exclamation mark will do"
            )


def shouted(text: str) -> Iterator[tuple[int, str]]:
    """The runs of words in capitals that are no abbreviations, each with its place."""
    for found in _CAPITALS.finditer(text):
        run = re.findall(r"[A-Z]+", found[0])
        known = [each for each in run if len(each) >= _LONG and each not in _ABBREVIATIONS and is_known(each.lower())]
        is_all = text.strip(f" .!?{BLANK}") == found[0].strip()
        if len(known) * 2 > len(run) and len(known) >= (2 if is_all else _FEWEST):
            yield found.start(), found[0]
