"""Rows of the lists that one remark speaks of: the first few are named, the others counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composer.errors import Place

NAMED = 3


@dataclass(slots=True)
class Rows:
    """They are gathered one by one; however many they are, `NAMED` are kept."""

    place: Place
    """Of the first."""
    count: int = 0
    named: list[str] = field(default_factory=list)

    def add(self, address: str, place: Place) -> None:
        """Take in one more."""
        self.count += 1
        if self.count <= NAMED:
            line = "" if place == self.place else f" ({_where(place, self.place)})"
            self.named.append(f"{address}{line}")

    def __str__(self) -> str:
        more = self.count - len(self.named)
        if more:
            return f"{', '.join(self.named)} and {more} more"
        return " and ".join(filter(None, (", ".join(self.named[:-1]), self.named[-1])))


def _where(place: Place, first: Place) -> str:
    """A row, as told from a finding about another one."""
    return f"line {place.line}" if place.path == first.path else f"{place.path}, line {place.line}"
