"""`Places`: finds the place of any key or value of a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from composer.errors import Place
from composer.source.tree import Tree, grow

if TYPE_CHECKING:
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
