"""An item that nobody will see.

It is for some segments only, and nobody is in any of them: somebody wrote it for readers whom it does not reach.
Reminders and lines of the reading list are looked at as well, because a segment may have lost its people since. An item
that somebody sees is left alone, however few they are.

Passes:

    updates:
      - {title: A note for leads, body: A text., audience: [leads]}

Fails:

    # members.csv
    email,name,groups
    kim.ash@example.com,Kim Ash,Managers
    # segments.yaml
    everyone: {lists: [members]}
    leads: {lists: [members], where: {groups: Leads}}
    # issue.yaml
    updates:
      - {title: A note for leads, body: A text., audience: [leads]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.errors import Place

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for an audience of empty segments."""
    empty = sheet.audience.empty
    for what, audience, place in _restricted(sheet) if empty else ():
        if empty.issuperset(audience):
            names = " or ".join(audience)
            hint = "name another segment under audience, or see who should be in it in recipients/segments.yaml"
            yield Remark(place, f"nobody will see {what}: nobody is in {names}", hint)


def _restricted(sheet: Sheet) -> Iterator[tuple[str, tuple[str, ...], Place]]:
    """What is for some segments only: what it is, which segments, where that stands."""
    edition = sheet.edition
    for what, entries in (("this item", edition.updates), ("this reminder", edition.reminders)):
        for entry in entries:
            if entry.item.audience:
                yield what, entry.item.audience, entry.place_of("audience")
    for index, line in enumerate(sheet.issue.tools):
        if line.audience:
            yield "this line", line.audience, sheet.places.at("tools", index, "audience")
