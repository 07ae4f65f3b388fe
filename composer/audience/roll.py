"""All lists read together: everybody once, with every row that had to be refused and every one that repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from composer.audience.lists import Entry, opened, refused
from composer.audience.people import People
from composer.errors import Finding, Level

if TYPE_CHECKING:
    from typing import BinaryIO

NAMED = 10_000
"""So many refused rows are named, and so many repeated ones; the others are counted."""


@dataclass(slots=True)
class Roll:
    """The people by the identity of their address, and what was wrong with the lists."""

    people: People = field(default_factory=People)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    """The columns of each list, none for a list that cannot be read."""
    refused: list[Finding] = field(default_factory=list)
    refused_total: int = 0
    duplicates: list[Finding] = field(default_factory=list)
    duplicates_total: int = 0
    findings: list[Finding] = field(default_factory=list)
    """Errors: a list, or the rest of one, is lost."""

    def add(self, name: str, raw: bytes | BinaryIO, path: str) -> None:
        """Read one list, after those that were added before it."""
        found = opened(raw, path)
        if isinstance(found, Finding):
            self.lists[name] = frozenset()
            self.findings.append(found)
            return
        self.lists[name] = frozenset(filter(None, found.columns))
        self.people.begin(name, path, tuple(filter(None, found.columns)))
        for entry in found.entries():
            if isinstance(entry, Entry):
                self._enter(entry)
            elif entry.level is Level.ERROR:
                self.findings.append(entry)
            else:
                self._refuse(entry)

    def _enter(self, entry: Entry) -> None:
        first = self.people.enter(entry)
        if first is not None:
            self.duplicates_total += 1
            if self.duplicates_total <= NAMED:
                why = f"{entry.address} stands at {first} already"
                hint = "that row counts; this one fills its empty cells and adds its groups"
                self.duplicates.append(refused(entry.place, "duplicate", why, hint))

    def _refuse(self, finding: Finding) -> None:
        self.refused_total += 1
        if self.refused_total <= NAMED:
            self.refused.append(finding)

    @property
    def columns(self) -> frozenset[str]:
        """Every column of every list, with the `first_name` that a `name` brings along."""
        columns = frozenset().union(*self.lists.values())
        return columns | {"first_name"} if "name" in columns else columns
