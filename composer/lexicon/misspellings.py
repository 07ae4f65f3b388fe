"""Common misspellings and what was meant: codespell's list, without what is right in British English."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from composer.lexicon.dictionary import is_known
from composer.lexicon.lists import word_list

_MORE = {"yearold": ("year-old",), "yearolds": ("year-olds",)}
"""What is left of a hyphen at the end of a line, pasted."""


def corrections(word: str) -> tuple[str, ...]:
    """What a misspelt word may have been meant to be, likeliest first; nothing where it is no common misspelling.

    The word in small letters; two letters say too little to be judged.
    """
    if len(word) <= 2 or word in word_list("accepted"):  # noqa: PLR2004 - "fo", "te"
        return ()
    if word in _MORE:
        return _MORE[word]
    if is_known(word) or is_known(word.capitalize()):
        return ()
    lines = _lines()
    at = bisect_left(lines, f"{word}->")
    if at == len(lines) or not lines[at].startswith(f"{word}->"):
        return ()
    return tuple(right.strip() for right in lines[at].partition("->")[2].split(",") if right.strip())


@cache
def _lines() -> tuple[str, ...]:
    """The list, `wrong->right, right,` a line, in small letters on the left, sorted; without disputed entries."""
    text = read_list("dictionary.txt")
    lines = [line if line[0].islower() else _lowered(line) for line in text.splitlines() if "disabled " not in line]
    return tuple(sorted(lines))


def _lowered(line: str) -> str:
    wrong, arrow, right = line.partition("->")
    return wrong.lower() + arrow + right


def read_list(name: str) -> str:
    """A file of codespell's data; its code, which is slow to import, is not run."""
    found = find_spec("codespell_lib")
    [folder] = (found.submodule_search_locations if found else None) or [""]
    return (Path(folder) / "data" / name).read_text(encoding="utf-8")
