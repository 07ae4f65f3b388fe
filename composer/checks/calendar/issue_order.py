"""An issue that is not dated after the one before it.

What is carried forward, and for how long, goes by the numbers and dates of issues; two in the wrong order lose
reminders. Equal dates are remarked on for the issue itself, because a copied file keeps its date. Issues that cannot be
read have none.

Passes:

    date: 2025-03-14
    updates:
      - {title: A week after 652, body: A text.}

Fails:

    date: 2025-03-07
    updates:
      - {title: The same day as 652, body: A text.}
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.dates import long_date
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Compare each issue of the window with the one before it."""
    earlier = [(loaded.value, loaded.places) for loaded in sheet.composition.earlier if loaded.value]
    if earlier and sheet.today <= earlier[0][0].date:
        before = earlier[0][0]
        message = f"{long_date(sheet.today)} is not after issue {before.number} of {long_date(before.date)}"
        yield Remark(sheet.places.at("date"), message, "correct one of the two dates")
    for (later, _), (one, places) in pairwise(earlier):
        if one.date > later.date:
            message = f"{long_date(one.date)} is after issue {later.number} of {long_date(later.date)}"
            yield Remark(places.at("date"), message, "correct one of the two dates")
