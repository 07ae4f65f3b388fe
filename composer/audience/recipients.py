"""Everybody who gets the newsletter, to be gone through as often as needed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.audience.recipient import Recipient


class Recipients:
    """The recipients in the order of the lists, sized, each address once."""

    def __init__(self, people: Iterable[Recipient]) -> None:
        self._people = {person.key: person for person in people}

    def __iter__(self) -> Iterator[Recipient]:
        return iter(self._people.values())

    def __len__(self) -> int:
        return len(self._people)

    def of_address(self, key: str) -> Recipient | None:
        """Who has this address (casefolded), if it is anybody here."""
        return self._people.get(key)

    def within(self, segment: str) -> Recipients:
        """Those of one segment."""
        return Recipients(person for person in self if segment in person.segments)

    @property
    def memberships(self) -> Counter[frozenset[str]]:
        """How many people are in exactly these segments."""
        return Counter(person.segments for person in self)

    @property
    def filled(self) -> Counter[str]:
        """How many people have something in each column."""
        return Counter(name for person in self for name in person.fields)
