"""Every text of an issue as its reader reads it, with the place of each of its letters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from composer.prose import MARKDOWN, SENTENCES, read_markdown, read_words, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from composer.edition import Composition, Entry
    from composer.errors import Place
    from composer.prose import Anchor, Block, BlockKind
    from composer.source import Places
    from composer.source.tree import Loc

    _Inside = Callable[[Loc, str, int], Place]

_WORDS = {
    "alt", "by", "heading", "more", "name", "organisation", "place", "preheader", "role", "strapline", "subject",
    "text", "title", "verb",
}  # fmt: skip


class Source(StrEnum):
    """Where a text was written."""

    ISSUE = "issue"
    """In this issue, the new text of a reminder included."""
    REMINDER = "reminder"
    """In an earlier issue, and carried forward."""
    STANDING = "standing"
    """In a standing file, or in newsletter.yaml."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text, a title or a name."""

    block: Block
    value: str
    """The whole text as it was typed, of which this is one block."""
    loc: Loc
    """The way to it: inside the item where it belongs to one, else inside its file."""
    source: Source
    written_on: date
    """The date of the issue in which it was first printed: by this its words are meant."""
    inside: _Inside
    entry: Entry | None = None
    """The item it belongs to."""

    @property
    def text(self) -> str:
        """What the reader reads."""
        return self.block.text

    @property
    def kind(self) -> BlockKind:
        """Paragraph, heading, entry of a list, quotation, or a line that is no Markdown."""
        return self.block.kind

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The links in it."""
        return self.block.anchors

    @property
    def key(self) -> str:
        """The key under which it stands: "body", "title"."""
        return next(part for part in reversed(self.loc) if isinstance(part, str))

    @property
    def is_prose(self) -> bool:
        """Whether it is Markdown: sentences, and not a title or a name."""
        return self.key in MARKDOWN or self.key in SENTENCES

    @property
    def is_carried(self) -> bool:
        """Whether it was written for an earlier issue."""
        return self.source is Source.REMINDER

    def place(self, index: int = 0) -> Place:
        """Where the character `index` of the text was typed."""
        offsets = self.block.offsets
        return self.inside(self.loc, self.value, offsets[min(max(index, 0), len(offsets) - 1)])


@dataclass(frozen=True, slots=True)
class _Origin:
    """What all passages of one value share."""

    source: Source
    written_on: date
    inside: _Inside
    entry: Entry | None = None

    def passages(self, value: object, loc: Loc) -> Iterator[Passage]:
        """The passages of all texts in a value that stands at `loc`."""
        for where, text in texts(value, *loc):
            for block in _blocks(where, text):
                if block.text.strip():
                    yield Passage(block, text, where, self.source, self.written_on, self.inside, self.entry)


def passages(composition: Composition) -> Iterator[Passage]:
    """The texts of an edition in the order of its files: the issue, what it carries, the standing files."""
    issue, edition, standing = composition.issue, composition.edition, composition.standing
    if issue.value is None or edition is None:
        return
    today = issue.value.date
    here = _Origin(Source.ISSUE, today, issue.places.inside)
    for key in ("subject", "preheader", "intro", "masthead"):
        yield from here.passages(getattr(issue.value, key), (key,))
    if edition.masthead_at and issue.value.masthead is None:
        yield from _Origin(Source.STANDING, today, edition.masthead_at.inside).passages(edition.masthead, ())
    for entry in edition.updates:
        yield from _Origin(Source.ISSUE, today, entry.origin.inside, entry).passages(entry.item, ())
    for entry in edition.reminders:
        yield from _of_reminder(entry, issue.places, today)
    yield from here.passages(issue.value.tools, ("tools",))
    for value, places in (
        (standing.networks, standing.networks_at),
        (standing.blocks, standing.blocks_at),
        (standing.contacts, standing.contacts_at),
    ):
        yield from _Origin(Source.STANDING, today, places.inside).passages(value, ())


def fields_of(entry: Entry, here: Places) -> Iterator[tuple[str, object, Source]]:
    """The fields of a reminder, and who wrote each last: the issue of the file `here`, or an earlier one."""
    for field in type(entry.item).model_fields:
        source = Source.ISSUE if entry.origin.wrote(field) is here else Source.REMINDER
        yield field, getattr(entry.item, field), source


def _of_reminder(entry: Entry, here: Places, today: date) -> Iterator[Passage]:
    """Its texts; what the issue `here` wrote anew belongs to the issue."""
    for field, value, source in fields_of(entry, here):
        written_on = today if source is Source.ISSUE else entry.first_on
        yield from _Origin(source, written_on, entry.origin.inside, entry).passages(value, (field,))


def _blocks(loc: Loc, text: str) -> tuple[Block, ...]:
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if key in MARKDOWN:
        return read_markdown(text)
    if key in SENTENCES:
        return read_markdown(text, sentence=True)
    return (read_words(text),) if key in _WORDS else ()
