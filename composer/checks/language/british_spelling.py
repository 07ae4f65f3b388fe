"""An American spelling in the editor's own words.

"organization", "color", "behavior", "center", and "program" where it is no computer's. What others wrote keeps its
spelling: titles of publications, links that read like a title, quotations, italics, names ("World Health
Organization", "Center for Autism"), addresses. `checks: {spelling: any}` in newsletter.yaml turns this off.

Passes:

    updates:
      - title: An item
        body: The World Health Organization published *Color and behavior* about every organisation in our programme.

Fails:

    updates:
      - {title: An item, body: Every organization in the region may join the program.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import own_text
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import british, is_foreign, word_list, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.lexicon import Word

LEVEL = Level.WARNING

_NAMES = {"by", "name", "organisation", "place"}
_COMPUTING = re.compile(
    r"\b(?:comput|software|cod(?:e|ing)|app\b|apps\b|algorithm|robot|language|licen[cs]e)", re.IGNORECASE
)
_PROGRAM = re.compile(r"program(s?)")
_DOING = {"can", "could", "may", "must", "or", "should", "to", "will"}
_LINKING = {"and", "at", "for", "in", "of", "on"}


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every word that is the editor's own."""
    if sheet.newsletter.checks.spelling != "british":
        return
    for passage in sheet.written:
        if passage.key in _NAMES:
            continue
        for word, ours in american(own_text(passage)):
            message = f"“{word.stem}” is the American spelling"
            yield Remark(passage.place(word.start), message, f"write “{ours}”")


def american(text: str) -> Iterator[tuple[Word, str]]:
    """The American words of a text, each with its British spelling."""
    row = words(text)
    for at, word in enumerate(row):
        if not word.is_plain or (word.is_capitalised and not _is_no_name(word, row[at + 1 : at + 4])):
            continue
        ours = british(word.stem.lower()) or _programme(word.stem.lower(), row[at - 1 : at], text)
        if ours and not is_foreign(row, at):
            yield word, ours.capitalize() if word.is_capitalised else ours


def _is_no_name(word: Word, following: tuple[Word, ...]) -> bool:
    """Whether it has its capital from the sentence alone."""
    if word.stem.lower() in word_list("people"):
        return False
    telling = next((each for each in following if each.text not in _LINKING), None)
    return word.opens and telling is not None and not telling.is_capitalised


def _programme(word: str, before: tuple[Word, ...], text: str) -> str:
    """What the word "program" should be, which is right where a computer runs it or somebody does it."""
    found = _PROGRAM.fullmatch(word)
    if found is None or _COMPUTING.search(text) or any(each.text.lower() in _DOING for each in before):
        return ""
    return f"programme{found[1]}"
