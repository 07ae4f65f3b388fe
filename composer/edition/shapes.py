"""What an edition is made of, in print order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from composer.edition import headline

if TYPE_CHECKING:
    from datetime import date

    from composer.errors import Place
    from composer.issue import Item, Masthead, ToolLine
    from composer.settings import Section
    from composer.source import Places
    from composer.standing import Block, Contact, Network


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item was written, not yet looked up.

    The lines of a file cost 40 ms of parsing, and most items are never complained about.
    """

    places: Places
    loc: tuple[str | int, ...]
    """The item's own path in that file: `("updates", 3)`."""
    fields: frozenset[str] | None = None
    """The fields that were written here; None: all of them."""
    before: Origin | None = None
    """Where the other fields were written: the origin that an edit changed."""

    def place(self, *loc: str | int, line: int = 0) -> Place:
        """The place of a value inside the item, in the file that wrote it last."""
        if loc and self.before and self.fields is not None and loc[0] not in self.fields:
            return self.before.place(*loc, line=line)
        return self.places.at(*self.loc, *loc, line=line)

    def inside(self, loc: tuple[str | int, ...], value: str, index: int) -> Place:
        """The place of the character `index` of the text `value` of the item, in the file that wrote it last."""
        if self.before and self.fields is not None and loc[0] not in self.fields:
            return self.before.inside(loc, value, index)
        return self.places.inside((*self.loc, *loc), value, index)

    def wrote(self, field: str) -> Places:
        """The places of the file that wrote a field of the item last."""
        if self.before and self.fields is not None and field not in self.fields:
            return self.before.wrote(field)
        return self.places

    @property
    def first(self) -> Origin:
        """Where the item itself was written, before all edits."""
        return self.before.first if self.before else self


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it prints: news, or a reminder with its provenance."""

    item: Item
    first_in: int
    """The number of the issue that first held it."""
    first_on: date
    origin: Origin
    contact: Contact | None = None

    @property
    def key(self) -> str:
        """The id by which issues name the item."""
        return self.item.key

    @property
    def place(self) -> Place:
        """Where the item stands in its own issue's file."""
        return self.origin.first.place()

    def place_of(self, *loc: str | int, line: int = 0) -> Place:
        """Where a value of the item stands, in the file that wrote it last: `entry.place_of("body", line=3)`."""
        return self.origin.place(*loc, line=line)


@dataclass(frozen=True, slots=True)
class NetworkEntry:
    """A network with the meetings that are still to come and the contact it names."""

    network: Network
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class NetworkGroupEntry:
    """Networks under one heading, none of them empty."""

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
    masthead_at: Origin | None = None
    """Where the masthead was written: in the issue, else in newsletter.yaml."""
    makes_subject: bool = False
    """Whether the subject is made from the titles, so that each audience has its own."""
    makes_preheader: bool = False

    @property
    def audiences(self) -> frozenset[frozenset[str]]:
        """The different sets of segments that items or reading lines are restricted to."""
        restricted = [entry.item.audience for entry in (*self.updates, *self.reminders)]
        restricted += [line.audience for line in self.reading]
        return frozenset(frozenset(audience) for audience in restricted if audience is not None)

    @property
    def restricted_to(self) -> frozenset[str]:
        """The segments that some item or reading line is restricted to; only these make a difference."""
        return frozenset().union(*self.audiences)

    def seen_by(self, segments: frozenset[str]) -> Edition:
        """The edition as someone in `segments` may see it, its made subject and preheader made from that."""

        def may_see(audience: tuple[str, ...] | None) -> bool:
            return audience is None or not segments.isdisjoint(audience)

        visible = replace(
            self,
            updates=tuple(entry for entry in self.updates if may_see(entry.item.audience)),
            reminders=tuple(entry for entry in self.reminders if may_see(entry.item.audience)),
            reading=tuple(line for line in self.reading if may_see(line.audience)),
        )
        return visible.headlined()

    def headlined(self) -> Edition:
        """The edition with its subject and preheader made anew, unless the editor gave them."""
        titled = replace(self, subject=headline.subject(self)) if self.makes_subject else self
        return replace(titled, preheader=headline.preheader(titled)) if self.makes_preheader else titled

    def blocks_of(self, section: str) -> tuple[Block, ...]:
        """The standing texts of a section, in the order of the file."""
        return tuple(block for block in self.blocks if block.section == section)
