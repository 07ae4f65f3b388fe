"""Somebody to ask whose details are not below.

"More from NAME (contact details below)" and "please contact NAME" send readers to the contact details at the end of the
email. Whoever is named so has to be in contacts.yaml, unless an address, a number or a link stands beside the name.
Organisations are left alone. `contact:` of an item, or `[NAME](contact:ID)` in a text, prints name and address.

Passes:

    updates:
      - {title: A guide, body: More from Robin Tate (contact details below).}
      - {title: A film, body: "Please contact Dana Garside, dana.garside@example.org, for the film."}

Fails:

    updates:
      - {title: A guide, body: More from Dana Garside (contact details below).}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.words.people import asked, contact_of
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.checks.sheet import Sheet
    from composer.standing import Contact

LEVEL = Level.WARNING

_NEAR = 80
"""Of a hundred: from here a name is taken for a contact's."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look up everybody whom a text written for this issue, or a standing one, says to ask."""
    contacts = sheet.standing.contacts
    for passage in sheet.written if contacts else ():
        for named in asked(passage):
            if contact_of(named.name, contacts) is None and not named.is_reached:
                message = f"{named.name!r} is not in contacts.yaml"
                yield Remark(passage.place(named.start), message, _hint(named.name, contacts))


def _hint(name: str, contacts: Sequence[Contact]) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - most issues never ask

    names = {contact.id: contact.name for contact in contacts}
    near = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is None:
        return "add them to contacts.yaml and name them as [NAME](contact:ID), or write their address here"
    return f"did you mean {near[0]!r}? `contact: {near[2]}` or [{near[0]}](contact:{near[2]}) prints the address"
