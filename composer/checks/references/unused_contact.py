"""Contacts whom nobody refers to any more.

People change their posts, and contact details that nobody needs stay for years. A contact is in use whose id, name or
address stands in this issue, in an earlier one of the window, in a network or in a standing text. Nothing is said
before four earlier issues are there, and nothing where more than a third are unused: then the list is a directory.

Passes:

    updates:
      - {title: A guide, body: A new newsletter has contacts that it has not spoken of yet.}

Fails:

    # contacts.yaml
    - {id: morgan-ellis, role: Lead, name: Morgan Ellis, email: morgan.ellis@example.org}
    - {id: robin-tate, role: Manager, name: Robin Tate, email: robin.tate@example.org}
    - {id: alma-mercer, role: Adviser, name: Alma Mercer, email: alma.mercer@example.org}
    # issues/648.yaml
    {number: 648, date: 2025-02-07}
    # issues/649.yaml
    {number: 649, date: 2025-02-14}
    # issues/650.yaml
    {number: 650, date: 2025-02-21}
    # issues/651.yaml
    {number: 651, date: 2025-02-28}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level
from composer.issue import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.checks.sheet import Sheet
    from composer.standing import Contact

LEVEL = Level.WARNING

ENOUGH_ISSUES = 4
"""A month in which somebody would have been named."""
_MOST = 3
"""Unused contacts are a remnant as long as they are no more than one in so many."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for every contact in all files but their own."""
    if len(sheet.composition.earlier) < ENOUGH_ISSUES:
        return
    contacts = sheet.standing.contacts
    unused = _unused(contacts, sheet)
    if unused and len(unused) * _MOST <= len(contacts):
        names = _listed([contact.name for _, contact in unused])
        message = f"nobody has referred to {names} in the last {len(sheet.composition.earlier) + 1} issues"
        hint = "take them out of contacts.yaml if they are no longer the ones to turn to"
        yield Remark(sheet.standing.contacts_at.at(unused[0][0], "name"), message, hint)


def _unused(contacts: Sequence[Contact], sheet: Sheet) -> list[tuple[int, Contact]]:
    """The contacts that nothing refers to; accents and line breaks are looked past only for those not found at once."""
    texts = _texts(sheet)
    left = [(at, contact) for at, contact in enumerate(contacts) if contact.id not in texts]
    folded = " ".join(unaccented(texts).split()) if left else ""
    return [(at, contact) for at, contact in left if not _is_named(contact, folded)]


def _texts(sheet: Sheet) -> str:
    """All files in which a contact can be named."""
    standing = sheet.standing
    places = [sheet.places, *(loaded.places for loaded in sheet.composition.earlier)]
    places += [standing.networks_at, standing.blocks_at, sheet.settings_at]
    return "\n".join(each.raw.decode("utf-8", "replace") for each in places)


def _is_named(contact: Contact, texts: str) -> bool:
    return any(unaccented(word) in texts for word in (contact.name, contact.email) if word)


def _listed(names: list[str]) -> str:
    """The first names and how many more: Alma Mercer, Drew Perrin and 3 others."""
    if len(names) <= 3:  # noqa: PLR2004 - as many as one reads at a glance
        return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{', '.join(names[:2])} and {len(names) - 2} others"
