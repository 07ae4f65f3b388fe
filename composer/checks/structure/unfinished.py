"""A title or sentence that stops in the middle.

"published Ofsted's work with" lost its end when something was pasted. A title, a heading or a text may not end in an
article, in "and", in a comma or in a preposition whose word is missing; "Someone to talk to" and "Looked after" are
whole. A text of sentences needs its last full stop, unless a list, a link or an address follows; an issue that
hardly ever writes one is left alone.

Passes:

    updates:
      - {title: Someone to talk to, body: Every child who leaves care is now given the name of one adult to ring.}

Fails:

    updates:
      - {title: The committee on inspectors and their work with, body: The committee has asked them all.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.endings import is_cut, lacks_stop
from composer.checks.reading.words.stories import bodies
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.passages import Passage
    from composer.checks.reading.words.stories import Body
    from composer.checks.sheet import Sheet
    from composer.errors import Place

LEVEL = Level.WARNING

_TITLES = {"title", "heading", "subject", "preheader", "strapline"}
_ADDRESS = re.compile(r"(?:https?:|www\.|[\w.+-]+@)")
_GREETING = re.compile(r"(?:[^\W\d_][\w\u2019'/.-]*[ \u00a0]?){1,5},")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s.*(?:,|;)?\s?(?:or|and|,|;)$", re.DOTALL)
_LONGEST = 40
_FEW = 4
"""More paragraphs without a stop than these, and than one in so many, are a house's style."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the end of every title, heading, line and paragraph."""
    for passage in sheet.written:
        is_title = passage.key in _TITLES or passage.kind is BlockKind.HEADING
        if (is_title or passage.key in {"line", "note"} or _is_link_text(passage)) and is_cut(passage.text):
            yield _cut(passage)
    paragraphs = tuple(block for block in _paragraphs(sheet) if not _is_of_a_letter(block.text))
    yield from (_cut(block) for block in paragraphs if is_cut(block.text))
    lacking = [block for block in paragraphs if lacks_stop(block) and not is_cut(block.text)]
    if len(lacking) <= _FEW or len(lacking) * _FEW <= len(paragraphs):
        yield from map(_without_stop, lacking)


def _paragraphs(sheet: Sheet) -> Iterator[Passage]:
    """The paragraphs that nothing below them finishes."""
    for body in bodies(sheet.written):
        for number, block in enumerate(body.blocks):
            if block.kind is BlockKind.PARAGRAPH and not _leads_on(body, number):
                yield block


def _is_of_a_letter(text: str) -> bool:
    """Whether it is a salutation or a closing, "Dear colleague,", or one of an enumeration, "(1) …, or"."""
    return bool(_GREETING.fullmatch(text.strip()) or _NUMBERED.match(text))


def _without_stop(block: Passage) -> Remark:
    message = f"no full stop after {_end(block.text)!r}"
    return Remark(_place(block), message, "finish the sentence, or end it with a full stop")


def _cut(passage: Passage) -> Remark:
    return Remark(_place(passage), f"this stops in the middle: {_end(passage.text)!r}", "write its end")


def _is_link_text(passage: Passage) -> bool:
    return passage.key == "text" and "links" in passage.loc


def _leads_on(body: Body, number: int) -> bool:
    """Whether a list, a quotation or the item's links follow, which finish the sentence."""
    below, entry = body.after(number), body.entry
    if below is not None:
        return below.kind in {BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE} or _is_address(below)
    return entry is not None and bool(entry.item.links) and _is_introduction(body.blocks[number].text)


def _is_address(block: Passage) -> bool:
    """Whether a paragraph begins with a link or an address, as one does that stands on a line of its own."""
    return any(anchor.start == 0 for anchor in block.anchors) or bool(_ADDRESS.match(block.text))


def _is_introduction(text: str) -> bool:
    """Whether a last sentence may lead to the links below it."""
    return any(word in text.casefold().split()[-8:] for word in ("below", "here", "following", "available", "links"))


def _end(text: str) -> str:
    """The last words of a text."""
    text = text.rstrip()
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST:].partition(' ')[2]}"


def _place(passage: Passage) -> Place:
    """Where its last word begins."""
    return passage.place(passage.text.rstrip().rfind(" ") + 1)
