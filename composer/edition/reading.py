"""The reading list: every publication of the last weeks, newest first, each address once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from composer.issue import ToolLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from composer.edition.carrying import Shelf
    from composer.issue import Issue, Publication
    from composer.source import Loaded

_ADDRESS = re.compile(r"https?://(?:[^\s()<>\[\]]|\([^\s()<>]*\))+", re.IGNORECASE)
_PARTS = re.compile(r"(\w+://[^/?#]*)([^?#]*)(.*)", re.DOTALL)
"""Scheme and host, path, the rest (RFC 3986, appendix B)."""


class Listed(NamedTuple):
    """A publication that the reading list may take, and who may see it."""

    publication: Publication
    audience: tuple[str, ...] | None
    distance: int
    """How many issues back; 0 is this issue."""


def reading_list(issue: Issue, earlier: Sequence[Loaded[Issue]], shelf: Shelf, weeks: int) -> tuple[ToolLine, ...]:
    """The lines of this issue and of those not older than `weeks`; of the same address the newest issue's.

    A line carries the audience of its item, so that a restricted publication is listed to nobody else, unless the same
    issue lists it for everybody too.
    """
    oldest = issue.date - timedelta(weeks=weeks)
    distinct: dict[str, Listed] = {}
    for listed in _candidates(issue, earlier, shelf):
        key = identity(listed.publication)
        other = distinct.setdefault(key, listed)
        if other.audience is not None and listed.audience is None and other.distance == listed.distance:
            distinct[key] = listed
    recent = [listed for listed in distinct.values() if _stands(listed, issue.date, oldest)]
    recent.sort(key=lambda listed: listed.publication.date, reverse=True)
    return tuple(_line(listed) for listed in recent)


def _stands(listed: Listed, on: date, oldest: date) -> bool:
    """Whether a line is still listed: always in its own issue, later while it is recent and of use."""
    publication = listed.publication
    is_of_use = publication.until is None or on <= publication.until
    return not listed.distance or (publication.date >= oldest and is_of_use)


def _candidates(issue: Issue, earlier: Sequence[Loaded[Issue]], shelf: Shelf) -> Iterable[Listed]:
    """Newest issue first; in each the items, then the extra lines."""
    found = [Listed(item.publication, item.audience, 0) for item in issue.updates if item.publication]
    found += [Listed(line, line.audience, 0) for line in issue.tools]
    for story in shelf.told():
        item = story.entry.item
        if item.publication:
            found.append(Listed(item.publication, item.audience, story.distance))
    found += _extra_lines(earlier)
    return sorted(found, key=lambda listed: listed.distance)


def _extra_lines(earlier: Sequence[Loaded[Issue]]) -> Iterator[Listed]:
    for distance, loaded in enumerate(earlier, start=1):
        for line in loaded.value.tools if loaded.value else ():
            yield Listed(line, line.audience, distance)


def identity(publication: Publication) -> str:
    """What makes two lines the same: their address; without one, the first address in the sentence, or its words."""
    if publication.url:
        return _address(publication.url)
    text = publication.line or f"{publication.by} {publication.title}"
    found = _ADDRESS.search(text)
    return _address(found[0].rstrip(".,;:!?")) if found else " ".join(text.casefold().split())


def _address(url: str) -> str:
    """An address with what servers do not distinguish taken away: the case of scheme and host, a last slash."""
    parts = _PARTS.match(url)
    return f"{parts[1].lower()}{parts[2].rstrip('/')}{parts[3]}" if parts else url


def _line(listed: Listed) -> ToolLine:
    if isinstance(listed.publication, ToolLine):
        return listed.publication
    return ToolLine.model_construct(audience=listed.audience, **vars(listed.publication))
