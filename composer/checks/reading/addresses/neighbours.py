"""Which of the domains that many people are at another domain was meant to be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from composer.checks.reading.addresses.slips import is_slip, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 6
"""Names with fewer letters are too often one letter away from another real one."""
_BRITISH = frozenset({"gov", "ac", "sch", "nhs", "police"})
"""Kinds of domains below `uk` that elsewhere are none."""

_Around = tuple[str, str]
"""What stands in front of a label, and behind it."""


class Neighbours:
    """Domains with many people, to be asked for the one that a domain is a slip away from."""

    def __init__(self, common: Iterable[tuple[str, int]]) -> None:
        self._people = dict(common)
        self._labels: defaultdict[tuple[_Around, str], set[str]] = defaultdict(set)
        for domain in self._people:
            for around, label in _parts(domain):
                for rest in shortened(label) if len(label) >= _SHORTEST else ():
                    self._labels[around, rest].add(label)

    def of(self, domain: str) -> str:
        """The domain that was meant, and how many are there, for a hint; "" where none is."""
        right = self._nearest(domain)
        return f"{right}, where {self._people[right]} others are" if right else ""

    def _nearest(self, domain: str) -> str:
        if domain.rpartition(".")[2] in _BRITISH and f"{domain}.uk" in self._people:
            return f"{domain}.uk"
        for (before, behind), label in _parts(domain) if self._labels else ():
            near = {label for rest in shortened(label) for label in self._labels.get(((before, behind), rest), ())}
            meant = [known for known in sorted(near) if is_slip(label, known)]
            if meant:
                return f"{before}{meant[0]}{behind}"
        return ""


def _parts(domain: str) -> Iterable[tuple[_Around, str]]:
    """Every label but the last with what is around it."""
    labels = domain.split(".")
    for at, label in enumerate(labels[:-1]):
        before, behind = ".".join([*labels[:at], ""]), ".".join(["", *labels[at + 1 :]])
        yield (before, behind), label
