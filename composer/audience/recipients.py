"""Everybody who gets the newsletter: counted, looked up, or gone through as often as needed, never all in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from composer.audience.recipient import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.audience.census import Census
    from composer.audience.people import People
    from composer.audience.person import Person
    from composer.audience.sorter import Sorter


class Recipients:
    """Whoever is in some segment, and in all of those that are required, in the order of the lists."""

    def __init__(
        self, people: People, sorter: Sorter, census: Census, *, required: frozenset[str] = frozenset()
    ) -> None:
        self._people = people
        self._sorter = sorter
        self._census = census
        self._required = required

    def __iter__(self) -> Iterator[Recipient]:
        return self._all_received(self._people)

    def __len__(self) -> int:
        return self.memberships.total()

    def of_address(self, key: str) -> Recipient | None:
        """Who has this address (casefolded), if it is anybody here."""
        person = self._people.of_address(key)
        return self._received(person) if person else None

    def domains(self, at_least: int = 1) -> Iterator[tuple[str, int]]:
        """The domains that so many people on the lists or more are at, and how many are, by name.

        Those in no segment are counted too. There may be as many domains as people: take them one by one.
        """
        return self._people.domains(at_least)

    def at_domains(self, domains: Iterable[str]) -> Iterator[Recipient]:
        """Whoever is at one of these domains (casefolded)."""
        return self._all_received(self._people.at_domains(domains))

    def of_local_parts(self, words: Iterable[str]) -> Iterator[Recipient]:
        """Whoever has one of these (casefolded) in front of the @."""
        return self._all_received(self._people.of_local_parts(words))

    def within(self, segment: str) -> Recipients:
        """Those of them who are in this segment."""
        return Recipients(self._people, self._sorter, self._census, required=self._required | {segment})

    @property
    def memberships(self) -> Counter[frozenset[str]]:
        """How many people are in exactly these segments."""
        everybody = self._census.people.items()
        return Counter({segments: people for segments, people in everybody if self._is_here(segments)})

    @property
    def filled(self) -> Counter[str]:
        """How many people have something in each column."""
        filled: Counter[str] = Counter()
        for segments in self.memberships:
            filled.update(self._census.filled[segments])
        return filled

    def _all_received(self, people: Iterable[Person]) -> Iterator[Recipient]:
        return filter(None, map(self._received, people))

    def _received(self, person: Person) -> Recipient | None:
        segments = self._sorter.segments_of(person.lists, person.fields)
        if not self._is_here(segments):
            return None
        return Recipient(person.address, person.key, person.fields, segments, person.place)

    def _is_here(self, segments: frozenset[str]) -> bool:
        return bool(segments) and self._required <= segments
