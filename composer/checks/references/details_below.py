"""Something that is said to be below, above or attached, and is not.

An email of this newsletter has no attachments, so "attached" is right only where a link stands in the same sentence or
the item has links of its own. "See below" at the end of an item points to nothing, and "contact details below" needs
somebody who is in the contact details. "Attached to", "aged 16 and above" and "below average" are left alone.

Passes:

    updates:
      - title: A survey
        body: The form is attached, and Robin Tate helps with it (contact details below).
        links: [{text: The form, url: https://www.example.org/form}]

Fails:

    updates:
      - {title: A survey, body: Please find attached the form. The dates are listed below.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.people import asked, mentioned
from composer.checks.reading.words.stories import bodies
from composer.checks.reading.words.wording import sentence_at, topics
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.reading.words.stories import Body
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_POINTS = re.compile("[Aa]ttach|[Ee]nclos|[Bb]elow|[Aa]bove")
_PAPERS = (
    "flyer|form|document|file|pdf|poster|letter|report|agenda|slides|programme|leaflet|spreadsheet|template"
    "|presentation|paper|guide|notice|invitation|survey|booklet|briefing|summary|information"
)
_ATTACHED = re.compile(
    rf"\b(?:(?:see|find|use|complete|read|open) (?:the )?(?:attached|enclosed|attachments?)\b(?! theory| to\b)"
    rf"|(?:the|an?|this) (?:attached|enclosed) (?:[\w-]+ ){{0,2}}(?:{_PAPERS})s?\b"
    r"|(?:is|are) (?:also )?(?:attached|enclosed)(?=[.,;)]|$| (?:here|below|for (?:your )?information))"
    r"|attached (?:is|are|please find)\b)",
    re.IGNORECASE,
)
_FIGURATIVE = re.compile(
    r"\b(?:to wh(?:ich|om)|conditions?|strings|importance|values?|weight|stigma|price|emotionally|securely)\b",
    re.IGNORECASE,
)
_THINGS = (
    "see|details|listed|shown|set out|given|link|links|table|chart|graph|dates|timetable|list|agenda|programme|form"
    "|information|image|picture|photo|poster|infographic|video"
)
_BELOW = re.compile(rf"(?<!contact )\b(?P<what>{_THINGS}) below(?=[.,;:)!]|$| for\b)", re.IGNORECASE)
_ABOVE = re.compile(rf"\b(?P<what>{_THINGS}) above(?=[.,;:)!]|$| for\b)", re.IGNORECASE)
_DETAILS = re.compile(r"\b(?:contact )?details (?:are )?below\b", re.IGNORECASE)
_SPOKEN_TO = re.compile(r"\b(?:contact|more from|ask|email|write to|speak to|ring|call)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"@|\b(?:0|\+44)[\d ]{8,}")


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every text that was written for this issue, or stands in every one."""
    for body in bodies(sheet.written):
        for number, block in enumerate(body.blocks):
            if not _POINTS.search(block.text):
                continue
            yield from _attached(body, number)
            yield from _elsewhere(body, number)
            yield from _contact_details(body, number, sheet)


def _attached(body: Body, number: int) -> Iterator[Remark]:
    block = body.blocks[number]
    has_links = body.entry is not None and bool(body.entry.item.links)
    for found in _ATTACHED.finditer(block.text):
        start, end = sentence_at(block.text, found.start())
        is_figurative = _FIGURATIVE.search(block.text, start, found.end())
        if not has_links and not is_figurative and not any(start <= anchor.start < end for anchor in block.anchors):
            message = f"{found[0]!r}, but nothing is attached to this email"
            yield Remark(block.place(found.start()), message, "put it on the web and link to it")


def _elsewhere(body: Body, number: int) -> Iterator[Remark]:
    """What is said to stand below or above, in the text of an item that has nothing there."""
    block, entry = body.blocks[number], body.entry
    if entry is None:
        return
    item = entry.item
    is_last = body.after(number) is None and not (item.links or item.closes or item.contact)
    is_first = number == 0 and not (item.publication or item.event or item.image)
    for expression, nothing, where in ((_BELOW, is_last, "below"), (_ABOVE, is_first, "above")):
        for found in expression.finditer(block.text):
            start, end = sentence_at(block.text, found.start())
            around = block.text[end:] if where == "below" else block.text[:start]
            is_contact = _DETAILS.match(block.text, found.start()) and _SPOKEN_TO.search(block.text, start, end)
            if nothing and not around.strip() and not is_contact:
                message = f"{found[0]!r}, but nothing stands {where} it in this item"
                yield Remark(block.place(found.start()), message, "write it, or link to it")


def _contact_details(body: Body, number: int, sheet: Sheet) -> Iterator[Remark]:
    """Contact details that are said to be below of somebody who is nowhere named."""
    block, entry = body.blocks[number], body.entry
    for found in _DETAILS.finditer(block.text):
        start, end = sentence_at(block.text, found.start())
        sentence = block.text[start:end]
        is_contact = found[0].casefold().startswith("contact") or _SPOKEN_TO.search(sentence)
        if not is_contact or (entry and entry.item.contact) or _is_answered(body, number, sentence, sheet):
            continue
        message = f"{found[0]!r}, but nobody is named who is in contacts.yaml"
        yield Remark(block.place(found.start()), message, "name a contact: `contact: ID`, or [NAME](contact:ID)")


def _is_answered(body: Body, number: int, sentence: str, sheet: Sheet) -> bool:
    """Whether a text names a contact or a role, gives an address further on, or is `more-from`'s to speak of."""
    contacts, block = sheet.standing.contacts, body.blocks[number]
    if mentioned(sentence, contacts) or any(asked(block)):
        return True
    below = [later.text for later in body.blocks[number:]]
    roles = topics(" ".join(contact.role for contact in contacts))
    return any(_ADDRESS.search(text) for text in below) or not topics(sentence).isdisjoint(roles)
