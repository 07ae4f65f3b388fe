"""Pieces locked up in their order, as a printer locks up type: only what differs is still to be put in."""

from __future__ import annotations

import hashlib
from itertools import takewhile
from operator import itemgetter
from typing import TYPE_CHECKING

from composer.dkim import relaxed_body
from composer.message.script import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from composer.message.script import Pieces


class Forme:
    """Pieces with gaps, each gap standing for one of `gaps`; to fill them is a matter of microseconds."""

    def __init__(self, pieces: Pieces, gaps: Sequence[Gap]) -> None:
        self._fixed = [piece for piece in pieces if isinstance(piece, bytes)] + [b"", b""]
        fixed = iter(range(len(gaps), len(gaps) + len(self._fixed)))
        order = [gaps.index(piece) if isinstance(piece, Gap) else next(fixed) for piece in pieces]
        self._ordered: Callable[[list[bytes]], tuple[bytes, ...]] = itemgetter(*order, *fixed)

    def filled(self, written: Sequence[bytes]) -> tuple[bytes, ...]:
        """The pieces, with what was written for `gaps`, in the order of those."""
        return self._ordered([*written, *self._fixed])


class BodyHash:
    """The SHA-256 of a body in its relaxed canonical form (RFC 6376 §3.4.4), whose fixed pieces are made so once.

    That can be done piece by piece because every piece of a body begins and ends a line.
    """

    def __init__(self, body: Pieces, gaps: Sequence[Gap]) -> None:
        relaxed = tuple(relaxed_body(piece) if isinstance(piece, bytes) else piece for piece in body)
        begun = tuple(takewhile(lambda piece: isinstance(piece, bytes), relaxed))
        self._begun = hashlib.sha256(b"".join(Forme(begun, ()).filled(())))
        self._rest = Forme(relaxed[len(begun) :], gaps)

    def of(self, written: Sequence[bytes]) -> bytes:
        """The digest of the body with what was written for the gaps."""
        digest = self._begun.copy()
        for piece in self._rest.filled([relaxed_body(lines) for lines in written]):
            digest.update(piece)
        return digest.digest()
