"""Link text that does not say where it leads.

Screen readers list an email's links without the sentences around them, and a hurried reader sees little else: "here",
"here" and "read more" are then all there is. An address as text is read out letter by letter; an address that was typed
but is no link cannot be clicked at all, and neither can a "here" that lost its link. "Full report", a name, an email
address and a short address that a person can remember (example.org, gov.uk/adopt) are left alone.

Passes:

    updates:
      - {title: A short item, body: "You can read [the full report](https://www.example.org/report)."}

Fails:

    updates:
      - {title: A short item, body: "The full report is [here](https://www.example.org/report)."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.addresses.linkwords import better, is_long_address, is_vague
from composer.checks.reading.addresses.webaddress import cut
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet
    from composer.prose import Anchor

LEVEL = Level.WARNING

_TYPED = re.compile(r"https?://[^\s<>\"“”]{4,}", re.IGNORECASE)
_DOCUMENT = (
    r"(?:report|response|briefing|guidance|guide|summary|paper|video|film|recording|transcript(?:ion)?|slides?|document"
    r"|webinar|consultation|survey|toolkit|form|link|letter|statement|agenda|flyer)"
)
_LOST = re.compile(
    rf"(?:\bclick|\b(?:found|available|accessed|downloaded|viewed)|\bread more|\bfind out more|\bmore information"
    rf"|\b(?:read|see|view|watch|download) (?:the|our|their|this|a) (?:[\w\u2019'-]+ ){{1,5}}?"
    rf"|\b{_DOCUMENT} (?:is|are)) ?"
    r"\b(?P<here>here)(?=\s*(?:$|[.;)]|\((?:pdf|\d)))",
    re.IGNORECASE,
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Read every link's words by themselves; then look for what was meant as a link and is none."""
    for passage in sheet.written:
        if passage.key == "text":
            yield from _of_key(passage)
        elif passage.kind is not BlockKind.CODE:
            for anchor in passage.anchors:
                yield from _of_anchor(passage, anchor)
            yield from _not_linked(passage)


def _of_key(passage: Passage) -> Iterator[Remark]:
    if is_vague(passage.text) or is_long_address(passage.text):
        message = f"{cut(passage.text)!r} does not say where this link leads"
        yield Remark(passage.place(), message, "say what is there, as in text: Full report")


def _of_anchor(passage: Passage, anchor: Anchor) -> Iterator[Remark]:
    words = passage.text[anchor.start : anchor.end]
    if is_vague(words):
        message = f"{words.strip()!r} does not say where this link leads"
        yield Remark(passage.place(anchor.start), message, _hint(passage, anchor.start, anchor.end))
    elif is_long_address(words):
        message = f"the text of this link is its address: {cut(words)}"
        yield Remark(passage.place(anchor.start), message, f"write what is there: [{_name(passage)}]({anchor.href})")


def _not_linked(passage: Passage) -> Iterator[Remark]:
    """What prints as text and was meant to be clicked: an address, a "here"."""
    if "http" in passage.text:
        yield from _typed(passage)
    if not passage.is_prose or "here" not in passage.text:
        return
    for lost in _LOST.finditer(passage.text):
        if not any(anchor.end > lost.start() for anchor in passage.anchors if anchor.start <= lost.end()):
            message = f"{lost['here']!r} is not a link, so this sentence leads nowhere"
            start, end = lost.span("here")
            yield Remark(passage.place(start), message, _hint(passage, start, end))


def _typed(passage: Passage) -> Iterator[Remark]:
    for typed in _TYPED.finditer(passage.text):
        if not _is_linked(passage, typed.start()):
            url = typed[0].rstrip(".,;:!?)'\u2019")
            hint = f"write [{_name(passage)}]({url})" if passage.is_prose else "put it under url:, or into the body"
            yield Remark(passage.place(typed.start()), f"{cut(url)} is no link and prints as text", hint)


def _is_linked(passage: Passage, index: int) -> bool:
    return any(anchor.start <= index < anchor.end for anchor in passage.anchors)


def _hint(passage: Passage, start: int, end: int) -> str:
    return f"link the words that name it: [{better(passage.text, start, end) or _name(passage)}](…)"


def _name(passage: Passage) -> str:
    """A name for what is linked where the sentence offers none: what the item published, or its title."""
    item = passage.entry.item if passage.entry else None
    if item is None:
        return "What is there"
    published = item.publication and item.publication.title
    return " ".join((published or item.title).split())
