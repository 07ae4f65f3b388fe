"""What the HTML says and the plain text does not, and the other way round: words alone, in whatever order.

Neither case, punctuation nor addresses count. Whole blocks are struck out of the text, the longest before the others:
so a sentence that is printed twice has to stand there twice, and a short heading is not found inside a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ADDRESS = re.compile(r"<[^<>\s]*[@/.][^<>\s]*>|<[+(\d][\d\s()-]*>|(?:https?|tel|mailto):\S+|[^\s<>]+@[^\s<>]+")
_WORD = re.compile(r"[^\W_]+")
_STRESS = re.compile(r"(?<=\w)\*(?=\w)")
"""Plain text shows stress by a star, inside a word too: un*believ*able."""
_STRUCK = "\0"
_PART = 0.5
"""A block is there when this part of its words is, in whatever order: HTML and text put some phrases differently."""
_FEWEST, _RUN = 3, 6
"""A block of fewer words is no matter, nor is a run of text with fewer different ones of its own: "When:", "Where:"."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What only one of the two says."""

    blocks: tuple[int, ...]
    """The indexes of the blocks that the text lacks, in their order."""
    runs: tuple[str, ...]
    """The words of the text that no block has, run by run, in lower case."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without its addresses."""
    return tuple(_WORD.findall(_STRESS.sub("", _ADDRESS.sub(" ", text)).casefold()))


def difference(blocks: Sequence[str], text: str) -> Difference:
    """What is left on either side when all that both say is struck out."""
    wanted = [words(block) for block in blocks]
    left, unfound = _struck(wanted, words(text))
    rest, lacking, said = Counter(left), [], set[str]()
    for index in sorted(unfound):
        there = sum(_taken(rest, word) for word in wanted[index])
        said.update(wanted[index])
        if len(wanted[index]) >= _FEWEST and there < _PART * len(wanted[index]):
            lacking.append(index)
    return Difference(tuple(lacking), tuple(_runs(left, said)))


def _struck(wanted: Sequence[Sequence[str]], text: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words of the text with a mark for each block that was in it, and the blocks that were not."""
    left, unfound = f" {' '.join(text)} ", []
    for index in sorted(range(len(wanted)), key=lambda index: -len(wanted[index])):
        block = f" {' '.join(wanted[index])} "
        at = left.find(block)
        if at >= 0 and wanted[index]:
            left = f"{left[:at]} {_STRUCK} {left[at + len(block) :]}"
        elif wanted[index]:
            unfound.append(index)
    return left.split(), unfound


def _taken(rest: Counter[str], word: str) -> bool:
    """Whether the word was still there; it is not any more."""
    rest[word] -= 1
    return rest[word] >= 0


def _runs(left: Sequence[str], said: set[str]) -> Iterator[str]:
    for piece in " ".join(left).split(_STRUCK):
        run = piece.split()
        if len(set(run) - said) >= _RUN:
            yield " ".join(run)
