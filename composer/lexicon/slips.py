"""A slip of the finger: a word that nobody knows, one letter away from one that everybody knows.

One letter missing, one too many, a wrong one, or two swapped (a distance of 1 by Damerau and Levenshtein).
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from composer.lexicon.british import british
from composer.lexicon.dictionary import common_words, is_known, is_name
from composer.lexicon.lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 5
SHORTEST_NAME = 6
LONG = 7
LONG_PLACE = 9
_ENDINGS = frozenset(
    {("", "s"), ("s", ""), ("", "d"), ("d", ""), ("r", "d"), ("d", "r"), ("r", "s"), ("s", "r"), ("rs", "s")}
)
"""What a word may end in, and its neighbour: two forms of one word, or of one that no dictionary has."""


def slip(word: str) -> tuple[str, ...]:
    """The common words that may have been meant by a word in small letters; none where it is no slip."""
    if len(word) < SHORTEST or not _is_ascii_word(word) or word in word_list("variants") or _is_made_of_words(word):
        return ()
    common = common_words()
    return tuple(dict.fromkeys(near for near in _nearest(word) if near in common and _is_likely(word, near)))


def slip_of_name(word: str, names: frozenset[str] = frozenset(), *, is_alone: bool = True) -> str:
    """The place, name or common word that was meant by a capitalised word; empty where there is none.

    `names` are those that the newsletter knows, in small letters. Real names are often one letter away from others, so
    two letters must be swapped; only in a long one of `places.txt` may one be missing or too many. A word beside
    another with a capital (not `is_alone`) is taken for a person's.
    """
    lower = word.lower()
    if len(word) < SHORTEST_NAME or not _is_ascii_word(lower) or is_known(word) or lower in names or _is_name(lower):
        return ""
    places = word_list("places")
    for near in _swapped(lower):
        if near in names or near in places or (is_alone and is_name(near.capitalize())):
            return near.capitalize()
    for near in (*_shortened(lower), *_lengthened(lower)):
        if near in places and len(near) >= LONG_PLACE:
            return near.capitalize()
    if len(word) < LONG or _is_made_of_words(lower):
        return ""
    return next((near.capitalize() for near in _swapped(lower) if near in common_words()), "")


def _is_name(word: str) -> bool:
    return word in word_list("people") or word in word_list("places")


def _is_ascii_word(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_made_of_words(word: str) -> bool:
    """Whether it is known, or is American, or made of what is known: "neurodivergent", "caseworker"."""
    if is_known(word) or is_known(word.capitalize()) or british(word) or word in word_list("places"):
        return True
    if any(word.startswith(prefix) and _is_part(word[len(prefix) :]) for prefix in word_list("prefixes")):
        return True
    if any(word.endswith(suffix) and _is_stem(word[: -len(suffix)]) for suffix in word_list("suffixes")):
        return True
    return any(_is_part(word[:at]) and _is_part(word[at:]) for at in range(4, len(word) - 3))


def _is_part(part: str) -> bool:
    return len(part) >= 4 and is_known(part)  # noqa: PLR2004 - shorter ones are in everything


def _is_stem(stem: str) -> bool:
    """Whether it is a word, with the e or the doubling that an ending takes."""
    if len(stem) < 4:  # noqa: PLR2004 - as above
        return False
    return is_known(stem) or is_known(f"{stem}e") or (stem[-1] == stem[-2] and is_known(stem[:-1]))


def _nearest(word: str) -> Iterator[str]:
    """Every word at a distance of 1, the likeliest kinds of slip first; a wrong letter counts in long words alone."""
    yield from _swapped(word)
    yield from _lengthened(word)
    yield from _shortened(word)
    if len(word) >= LONG:
        yield from (word[:at] + letter + word[at + 1 :] for at in range(1, len(word)) for letter in ascii_lowercase)


def _swapped(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shortened(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _lengthened(word: str) -> Iterator[str]:
    return (word[:at] + letter + word[at:] for at in range(1, len(word) + 1) for letter in ascii_lowercase)


def _is_likely(word: str, near: str) -> bool:
    """Whether the one is a slip for the other, and not another form of it."""
    shared = next((at for at, (one, other) in enumerate(zip(word, near, strict=False)) if one != other), None)
    at = min(len(word), len(near)) if shared is None else shared
    if (word[at:], near[at:]) in _ENDINGS:
        return False
    return len(near) >= SHORTEST and (at > 0 or sorted(word) == sorted(near))
