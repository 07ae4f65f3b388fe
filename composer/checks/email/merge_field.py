"""A merge field that some readers have nothing for.

`[[first_name|colleague]]` prints a column of the recipient lists. A column that no list has, or that is empty for
somebody where there is no fallback, leaves a hole in a sentence that reads "Dear ,".

Passes:

    updates:
      - {title: "For you, [[first_name|colleague]]", body: A text.}

Fails:

    updates:
      - {title: "For you, [[shoe_size|colleague]]", body: A text.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level, Place, did_you_mean
from composer.render import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.render import MergeField

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every field of the email beside the columns of the lists."""
    columns, people = sheet.audience.columns, len(sheet.audience.recipients)
    for field in sheet.email.fields if sheet.email else ():
        name = field.name.casefold()
        if not name or name in BUILT_IN or not columns:
            continue
        if name not in columns:
            level = Level.WARNING if field.fallback else Level.ERROR
            message = f"no list has a column {field.name!r}"
            message += ", so everybody reads the fallback" if field.fallback else ", and there is no fallback"
            yield Remark(_place_of(field, sheet), message, did_you_mean(field.name, columns), level)
        elif not field.fallback and (lacking := people - sheet.audience.recipients.filled[name]):
            message = f"nothing would stand here for {lacking} of {people} people"
            hint = f"their {field.name} is empty; write a fallback: [[{field.name}|…]]"
            yield Remark(_place_of(field, sheet), message, hint)


def _place_of(field: MergeField, sheet: Sheet) -> Place:
    """Where the field is written first: in the issue, a standing text, or an issue that is carried forward."""
    ending = r"\|" if field.fallback else r"(\| *)?\]\]"
    written = re.compile(rf"\[\[ *{re.escape(field.name)} *{ending}", re.IGNORECASE)
    files = [sheet.places, sheet.standing.blocks_at, sheet.standing.networks_at]
    for places in (*files, *(loaded.places for loaded in sheet.composition.earlier)):
        text = places.raw.decode("utf-8-sig", "replace")
        found = written.search(text)
        if found:
            before = text[: found.start()]
            return Place(places.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return sheet.places.at()
