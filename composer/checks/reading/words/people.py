"""People in prose: who is named, whom a reader is told to ask, and which contact is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.checks.reading.words.wording import sentence_at
from composer.issue import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.checks.passages import Passage
    from composer.standing import Contact

_PART = r"(?:[A-Z]['\u2019])?[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+(?:[-'\u2019][A-ZÀ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+)*|[A-ZÀ-Þ](?=\s)"
NAME = re.compile(rf"(?<![\w@.'\u2019-])(?:{_PART})(?:[ \u00a0](?:{_PART}))+(?![\w@-])")
"""Two or more words with a capital, side by side; "Tate's" gives "Tate"."""
_LEADING = frozenset(
    {
        "ask", "by", "call", "cllr", "contact", "councillor", "dame", "dear", "dr", "email", "from", "join", "meet",
        "mr", "mrs", "ms", "prof", "professor", "ring", "sir", "thank", "thanks", "with",
    }
)  # fmt: skip
"""What may stand before a name with a capital of its own."""
_TITLE = r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Cllr|Councillor|Sir|Dame)\.?\s)?"
_MORE = re.compile(rf"\bMore from\s{_TITLE}$")
_VERBS = "[Cc]ontact|[Ee]mail|[Gg]et in touch with|[Pp]lease (?:ask|call|ring|speak to|talk to|write to)"
_ASKED = re.compile(rf"\b(?:{_VERBS})\s{_TITLE}$")
_WITHIN = 60
"""So many letters before a name say what the reader is told to do."""
_OVER = re.compile(r"\s*(?:[.,;(]|$)")
_REACHED = re.compile(r"@|\b(?:0|\+44)[\d ]{8,}|www\.|https?:")
_ORGANISED = """
    action adoption advice agency alliance anti assembly association authority board bureau business care carers
    central centre charity child childline children citizens city civil coast college commission committee community
    confederation council county crown customer data department desk digital directorate early education emergency
    england events families family federation forum foster foundation friends fund government group head health
    helpdesk helpline home hospital house housing hub human information institute justice kinship learning legal library
    line local member members mental metropolitan ministry national network newsletter office online parents partnership
    people police policy practice press prevent professional programme project public regional research royal school
    schools scotland scottish secretariat section service services social society south north east west staff street
    support survey team together training trust union unit university victim victims wales women women's young youth
    zero the and for of in our your my this us me them
"""
_NO_PERSON = frozenset(_ORGANISED.split())


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a text tells its readers to ask."""

    name: str
    start: int
    is_reached: bool
    """Whether an address, a number or a link stands with the name or further on in the same text."""


def asked(passage: Passage) -> Iterator[Named]:
    """The people whom a passage says to ask: "More from NAME", "please contact NAME"; no organisations."""
    text = passage.text
    for found in NAME.finditer(text):
        name = bare(found[0])
        start = found.end() - len(name)
        before = text[max(0, start - _WITHIN) : start]
        is_told = _ASKED.search(before) or (_MORE.search(before) and _OVER.match(text, found.end()))
        if is_told and is_person(name):
            yield Named(name, start, _is_reached(passage, start))


def _is_reached(passage: Passage, start: int) -> bool:
    typed = passage.block.offsets[start]
    first, last = sentence_at(passage.text, start)
    has_link = any(first <= anchor.start < last for anchor in passage.anchors)
    return has_link or bool(_REACHED.search(passage.text) or _REACHED.search(passage.value, typed))


def bare(name: str) -> str:
    """A name without what stands before it with a capital of its own: "Contact", "Dr"."""
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold() in _LEADING:
        parts = parts[1:]
    return " ".join(parts)


def is_person(name: str) -> bool:
    """Whether words with capitals may be somebody's name: two to four of them, none that organisations are made of."""
    parts = name.casefold().replace("\u2019", "'").split()
    return 2 <= len(parts) <= 4 and _NO_PERSON.isdisjoint(parts)  # noqa: PLR2004 - first name to second surname


def contact_of(name: str, contacts: Sequence[Contact]) -> Contact | None:
    """The contact of a name, whatever its accents and case."""
    wanted = unaccented(name)
    return next((contact for contact in contacts if unaccented(contact.name) == wanted), None)


def mentioned(text: str, contacts: Sequence[Contact]) -> bool:
    """Whether a text names a contact: by the whole name, or by the first name with its capital."""
    plain = unaccented(text)
    if any(unaccented(contact.name) in plain for contact in contacts):
        return True
    given = {contact.name.split()[0] for contact in contacts}
    return not given.isdisjoint(re.findall(r"\w+", text))
