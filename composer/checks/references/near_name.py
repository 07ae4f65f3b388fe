"""A contact's name with one letter wrong.

"Morgan Elis" is Morgan Ellis, who will notice. A name counts when all its parts but one are a contact's and that one
begins alike and differs by a single letter, or only by an accent; not inside a longer name, and not where an address
beside it is written the same way, because then it is somebody else.

Passes:

    updates:
      - {title: A guide, body: "Morgan Ellis, Morgan Evans and Morgan Elliston wrote it."}

Fails:

    updates:
      - {title: A guide, body: Morgan Elis wrote it.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.people import NAME, asked, bare, is_person
from composer.checks.reading.words.stories import is_slip
from composer.checks.rule import Remark
from composer.errors import Level
from composer.issue import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.checks.sheet import Sheet
    from composer.standing import Contact

LEVEL = Level.WARNING

_SHORTEST = 4


def check(sheet: Sheet) -> Iterator[Remark]:
    """Put every name in the texts of this issue and the standing ones beside the contacts'."""
    contacts = [contact for contact in sheet.standing.contacts if is_person(contact.name)]
    parts = {part for contact in contacts for part in _parts(contact.name)}
    for passage in sheet.written:
        names = [found for found in NAME.finditer(passage.text) if not parts.isdisjoint(_parts(found[0]))]
        spoken_of = {named.name for named in asked(passage)} if names else set()
        for found in names:
            for name, contact in _near(found[0], contacts):
                is_told = name in spoken_of or _has_its_address(name, contact, passage.text)
                if not is_told:
                    place = passage.place(found.start() + found[0].index(name))
                    yield Remark(place, f"{name!r} is nearly {contact.name!r}", _hint(contact))


def _hint(contact: Contact) -> str:
    return f"write {contact.name}, if that is who is meant"


def _near(name: str, contacts: Sequence[Contact]) -> Iterator[tuple[str, Contact]]:
    """The contacts that a name, or what follows its "Dr" or "Contact", nearly is."""
    written = bare(name)
    if written not in {contact.name for contact in contacts}:
        yield from ((written, contact) for contact in contacts if _is_near(written, contact.name))


def _is_near(name: str, real: str) -> bool:
    left, right = _parts(name), _parts(real)
    wrong = [(one, other) for one, other in zip(left, right, strict=False) if one != other]
    if len(left) != len(right) or len(left) < 2:  # noqa: PLR2004 - a first name and a surname
        return False
    return not wrong or (len(wrong) == 1 and is_slip(*wrong[0], shortest=_SHORTEST))


def _parts(name: str) -> list[str]:
    return unaccented(name).split()


def _has_its_address(name: str, contact: Contact, text: str) -> bool:
    """Whether an address in the text is written as the name is: then it is a person of that name."""
    other = set(_parts(name)) - set(_parts(contact.name))
    return any(re.search(rf"{re.escape(part)}[\w.+-]*@", unaccented(text)) for part in other)
