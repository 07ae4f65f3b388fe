"""Spreads messages evenly over time, as providers ask: so many a minute, and so many a minute to one domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from composer.delivery.pace import Limits

_MINUTE_S = 60.0
_MANY_DOMAINS = 10_000


class Meter:
    """Says when the next message may leave, on the world's clock in seconds."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._gap_s = _gap_s(limits.per_minute)
        self._domain_gap_s = _gap_s(limits.per_minute_to_domain)
        self._free_at = 0.0
        self._domain_free_at: dict[str, float] = {}

    def another(self) -> Self:
        """One with the same limits that has let nobody go yet."""
        return type(self)(self._limits)

    def free_at(self, domain: str) -> float:
        """When the next message may leave, if it is to this domain."""
        return max(self._free_at, self.domain_free_at(domain))

    def domain_free_at(self, domain: str) -> float:
        """When the next message to this domain may leave."""
        return self._domain_free_at.get(domain, 0.0)

    def reserve(self, domain: str, now: float) -> float:
        """Give a message its place; when it may leave."""
        leaves_at = max(self._free_at, now)
        if self._gap_s:
            self._free_at = leaves_at + self._gap_s
        if self._domain_gap_s:
            self._domain_free_at[domain] = leaves_at + self._domain_gap_s
            self._forget(now)
        return leaves_at

    def _forget(self, now: float) -> None:
        if len(self._domain_free_at) > _MANY_DOMAINS:
            self._domain_free_at = {name: free for name, free in self._domain_free_at.items() if free > now}


def _gap_s(per_minute: int | None) -> float:
    return _MINUTE_S / per_minute if per_minute else 0.0
