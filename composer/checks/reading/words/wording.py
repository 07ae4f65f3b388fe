"""What a text is about: its sentences, its words without their endings, and how near two wordings are."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from composer.issue import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_END = re.compile(r"[.!?][)\u201d\u2019\"']*\s+(?![a-z\s])")
_ENDING = re.compile(r"(?:'s|s'|ies|ing|ed|es|s)$")
_SHORTEST_STEM = 3
_REMEMBERED = 4096
"""Rules ask for the same texts again and again."""

_LITTLE = """
    a about above across after all also although an and any are around as at available be been before being below
    between both but by can could day did do does each england every find first for from full further get give had has
    have he help her here hers him his how i if in into is it its january february march april may june july august
    september october november december just last learning like local look made make many me more most much must my
    national need new no not now of off on one only or other our out over own part people please published read report
    said same say see set she should since so some such take than that the their them then there these they this those
    three through to two under up us use used uk was way we week well were what when where which while who whom whose
    why will with within without work working would year years you young your child children
"""
_EMPTY = frozenset(_LITTLE.split())
"""Words that any item of such a newsletter may hold, and that say nothing of what it is about."""


@lru_cache(_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The words in lower case without accents; a straight apostrophe is a curly one's equal."""
    return tuple(_WORD.findall(unaccented(text).replace("\u2019", "'")))


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """A word in lower case without plural, possessive, -ing and -ed; two forms of a word have the same."""
    bare = _ENDING.sub("", word)
    bare = bare if len(bare) >= _SHORTEST_STEM else word
    return bare.rstrip("eiy") if len(bare) > _SHORTEST_STEM else bare


@lru_cache(_REMEMBERED)
def topics(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    return frozenset(stem(word) for word in words(text) if word not in _EMPTY and len(word) > 1)


@lru_cache(_REMEMBERED)
def numbers(text: str) -> tuple[str, ...]:
    """Everything in a text that is written with figures, in its order."""
    return tuple(re.findall(r"\d+", text))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends; a full stop inside a number or before a small letter ends none."""
    ends = [found.end() for found in _END.finditer(text)]
    yield from pairwise(dict.fromkeys((0, *ends, len(text))))


def sentence_at(text: str, index: int) -> tuple[int, int]:
    """The sentence that a character belongs to."""
    return next(((start, end) for start, end in sentences(text) if start <= index < end), (0, len(text)))


@lru_cache(_REMEMBERED)
def page(url: str) -> str:
    """What tells one web page from another: no scheme, "www.", fragment, slash at the end or tracking; "" for none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"}:
        return ""
    query = "&".join(part for part in parts.query.split("&") if not part.lower().startswith("utm_"))
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
