"""`Places`: finds the place of any key or value of a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from composer.errors import Place
from composer.source.tree import Tree, grow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.source.tree import Loc, Spot


@dataclass(frozen=True)
class Places:
    """Finds the place of any key or value of a file; parses the text only when first asked.

    Only then, because earlier issues come from a cache of values that were validated long ago: most are never asked.
    """

    path: str
    raw: bytes

    def at(self, *loc: str | int, line: int = 0) -> Place:
        """The place of the value at `loc`, or of its nearest ancestor that exists.

        What is not in the data is skipped, so that pydantic's `loc` with its union tags can be handed in as it is.
        `line` counts from 0 inside a block scalar (`|`, `>`), whose first content line is line 0.
        """
        spot = self.tree.spots.get(self.found(loc))
        if spot is None:
            return Place(self.path)
        if spot.style in {"|", ">"}:
            return self._in_block(spot, line)
        return Place(self.path, spot.line, spot.column)

    def inside(self, loc: Loc, value: str, index: int) -> Place:
        """The place of the character `index` of the text `value`, which was read at `loc`, however it is written."""
        spot = self.tree.spots.get(self.found(loc))
        if spot is None or self.found(loc) != loc:
            return self.at(*loc)
        aligned = self._aligned.get((loc, value)) or self._align(loc, value, spot)
        line, column = aligned[min(max(index, 0), len(aligned) - 1)]
        return Place(self.path, line, column)

    @cached_property
    def _aligned(self) -> dict[tuple[Loc, str], list[tuple[int, int]]]:
        """The places of all characters of the texts that were asked for."""
        return {}

    def _align(self, loc: Loc, value: str, spot: Spot) -> list[tuple[int, int]]:
        self._aligned[loc, value] = list(_aligned(self.tree.lines, spot, value)) or [(spot.line, spot.column)]
        return self._aligned[loc, value]

    def key(self, *loc: str | int) -> Place:
        """The place of the key that holds the value at `loc`; an entry of a list has only its own."""
        spot = self.tree.spots.get(self.found(loc))
        return Place(self.path, spot.key_line, spot.key_column) if spot else Place(self.path)

    def found(self, loc: Loc) -> Loc:
        """The part of `loc` that is really in the data."""
        real: Loc = ()
        for part in loc:
            if (*real, part) in self.tree.spots:
                real = (*real, part)
        return real

    @cached_property
    def tree(self) -> Tree:
        """Everything the text says."""
        return grow(self.raw, self.path)

    def _in_block(self, spot: Spot, line: int) -> Place:
        """Content starts below the line of the `|`, indented as its first line that is not blank."""
        lines = self.tree.lines
        first = next((text for text in lines[spot.line :] if text.strip()), "")
        indent = len(first) - len(first.lstrip(" "))
        index = min(spot.line + line, len(lines) - 1)
        return Place(self.path, index + 1, min(indent, len(lines[index])) + 1)


def _aligned(lines: Sequence[str], spot: Spot, value: str) -> Iterator[tuple[int, int]]:
    """Line and column, from 1, of each character of the `value` that is written at `spot`.

    Spaces may be folded and quotes may be escaped; everything else is written in its order. The place of a space is
    beside its words.
    """
    line, column = spot.line - 1, spot.column - 1
    if spot.style in {"|", ">"}:
        line, column = spot.line, 0
    elif spot.style in {"'", '"'}:
        column += 1
    for letter in value:
        found = None if letter.isspace() else _next(lines, line, column, letter)
        if found:
            line, column = found[0], found[1] + 1
            yield found[0] + 1, found[1] + 1
        else:
            last = len(lines[line]) if line < len(lines) else 1
            yield line + 1, min(column + 1, max(last, 1))


def _next(lines: Sequence[str], line: int, column: int, letter: str) -> tuple[int, int] | None:
    for number in range(line, len(lines)):
        found = lines[number].find(letter, column if number == line else 0)
        if found >= 0:
            return number, found
    return None
