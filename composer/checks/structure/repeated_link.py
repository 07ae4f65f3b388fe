"""A link that an earlier issue had as news, or another item of this one.

The same address in two issues often means that the item is old news, or that an address was copied and not changed. An
item that says by its `id` that it goes on with the same story is left alone; so are links in the middle of a text, home
pages, links of the standing texts, pages where one registers, and pages that more than one earlier issue pointed to. Of
two items of one issue only documents are compared: a report that stands under both was copied along with the item.

Passes:

    # issues/652.yaml
    date: 2025-03-07
    updates:
      - id: kinship
        title: A guide to kinship care
        links: [{text: The guide, url: https://www.example.org/kinship-guide}]
    # issue.yaml
    updates:
      - id: kinship
        title: Kinship care again
        links: [{text: The guide, url: https://www.example.org/kinship-guide}]

Fails:

    # issues/652.yaml
    date: 2025-03-07
    updates:
      - title: A guide to kinship care
        links: [{text: The guide, url: https://www.example.org/kinship-guide}]
    # issue.yaml
    updates:
      - title: Help for grandparents
        links: [{text: The guide, url: https://www.example.org/kinship-guide}]
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from composer.checks.passages import Source
from composer.checks.reading.words.stories import named, title
from composer.checks.reading.words.wording import page
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from composer.checks.sheet import Sheet
    from composer.edition import Entry
    from composer.issue import Item

LEVEL = Level.WARNING

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|pptx?|xlsx?|odt)(?:[?#]|$)", re.IGNORECASE)
_TAKE_PART = re.compile(
    r"\b(?:book|regist(?:er|ration)|apply|sign up|subscribe|join|how to apply|all|more|home ?page|website|series)\b",
    re.IGNORECASE,
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for the addresses of each item among those of earlier issues, and its documents among this issue's."""
    yield from _twice_here(sheet)
    standing = {page(link.url) for link in sheet.links if link.source is Source.STANDING}
    earlier = _earlier(sheet)
    for entry in sheet.edition.updates:
        told = [(loc, url) for loc, url in _addresses(entry.item) if page(url) in earlier and page(url) not in standing]
        for loc, url in told[:1]:
            stories = earlier[page(url)]
            if len(stories) == 1 and entry.key not in {item.key for _, item in stories}:
                number, item = stories[0]
                message = f"this was also news in issue {number}, under {title(item)!r}"
                hint = f"leave it out if it is old news; if it is the same story, say so with `id: {item.key}`"
                yield Remark(entry.place_of(*loc), message, hint)


def _twice_here(sheet: Sheet) -> Iterator[Remark]:
    """Documents that stand under two items of this issue."""
    first: dict[str, Entry] = {}
    for entry in sheet.edition.updates:
        for index, link in enumerate(entry.item.links):
            if not (link.pages or _DOCUMENT.search(link.url)):
                continue
            before = first.setdefault(page(link.url), entry)
            if before is not entry:
                message = f"this document also stands under {named(before, sheet)}"
                place = entry.place_of("links", index, "url")
                yield Remark(place, message, "it was probably copied along: write this item's own address")


def _earlier(sheet: Sheet) -> Mapping[str, list[tuple[int, Item]]]:
    """The stories of earlier issues by their addresses, newest first; a story counts once."""
    found: dict[str, list[tuple[int, Item]]] = defaultdict(list)
    for loaded in sheet.composition.earlier:
        for item in loaded.value.updates if loaded.value else ():
            for address in {page(url) for _, url in _addresses(item)}:
                if item.key not in {each.key for _, each in found[address]}:
                    found[address].append((loaded.value.number if loaded.value else 0, item))
    return {address: stories for address, stories in found.items() if "/" in address}


def _addresses(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What an item is about, and where that stands: its publication, and links under it that register nobody."""
    publication = item.publication
    if publication and publication.url:
        yield ("publication", "url"), publication.url
    elif publication and publication.line:
        anchors = (anchor for block in read_markdown(publication.line, sentence=True) for anchor in block.anchors)
        yield from ((("publication", "line"), anchor.href) for anchor in anchors)
    for index, link in enumerate(item.links):
        if not _TAKE_PART.search(link.text):
            yield ("links", index, "url"), link.url
