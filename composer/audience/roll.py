"""All lists read together: everybody once, with every row that had to be refused and every one that repeats."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from composer.audience.lists import Entry, opened, refused
from composer.audience.person import Person, first_name
from composer.errors import Finding, Level


@dataclass(slots=True)
class Roll:
    """The people by the identity of their address, and what was wrong with the lists."""

    people: dict[str, Person] = field(default_factory=dict)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    """The columns of each list, none for a list that cannot be read."""
    refused: list[Finding] = field(default_factory=list)
    duplicates: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Errors: a list, or the rest of one, is lost."""
    _memberships: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def add(self, name: str, raw: bytes, path: str) -> None:
        """Read one list, after those that were added before it."""
        found = opened(raw, path)
        if isinstance(found, Finding):
            self.lists[name] = frozenset()
            self.findings.append(found)
            return
        self.lists[name] = frozenset(filter(None, found.columns))
        for entry in found.entries():
            if isinstance(entry, Entry):
                self._enter(entry, name)
            else:
                (self.findings if entry.level is Level.ERROR else self.refused).append(entry)

    def _enter(self, entry: Entry, name: str) -> None:
        key = entry.address.casefold()
        person = self.people.setdefault(
            key, Person(entry.address, entry.fields, self._membership(frozenset((name,))), entry.place)
        )
        if person.fields is not entry.fields:
            why = f"{entry.address} stands at {person.place} already"
            hint = "that row counts; this one fills its empty cells and adds its groups"
            self.duplicates.append(refused(entry.place, "duplicate", why, hint))
            person.learn(entry.fields)
            person.lists = self._membership(person.lists | {name})

    def _membership(self, lists: frozenset[str]) -> frozenset[str]:
        return self._memberships.setdefault(lists, lists)

    def name_people(self) -> None:
        """Give everybody a `first_name` from their `name`, unless one of their lists has a column for it."""
        for person in self.people.values():
            if not any("first_name" in self.lists[name] for name in person.lists):
                derived = first_name(person.fields.get("name", ""))
                if derived:
                    person.fields["first_name"] = sys.intern(derived)

    @property
    def columns(self) -> frozenset[str]:
        """Every column of every list, with the `first_name` that a `name` brings along."""
        columns = frozenset().union(*self.lists.values())
        return columns | {"first_name"} if "name" in columns else columns
