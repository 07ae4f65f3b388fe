"""The short lists of words in this folder: names, beginnings and endings, and what is right against a longer list."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

_FOLDER = Path(__file__).resolve().parent


@cache
def word_list(name: Literal["accepted", "people", "places", "prefixes", "suffixes", "variants"]) -> frozenset[str]:
    """The words of `NAME.txt`, in small letters; a line behind # says what they are."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
