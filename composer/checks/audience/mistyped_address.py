"""An address whose domain is mistyped.

Whoever is at gmial.com, kent.gov.co.uk or nhs.ent never gets anything, and nobody notices. Besides such slips, which
are certain, somebody who is alone at a domain one slip of the finger away from one with five people or more is named:
westsusex.gov.uk beside westsussex.gov.uk. Real domains that differ by another letter, a number, a hyphen or a plural
(merton and melton, school1 and school2) are left alone, whatever stands in front of the @, and domains that stand under
`checks: words:` in newsletter.yaml. The addresses that readers are given, of contacts and in texts, are held against
the same.

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

from composer.checks.reading.addresses.domains import meant
from composer.checks.reading.addresses.mailboxes import printed_domains
from composer.checks.reading.addresses.neighbours import Neighbours
from composer.checks.reading.addresses.rows import Rows
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    """Judge every domain of the lists once, then those that readers are given."""
    recipients = sheet.audience.recipients
    common = heapq.nlargest(_LARGEST, recipients.domains(_MANY), key=itemgetter(1))
    neighbours = Neighbours(common)
    words = {word.casefold() for word in sheet.newsletter.checks.words}
    wrong = dict(islice((pair for pair in _mistyped(recipients, neighbours) if pair[0] not in words), _NAMED))
    yield from _listed(recipients, wrong)
    for domain, place in printed_domains(sheet):
        right = "" if domain in words else meant(domain) or _beside_many(domain, recipients, neighbours)
        if right:
            yield Remark(place(), f"the domain {domain} looks mistyped", f"did you mean {right}?")


def _mistyped(recipients: Recipients, neighbours: Neighbours) -> Iterator[tuple[str, str]]:
    """The domains of the lists that are wrong, and what was meant."""
    for domain, people in recipients.domains():
        right = meant(domain) or (neighbours.of(domain) if people == 1 else "")
        if right:
            yield domain, right


def _listed(recipients: Recipients, wrong: Mapping[str, str]) -> Iterator[Remark]:
    """A remark for each wrong domain of each list, however many are at it."""
    found: dict[tuple[str, str], Rows] = {}
    for recipient in recipients.at_domains(wrong):
        domain = recipient.key.partition("@")[2]
        rows = found.setdefault((recipient.place.path, domain), Rows(recipient.place))
        rows.add(recipient.address, recipient.place)
    for (_, domain), rows in found.items():
        yield Remark(rows.place, f"{domain} looks mistyped: {rows}", f"did you mean {wrong[domain]}?")


def _beside_many(domain: str, recipients: Recipients, neighbours: Neighbours) -> str:
    """What was meant by a domain that nobody on the lists is at."""
    right = neighbours.of(domain)
    return right if right and next(recipients.at_domains((domain,)), None) is None else ""
