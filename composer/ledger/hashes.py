"""The two hashes under which a mailing is frozen, approved and proved: of its content and of its audience."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from composer.ledger.planning import Addressee

_MODULUS = 1 << 256


def content_hash(hashes: Mapping[str, str]) -> str:
    """The hash of all variants together, from the hash of each."""
    return hashlib.sha256(_written(sorted(hashes.items()))).hexdigest()


class AudienceHash:
    """The hash of who gets which variant with which fields, whatever the order of the lists.

    An incremental multiset hash (Clarke and others 2003, MSet-Add-Hash): the sum of everybody's SHA-256 modulo 2^256,
    so that a million people are added up one by one and nobody has to be kept or sorted.
    """

    def __init__(self) -> None:
        self._sum = 0
        self.people = 0

    def add(self, key: str, variant: str, fields: Mapping[str, str]) -> None:
        """Count one person in."""
        digest = hashlib.sha256(_written((key, variant, sorted(fields.items())))).digest()
        self._sum = (self._sum + int.from_bytes(digest)) % _MODULUS
        self.people += 1

    def hexdigest(self) -> str:
        """The hash so far."""
        return f"{self._sum:064x}"


def audience_hash(addressees: Iterable[Addressee]) -> str:
    """The hash of all of these."""
    found = AudienceHash()
    for one in addressees:
        found.add(one.key, one.variant, one.fields)
    return found.hexdigest()


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode("ascii")
