"""Every link of an issue, whether it stands in a text or in a key of its own, with its words and its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from composer.checks.passages import Source, fields_of
from composer.source import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from composer.checks.passages import Passage
    from composer.edition import Composition, Entry
    from composer.errors import Place
    from composer.source.tree import Loc

    _At = Callable[..., Place]


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """One link as it was written."""

    url: str
    """As it was typed: with its scheme, merge fields still in it."""
    text: str
    """The words that are clickable; empty where Composer makes them up (a publication's own title)."""
    source: Source
    loc: Loc
    """The way to the address, or to the text that holds it."""
    place: Callable[[], Place]
    """Finds where it was typed."""
    entry: Entry | None = None
    is_bare: bool = False
    """Whether its text is its address."""
    pages: int | None = None
    """How many pages the editor says the document has."""


def hyperlinks(composition: Composition, passages: Iterable[Passage]) -> Iterator[Hyperlink]:
    """The links of the texts in their order, then those of keys: publications, links, events, extra lines."""
    for passage in passages:
        yield from _in_text(passage)
    edition, issue, standing = composition.edition, composition.issue, composition.standing
    if edition is None or issue.value is None:
        return
    for entry in edition.updates:
        yield from _in_keys(entry.item, (), Source.ISSUE, entry.place_of, entry)
    for entry in edition.reminders:
        for name, value, source in fields_of(entry, issue.places):
            yield from _in_keys(value, (name,), source, entry.place_of, entry)
    yield from _in_keys(issue.value.tools, ("tools",), Source.ISSUE, issue.places.at)
    yield from _in_keys(standing.networks, (), Source.STANDING, standing.networks_at.at)


def _in_text(passage: Passage) -> Iterator[Hyperlink]:
    for anchor in passage.anchors:
        words, at = passage.text[anchor.start : anchor.end], partial(passage.place, anchor.start)
        yield Hyperlink(anchor.href, words, passage.source, passage.loc, at, passage.entry, anchor.is_bare)


def _in_keys(value: object, loc: Loc, source: Source, at: _At, entry: Entry | None = None) -> Iterator[Hyperlink]:
    match value:
        case Model():
            url = getattr(value, "url", None)
            if isinstance(url, str):
                where, text, pages = (*loc, "url"), getattr(value, "text", ""), getattr(value, "pages", None)
                yield Hyperlink(url, text, source, where, partial(at, *where), entry, pages=pages)
            for name in type(value).model_fields:
                yield from _in_keys(getattr(value, name), (*loc, name), source, at, entry)
        case tuple():
            for number, each in enumerate(value):
                yield from _in_keys(each, (*loc, number), source, at, entry)
