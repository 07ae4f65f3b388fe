"""The words of a text, each with its place; what is no word (an address, a file, a handle) is passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = "\ufffc"
"""Stands for every character of what is not to be read."""

_ENDINGS = (
    "ac|app|biz|charity|co|com|edu|eu|foundation|gov|info|int|io|london|ly|net|nhs|online|org|police|sch|tv|uk|wales|"
    "csv|docx?|gif|html?|ics|jpe?g|js|mp3|mp4|pdf|png|pptx?|txt|xlsx?|xml|ya?ml|zip"
)
_ADDRESS = re.compile(
    r"[^\s<>()\"\u2018\u2019\u201c\u201d\ufffc]*(?:://|@[\w-]+\.|\bwww\.)[^\s<>()\"\u2018\u2019\u201c\u201d\ufffc]*[\w/]"
    rf"|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?:/[^\s<>()\"\u2018\u2019\u201c\u201d\ufffc]*[\w/])?"
    r"|(?<![\w&])[@#]\w+",
    re.IGNORECASE,
)
_JOINTS = "-\u2010\u2011/&+"
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word where it stands; apostrophes are straight."""

    text: str
    start: int
    """The index of its first character."""
    is_whole: bool
    """Whether it stands by itself: no part of `A-level`, `3rd` or `and/or`."""
    opens: bool
    """Whether a sentence begins with it, or a text."""

    @property
    def is_plain(self) -> bool:
        """Whether it is written as words are: "word" or "Word", and not "DfE" or "NHS"."""
        return self.text[1:].islower() or (len(self.text) == 1 and self.text.isalpha())

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def stem(self) -> str:
        """The word without the `'s` of possession."""
        return self.text[:-2] if self.text.endswith(("'s", "'S")) else self.text


@lru_cache(maxsize=2048)
def without_addresses(text: str) -> str:
    """The text with every web or email address, file name and handle blanked, every other character in its place.

    Several rules ask it of the same texts, one after the other; so too `words`.
    """
    if "." not in text and "@" not in text and "#" not in text and "://" not in text:
        return text
    return _ADDRESS.sub(lambda found: BLANK * len(found[0]), text)


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in their order; letters that touch a digit or an underscore are none."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    text, end = without_addresses(text), 0
    for found in _WORD.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        opens = _opens(text[end : found.start()]) or end == 0
        end = found.end()
        if _is_in_one(before) or _is_in_one(after):
            continue
        is_whole = not (before in _JOINTS and before) and not (after in _JOINTS and after)
        yield Word(found[0].replace("\u2019", "'"), found.start(), is_whole, opens)


def _is_in_one(neighbour: str) -> bool:
    return neighbour.isdigit() or neighbour in {"_", BLANK}


def _opens(between: str) -> bool:
    """Whether what stands between two words ends a sentence."""
    return any(mark in between for mark in (".", "!", "?", "•", "\n"))
