"""What a plan is made of: who gets which bytes, as it is handed to the ledger to be frozen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


class ContentChangedError(ComposerError):
    """The issue differs from what some people already have."""


class AudienceChangedError(ComposerError):
    """The lists differ from those that the mailing was planned for."""

    def __init__(self, number: int, difference: object) -> None:
        super().__init__(
            f"the lists have changed since sending of issue {number} began ({difference}), so nothing was sent now. "
            "Send the rest what was planned with --as-planned (whoever is on no list any more gets nothing), or take "
            "the lists as they are now with --as-listed"
        )


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person of the plan, with everything that makes their message theirs."""

    address: str
    key: str
    variant: str
    fields: Mapping[str, str]
    segments: frozenset[str]
    message_id: str


@dataclass(frozen=True, slots=True)
class Content:
    """One variant's compiled message, frozen."""

    name: str
    data: bytes

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Mailing:
    """An issue ready to be planned."""

    moment: datetime
    """The Date of its messages (RFC 5322 §3.6.1)."""
    variants: tuple[Content, ...]
    addressees: Iterable[Addressee]
    """The people of this sending: everybody, or those of one segment. Read once, if at all."""
    others: Iterable[Addressee]
    """All others on the lists: nothing is planned for them now, but perhaps it was before. Read once, if at all."""
    audience_hash: str
    """Of the people of this sending."""
    segment: str = ""
    """Empty: everybody."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Who plans, where and when."""

    number: int
    person: str
    host: str
    token: str
    """Names this one planning."""
    at: datetime
