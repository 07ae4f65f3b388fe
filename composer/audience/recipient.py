"""The shapes that leave this room: `Recipient` and `Audience`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from composer.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from composer.audience.recipients import Recipients
    from composer.errors import Finding, Place
    from composer.source import Places


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who gets at most one message."""

    address: str
    """As it is written to: ASCII, the domain lower-cased (RFC 5321 §2.4), the local part as given."""
    key: str
    """The identity of the address: casefolded as a whole; what is equal here is the same person."""
    fields: Mapping[str, str]
    """The columns, by casefolded name; an empty cell is absent."""
    segments: frozenset[str]
    place: Place
    """The first row that named the address."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who is in some segment, one entry per address, in the order of the lists.

    `refused` and `duplicates` are warnings with file and line, the first of them; the rest of what is wrong comes
    beside the audience.
    """

    recipients: Recipients
    refused: tuple[Finding, ...]
    refused_total: int
    duplicates: tuple[Finding, ...]
    duplicates_total: int
    unreached: int
    """How many are on a list but in no segment."""
    segments: frozenset[str]
    """Every segment that `segments.yaml` names, with members or without."""
    empty: frozenset[str]
    """Those of them that nobody is in although all their lists could be read."""
    columns: frozenset[str]
    """Every column name of every list: what a merge field may name."""
    segments_at: Places
    """Where segments.yaml says what."""

    @property
    def memberships(self) -> Counter[frozenset[str]]:
        """How many people are in exactly these segments."""
        return self.recipients.memberships

    def counts(self, variant_of: Callable[[frozenset[str]], str]) -> Counter[str]:
        """How many people get each variant; `variant_of` gives its name for somebody's segments."""
        counts: Counter[str] = Counter()
        for segments, people in self.memberships.items():
            counts[variant_of(segments)] += people
        return counts

    def within(self, segment: str) -> Audience:
        """Only the people of one segment, each still with all the segments that say what they may see.

        Raises `UsageError` for a segment that `segments.yaml` does not name.
        """
        if segment not in self.segments:
            hint = did_you_mean(segment, self.segments)
            raise UsageError(f"there is no segment {segment!r} in segments.yaml" + (f" ({hint})" if hint else ""))
        return replace(self, recipients=self.recipients.within(segment))
