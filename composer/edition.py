"""An issue, the earlier ones and the standing files, merged for a date → `Edition`; filtered for an audience.

Interface fixed; the merging is being written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from composer.errors import Finding, Place
    from composer.issue import Issue, Item, Masthead, ToolLine
    from composer.settings import Newsletter, Section
    from composer.source import Loaded
    from composer.standing import Block, Contact, Network, Standing


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it prints: news, or a reminder with its provenance."""

    item: Item
    first_in: int
    """The number of the issue that first held it."""
    first_on: date
    place: Place
    """Where the item stands in its own issue's file."""
    contact: Contact | None = None

    @property
    def key(self) -> str:
        return self.item.key


@dataclass(frozen=True, slots=True)
class NetworkEntry:
    """A network with the meetings that are still to come and the contact it names."""

    network: Network
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class NetworkGroupEntry:
    heading: str
    networks: tuple[NetworkEntry, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that one update says, in print order. `seen_by` gives what one audience may see."""

    number: int
    date: date
    title: str
    """What the issue is called: "Update no 653"."""
    subject: str
    preheader: str
    masthead: Masthead
    intro: str | None
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    updates: tuple[Entry, ...]
    reminders: tuple[Entry, ...]
    networks: tuple[NetworkGroupEntry, ...]
    reading: tuple[ToolLine, ...]
    contacts: tuple[Contact, ...]

    @property
    def restricted_to(self) -> frozenset[str]:
        """The segments that some item or reading line is restricted to; only these make a difference."""
        raise NotImplementedError

    def seen_by(self, segments: frozenset[str]) -> Edition:
        """The edition as someone in `segments` may see it, its made subject and preheader made from that."""
        raise NotImplementedError

    def blocks_of(self, section: str) -> tuple[Block, ...]:
        """The standing texts of a section, in the order of the file."""
        return tuple(block for block in self.blocks if block.section == section)


@dataclass(frozen=True, slots=True)
class Variant:
    """One set of visible items, rendered once for everybody whose segments lead to it."""

    name: str
    """Names its folder: "everyone", or the segments that make the difference joined by "+"."""
    segments: frozenset[str]
    edition: Edition


def merge(
    issue: Loaded[Issue], earlier: Sequence[Loaded[Issue]], standing: Standing, newsletter: Newsletter
) -> tuple[Edition, tuple[Finding, ...]]:
    """The full edition of `issue` (its value present), and every mistake that only merging can see.

    `earlier` are the issues before it inside the window, newest first.
    """
    raise NotImplementedError


def variants(edition: Edition, memberships: Iterable[frozenset[str]]) -> tuple[Variant, ...]:
    """The distinct variants for people with these sets of segments, "everyone" (no segment) always first."""
    raise NotImplementedError
