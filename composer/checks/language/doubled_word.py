"""A word that stands twice in a row.

"the the", also across the end of a line. Left alone are words that English doubles ("had had", "very very"), names
("Bora Bora"), numbers, and a word in another block of text.

Passes:

    updates:
      - {title: An item, body: "He said that that was what they had had in Bora Bora, and it is very very good."}

Fails:

    updates:
      - title: An item
        body: |
          This is the most of the
          the report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import is_others_title
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import without_addresses
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_TWICE = re.compile(r"(?<![\w'\u2019&./-])([^\W\d_]+)(\s+)(\1)(?:\s+\1)*(?![\w'\u2019&/-]|\.\w)", re.IGNORECASE)
_DOUBLED = frozenset(
    {"bye", "far", "ha", "had", "hear", "knock", "long", "many", "much", "no", "now", "please", "really"}
)
_DOUBLED |= {"so", "that", "there", "very", "well", "win", "yes"}
_AFTER_QUESTION = frozenset({"are", "do", "does", "has", "have", "is", "was", "were"})
_QUESTION = re.compile(r"\b(?:what|who|where|how|which|whatever|that|it)\b", re.IGNORECASE)
_PARTICLES = frozenset({"in", "on"})
_PARTICLE_VERB = re.compile(
    r"\b(?:bring|brought|call|check|checked|come|dial|get|hand|join|joined|keep|log|logged|move|moved|opt|"
    r"phone|send|sent|sign|signed|stay|take|tune|zoom)(?:s|ing)?(?: \w+)?\s*$",
    re.IGNORECASE,
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every text of the issue as it is read."""
    for passage in sheet.written:
        if passage.kind is not BlockKind.CODE and not is_others_title(passage):
            for at, word in doubled(passage.text):
                yield Remark(passage.place(at), f"“{word}” stands here twice", "delete one of the two")


def doubled(text: str) -> Iterator[tuple[int, str]]:
    """Where the second of two words stands that are one too many, and the word."""
    for found in _TWICE.finditer(without_addresses(text)):
        first, second = found[1], found[3]
        if second.lower() in _DOUBLED or _is_name(first, second) or _is_grammar(second.lower(), text[: found.start()]):
            continue
        yield found.start(3), second


def _is_name(first: str, second: str) -> bool:
    """Whether the two are a name, an abbreviation and a word ("IT it"), or letters; "a a" and "I I" are words."""
    if first == second and second in {"a", "I"}:
        return False
    return second[0].isupper() or len(second) == 1 or (len(first) > 1 and first.isupper())


def _is_grammar(word: str, before: str) -> bool:
    """Whether a sentence may need it twice: "what it is is", "to log in in person"."""
    sentence = re.split(r"[.!?;:]", before)[-1]
    if word in _AFTER_QUESTION:
        return bool(_QUESTION.search(sentence))
    return word in _PARTICLES and bool(_PARTICLE_VERB.search(sentence))
