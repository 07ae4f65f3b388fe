"""Text → plain data and the spot of everything in it, in one pass over the parser's events.

Every scalar stays the text that was typed; only a plain empty value, `~` and `null` become None. Events rather than
ruamel's composed nodes: they come from a loop and not from recursion, so that deep nesting is a finding and no crash;
what was read before a syntax error is kept; and they take two thirds of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from composer.source.text import decode, outside_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.errors import Finding

Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and, from 0, numbers of entries."""


class Spot(NamedTuple):
    """Where a value and its key stand, from 1, and how the value is written (`|`, `>`, `'`, `"` or plain)."""

    line: int
    column: int
    key_line: int
    key_column: int
    style: str


@dataclass(frozen=True, slots=True)
class Tree:
    """What one file says: its data, the spot of everything in it, and every mistake that needs no model."""

    data: Any
    spots: dict[Loc, Spot]
    lines: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    refused: frozenset[Loc] = frozenset()
    """Values that are reported already; what a model says about them would be noise."""
    whole: bool = True
    """Whether the text could be read to its end."""

    def outside_blocks(self) -> Iterator[int]:
        """The lines, from 0, that are not inside a text behind `|` or `>`."""
        return outside_blocks(self.lines)

    def is_text(self, line: int, column: int) -> bool:
        """Whether this place, from 1, is inside a quoted text that begins on its line, and so no comment."""
        quoted = [spot for spot in self.spots.values() if spot.line == line and spot.style in {"'", '"'}]
        before = max((spot for spot in quoted if spot.column < column), key=lambda spot: spot.column, default=None)
        if before is None:
            return False
        written = self.lines[line - 1][before.column : column - 1]
        closed = written.replace("''", "") if before.style == "'" else written.replace('\\"', "")
        return before.style not in closed

    def last_line(self, line: int) -> int:
        """The last line, from 1, before another key or value begins: the end of the text that begins on `line`."""
        begins = {at for spot in self.spots.values() for at in (spot.line, spot.key_line)}
        return min((at for at in begins if at > line), default=len(self.lines) + 1) - 1


def grow(raw: bytes, path: str) -> Tree:
    """Read bytes as YAML; never raises."""
    # Imported here: the parser takes 50 ms that a run over cached issues need not pay.
    from composer.source.grower import Grower  # noqa: PLC0415

    text = decode(raw, path)
    if not text.lines:
        return Tree(None, {}, (), text.findings, whole=False)
    grower = Grower(path, text.lines)
    whole = grower.feed()
    findings = (*text.findings, *grower.findings)
    if grower.stumbled and not _follows(grower.stumbled, findings):
        findings = (*findings, grower.stumbled)
    return Tree(grower.root, grower.spots, text.lines, findings, frozenset(grower.refused), whole)


def _follows(stumble: Finding, findings: tuple[Finding, ...]) -> bool:
    """Whether the parser only stumbled over what is reported already, on its own line or the one above."""
    return any(0 <= stumble.place.line - finding.place.line <= 1 for finding in findings)
