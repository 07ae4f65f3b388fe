"""A segment that nobody is in.

Its words match nobody on its lists: a group was renamed, a column was emptied, or the list has lost its people. What
is written for it reaches no one. While one of its lists is missing or cannot be read, that is what is reported.

Passes:

    # members.csv
    email,name,groups
    kim.ash@example.com,Kim Ash,Leads
    # segments.yaml
    everyone: {lists: [members]}
    leads: {lists: [members], where: {groups: Leads}}

Fails:

    # members.csv
    email,name,groups
    kim.ash@example.com,Kim Ash,Leads
    # segments.yaml
    everyone: {lists: [members]}
    others: {lists: [members], except: {groups: Leads}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Name each of them."""
    for name in sheet.audience.empty:
        hint = "correct its conditions, or delete it"
        yield Remark(sheet.audience.segments_at.key(name), f"nobody is in {name}", hint)
