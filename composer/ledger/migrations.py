"""Makes the tables of a new ledger, and brings an older one to the layout of today: whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from composer.ledger.tables import VERSION, about, metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


def create(connection: Connection) -> None:
    """Make the tables of today in an empty database, whichever it is, and write down which layout they are."""
    metadata.create_all(connection)
    connection.execute(about.insert().values(version=VERSION))


def migrate(connection: Connection) -> None:
    """Take every step between the ledger's layout and `VERSION`; a process that was first leaves nothing to do."""
    version: int = connection.execute(select(about.c.version)).scalar_one()
    for step in range(version, VERSION):
        _STEPS[step](connection)
    connection.execute(about.update().values(version=VERSION))


def _from_1(connection: Connection) -> None:
    """Domains and plans of deliveries, what was planned for whom, proofs, approvals, deeds and opt-outs.

    Written out as layout 2 was: the tables of today may be others, and the next step starts from these.
    """
    for statement in (
        "ALTER TABLE deliveries ADD COLUMN domain VARCHAR NOT NULL DEFAULT ''",
        "ALTER TABLE deliveries ADD COLUMN plan VARCHAR(32) NOT NULL DEFAULT ''",
        "ALTER TABLE deliveries ADD COLUMN begun_at DATETIME",
        "UPDATE deliveries SET begun_at = updated_at WHERE state IN ('sending', 'in-doubt')",
        "UPDATE deliveries SET domain = lower(substr(address, instr(address, '@') + 1))",
        "DROP INDEX IF EXISTS deliveries_by_state",
        "CREATE INDEX deliveries_in_turn ON deliveries (number, id)",
        *_NEW_IN_2,
    ):
        connection.execute(text(statement))


_NEW_IN_2 = (
    """CREATE TABLE sendings (
        number INTEGER NOT NULL REFERENCES mailings (number), segment VARCHAR NOT NULL,
        audience_hash VARCHAR(64) NOT NULL, people INTEGER NOT NULL, planned_at DATETIME NOT NULL,
        PRIMARY KEY (number, segment)
    )""",
    """CREATE TABLE proofs (
        id INTEGER NOT NULL PRIMARY KEY, number INTEGER NOT NULL, content_hash VARCHAR(64) NOT NULL,
        address VARCHAR NOT NULL, person VARCHAR NOT NULL, at DATETIME NOT NULL
    )""",
    "CREATE INDEX ix_proofs_number ON proofs (number)",
    """CREATE TABLE approvals (
        id INTEGER NOT NULL PRIMARY KEY, number INTEGER NOT NULL, segment VARCHAR NOT NULL,
        content_hash VARCHAR(64) NOT NULL, audience_hash VARCHAR(64) NOT NULL, people INTEGER NOT NULL,
        person VARCHAR NOT NULL, at DATETIME NOT NULL
    )""",
    "CREATE INDEX ix_approvals_number ON approvals (number)",
    """CREATE TABLE deeds (
        id INTEGER NOT NULL PRIMARY KEY, number INTEGER NOT NULL, at DATETIME NOT NULL, person VARCHAR NOT NULL,
        host VARCHAR NOT NULL, what VARCHAR NOT NULL, detail VARCHAR NOT NULL
    )""",
    "CREATE INDEX ix_deeds_number ON deeds (number)",
    """CREATE TABLE optouts (
        id INTEGER NOT NULL PRIMARY KEY, address_hash VARCHAR(64) NOT NULL, why VARCHAR NOT NULL,
        at DATETIME NOT NULL, UNIQUE (address_hash)
    )""",
)
"""Only SQLite ever held layout 1."""


_STEPS: dict[int, Callable[[Connection], None]] = {1: _from_1}
"""By the layout that each starts from."""
