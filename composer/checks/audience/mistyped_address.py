"""An address whose domain is mistyped.

Whoever is at gmial.com, kent.gov.co.uk or nhs.ent never gets anything, and nobody notices. Besides such slips, which
are certain, somebody who is alone at a domain one slip of the finger away from one with five people or more is named:
westsusex.gov.uk beside westsussex.gov.uk. Real domains that differ by another letter, a number, a hyphen or a plural
(merton and melton, school1 and school2) are left alone, whatever stands in front of the @, and domains that stand under
`checks: words:` in newsletter.yaml.

Passes:

    # members.csv
    email,name,groups
    kim.ash@ymail.com,Kim Ash,Leads
    sol.reed@merton.gov.uk,Sol Reed,Leads

Fails:

    # members.csv
    email,name,groups
    kim.ash@gmial.com,Kim Ash,Leads
    sol.reed@merton.gov.co.uk,Sol Reed,Leads
"""

from __future__ import annotations

import heapq
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from composer.checks.domains import meant
from composer.checks.neighbours import Neighbours
from composer.checks.rows import Rows
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.audience import Recipients
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_MANY = 5
"""With so many people a domain is certainly written right."""
_LARGEST = 2_000
"""So many of these are compared with; there may be as many as there are people."""
_NAMED = 200
"""So many mistyped domains are named; more are a list that is wrong as a whole."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Judge every domain once; then look up who is at those that are wrong."""
    recipients = sheet.audience.recipients
    right = {word.casefold() for word in sheet.newsletter.checks.words}
    wrong = dict(islice((pair for pair in _mistyped(recipients) if pair[0] not in right), _NAMED))
    found: dict[tuple[str, str], Rows] = {}
    for recipient in recipients.at_domains(wrong):
        domain = recipient.key.partition("@")[2]
        rows = found.setdefault((recipient.place.path, domain), Rows(recipient.place))
        rows.add(recipient.address, recipient.place)
    for (_, domain), rows in found.items():
        yield Remark(rows.place, f"{domain} looks mistyped: {rows}", f"did you mean {wrong[domain]}?")


def _mistyped(recipients: Recipients) -> Iterator[tuple[str, str]]:
    """The domains that are wrong, and what was meant."""
    common = heapq.nlargest(_LARGEST, recipients.domains(_MANY), key=itemgetter(1))
    neighbours = Neighbours(common)
    for domain, people in recipients.domains():
        right = meant(domain) or (neighbours.of(domain) if people == 1 else "")
        if right:
            yield domain, right
