"""How many people got the last issue, read from a ledger that may be in use; reading never makes or changes it."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, select
from sqlalchemy.pool import NullPool

from composer.ledger.annals import Annals
from composer.ledger.database import in_words
from composer.ledger.tables import about, sendings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from composer.ledger.annals import Sending

_PATIENCE_S = 2
"""For so long another program's transaction is waited for: nothing hangs on the answer."""

_FIRST_LAYOUT = 2
"""Layout 1 did not say how many people an issue was for."""
_SEGMENTS = select(sendings.c.segment).distinct().order_by(sendings.c.segment)


def last_sendings(path: Path, number: int, clock: Callable[[], datetime]) -> tuple[Sending, ...]:
    """The last mailing of another issue than `number` to everybody, and to each segment that had one of its own since.

    Those that this issue has been planned for are left out. `LedgerError` where the ledger cannot be read.
    """
    engine = _looking(path)
    annals = Annals(engine, clock)
    with in_words(engine), engine.connect() as connection:
        if connection.execute(select(about.c.version)).scalar_one() < _FIRST_LAYOUT:
            return ()
        segments = connection.execute(_SEGMENTS).scalars().all()
    found = [annals.last_sending(segment, other_than=number) for segment in segments]
    since = max((one.number for one in found if one and not one.segment), default=0)
    return tuple(one for one in found if one and one.number >= since and annals.sending(number, one.segment) is None)


def _looking(path: Path) -> Engine:
    """An engine that writes nothing, makes no file, and leaves the layout of an older ledger as it is."""
    url = f"{path.absolute().as_uri()}?mode=rw"  # a log that a crash left behind can then be read, too
    connect = partial(sqlite3.connect, url, uri=True, timeout=_PATIENCE_S, isolation_level=None)
    called = f"{path.parent.name}/{path.name}"
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, execution_options={"called": called})
    event.listen(engine, "connect", _only_read)
    return engine


def _only_read(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON").close()
