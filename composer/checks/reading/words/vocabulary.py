"""The words that a newsletter has of its own: its names, and what it writes again and again."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from composer.checks.passages import Source
from composer.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

_NAMES = {"name", "organisation"}


class Vocabulary:
    """What an issue's editor writes on purpose, asked word by word."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of the settings and of the names in the standing files, in small letters, without `'s`."""
        return frozenset(word.stem.lower() for text in self._named() for word in words(text))

    def repeats(self, word: str) -> bool:
        """Whether a word was written more than once, in other texts of this issue or in an earlier one.

        A text that stands in two places, as a title does, is one text.
        """
        found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        if sum(len(found.findall(text)) for text in self._texts) > 1:
            return True
        return any(found.search(text) for text in self._earlier)

    def _named(self) -> Iterator[str]:
        newsletter = self._sheet.newsletter
        yield from (newsletter.name, newsletter.organisation, newsletter.address, newsletter.sender.name)
        yield from newsletter.checks.words
        for passage in self._sheet.passages:
            if passage.source is Source.STANDING and passage.key in _NAMES:
                yield passage.text

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(passage.text.replace("\u2019", "'") for passage in self._sheet.passages)

    @cached_property
    def _earlier(self) -> tuple[str, ...]:
        """The files of earlier issues as they were typed."""
        earlier = self._sheet.composition.earlier
        return tuple(loaded.places.raw.decode("utf-8", "replace").replace("\u2019", "'") for loaded in earlier)
