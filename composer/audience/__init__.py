"""CSV lists and segments → recipients (interface fixed; being written)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.errors import Finding, Place


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who gets at most one message."""

    address: str
    """As it is written to: the domain lower-cased (RFC 5321 §2.4), the local part as given."""
    key: str
    """The identity of the address: casefolded as a whole; what is equal here is the same person."""
    fields: Mapping[str, str]
    """The columns, by casefolded name; an empty cell is absent."""
    segments: frozenset[str]
    place: Place
    """The first row that named the address."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody on the lists. `refused` and `duplicates` are warnings with file and line."""

    recipients: tuple[Recipient, ...]
    refused: tuple[Finding, ...]
    duplicates: tuple[Finding, ...]
    unreached: int
    """How many are on a list but in no segment."""
    segments: frozenset[str]
    """Every segment that `segments.yaml` names, with members or without."""
    columns: frozenset[str]
    """Every column name of every list: what a merge field may name."""
