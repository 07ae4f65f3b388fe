"""The suppression list: the keyed hashes of addresses that want nothing more, whatever any list says."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from composer.ledger.database import in_words
from composer.ledger.tables import optouts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Engine


_AGAIN = 1000
"""So many are read again: of two who opted out at once, the later number may have been there before the earlier."""


class OptOuts:
    """Everybody who opted out, as of the last look; a look reads only what is new, and the last before that."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: set[str] = set()
        self._last = 0
        self.look()

    def __bool__(self) -> bool:
        return bool(self._known)

    def __contains__(self, address_hash: object) -> bool:
        return address_hash in self._known

    def look(self) -> None:
        """Learn of those who opted out since the last look."""
        query = (
            select(optouts.c.id, optouts.c.address_hash)
            .where(optouts.c.id > self._last - _AGAIN)
            .order_by(optouts.c.id)
        )
        with in_words(self._engine), self._engine.connect() as connection:
            for row in connection.execute(query):
                self._known.add(row.address_hash)
                self._last = row.id


def opt_out(engine: Engine, address_hash: str, why: str, clock: Callable[[], datetime]) -> None:
    """Put an address on the list, once and for ever."""
    with in_words(engine), suppress(IntegrityError), engine.execution_options(writes=True).begin() as connection:
        connection.execute(optouts.insert().values(address_hash=address_hash, why=why, at=clock()))
