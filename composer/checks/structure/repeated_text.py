"""A paragraph that stands under two items.

An item that is made by copying the one above it keeps a paragraph of it, and readers learn about poverty what was said
of schools. Eight words and more count, nearly word for word, with the same figures. What tells readers how to take part
may stand under many items, and so may a few words about the publisher of both. An extra line of the reading list that
another one holds is found too.

Passes:

    updates:
      - {title: Morning session, body: Please register with the email address that you use at work every day.}
      - {title: Evening session, body: Please register with the email address that you use at work every day.}

Fails:

    updates:
      - {title: Alternative provision, body: A review of how alternative provision is used and whom it helps.}
      - {title: Poverty, body: A review of how alternative provision is used and whom it helps.}
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from composer.checks.passages import Source
from composer.checks.reading.words.stories import about, named, tell_the_same
from composer.checks.reading.words.wording import numbers, topics, words
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet
    from composer.edition import Entry

LEVEL = Level.WARNING

_SHORTEST = 8
_NEARLY = 94
"""Of a hundred: how much of two paragraphs is the same."""
_DATES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b",
    re.IGNORECASE,
)
_TAKE_PART = re.compile(
    r"\b(?:regist(?:er|ration)|book(?:ing)?s?|places?|apply|applications?|contact|email|subscribe|sign(?:ing)? up|"
    r"download|further (?:details|information)|find out more|more information|invit(?:e|ed|ation)|hosted|joining|"
    r"deadline|free of charge|recorded|recording)\b",
    re.IGNORECASE,
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Put the paragraphs of this issue beside those that have as good as all of their words in common."""
    seen: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    yield from _lines(sheet)
    for passage in sorted(sheet.passages, key=lambda passage: passage.source is Source.ISSUE):
        rows = _rows(passage)
        if passage.source is Source.ISSUE:
            common = Counter(chain.from_iterable(map(id, seen[row]) for row in rows))
            near = [other for other in _each(seen, rows) if common[id(other)] * 2 > len(rows)]
            yield from (remark for other in near for remark in _remarks(passage, other, sheet))
        for row in rows:
            seen[row].append(passage)


def _lines(sheet: Sheet) -> Iterator[Remark]:
    """Extra lines of the reading list that another one holds too, as when two of them ran into one."""
    lines = [passage for passage in sheet.written if passage.loc[0] == "tools" and passage.key == "line"]
    for number, line in enumerate(lines):
        text = line.text.strip().rstrip(".")
        others = [other for at, other in enumerate(lines) if at < number or len(other.text) > len(line.text)]
        holders = [other for other in others if text in other.text]
        if holders and len(words(text)) >= _SHORTEST:
            message = f"all of this also stands in line {holders[0].place().line}"
            yield Remark(line.place(), message, "take it out of one of the two")


def _rows(passage: Passage) -> frozenset[tuple[str, ...]]:
    """All three words in a row of a paragraph that counts; none of one that does not."""
    if passage.key != "body" or passage.entry is None or passage.kind is BlockKind.HEADING:
        return frozenset()
    spoken = words(passage.text)
    if len(spoken) < _SHORTEST or _TAKE_PART.search(passage.text):
        return frozenset()
    return frozenset(zip(spoken, spoken[1:], spoken[2:], strict=False))


def _each(seen: Mapping[tuple[str, ...], list[Passage]], rows: Iterable[tuple[str, ...]]) -> Iterable[Passage]:
    return {id(passage): passage for row in rows for passage in seen[row]}.values()


def _remarks(passage: Passage, other: Passage, sheet: Sheet) -> Iterator[Remark]:
    here, there = passage.entry, other.entry
    if here is None or there is None or not _is_the_same(passage.text, other.text):
        return
    if here is there:
        yield Remark(passage.place(), "this paragraph stands twice in the item", "take one of the two out")
    elif not tell_the_same(here.item, there.item) and not _is_of_publisher(passage.text, here, there):
        if other.source is Source.ISSUE and _kinship(other, there) < _kinship(passage, here):
            passage, there = other, here
        message = f"this paragraph also stands under {named(there, sheet)}"
        yield Remark(passage.place(), message, "it was probably copied along: write this item's own, or take it out")


def _is_the_same(first: str, second: str) -> bool:
    """Whether two paragraphs agree in all figures and days, and nearly word for word."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - most issues never ask

    if numbers(first) != numbers(second) or _DATES.findall(first) != _DATES.findall(second):
        return False
    return fuzz.ratio(" ".join(words(first)), " ".join(words(second)), score_cutoff=_NEARLY) > 0


def _kinship(passage: Passage, entry: Entry) -> int:
    """How many words a paragraph shares with what the item says of itself elsewhere."""
    return len(topics(passage.text) & about(entry.item))


def _is_of_publisher(text: str, first: Entry, second: Entry) -> bool:
    """Whether both items are of one publisher, whom the paragraph names."""
    publishers = {entry.item.publication.by for entry in (first, second) if entry.item.publication}
    publisher = next(iter(publishers)) if len(publishers) == 1 else None
    both = first.item.publication is not None and second.item.publication is not None
    return both and publisher is not None and publisher.removeprefix("the ").casefold() in text.casefold()
