"""Lists that have grown or shrunk much since the last mailing.

Half a list that was pasted over, a filter that was left on in the spreadsheet, last year's file: all show in the
number of people. More than `guards.difference_percent` (20) up or down is what `composer send` refuses on Friday, and
here it is said while there is time to look. The ledger knows how many people got the last issue; where nothing was
sent yet, or this issue already, nothing is compared. A segment is compared if the last mailing went to it by itself.
In the examples a file stands for the ledger.

Passes:

    # newsletter.yaml
    guards: {difference_percent: 60}
    # ledger.yaml
    everybody: {number: 652, people: 5}

Fails:

    # newsletter.yaml
    guards: {difference_percent: 20}
    # ledger.yaml
    everybody: {number: 652, people: 5}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING
NEEDS_LEDGER = True


def check(sheet: Sheet) -> Iterator[Remark]:
    """Count whoever each of the last mailings would go to now."""
    audience = sheet.audience
    for segment, last in sheet.last_mailings.items():
        if not last.people or (segment and segment not in audience.segments):
            continue
        now = _people(sheet, segment)
        percent = abs(now - last.people) * 100 / last.people
        if percent > sheet.newsletter.guards.difference_percent:
            place = audience.segments_at.key(segment) if segment else audience.segments_at.at()
            how, whose = "more" if now > last.people else "fewer", f" in {segment}" if segment else ""
            last_time = f"issue {last.number} ({last.people})"
            message = f"there are {now} people{whose}, {percent:.0f} % {how} than got {last_time}"
            hint = f"look at the lists; if that is right, say --expect {now} to composer send"
            yield Remark(place, message, hint)


def _people(sheet: Sheet, segment: str) -> int:
    memberships = sheet.audience.memberships
    return sum(people for segments, people in memberships.items() if not segment or segment in segments)
