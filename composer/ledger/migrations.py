"""Brings an older ledger to the layout of today, in one transaction: whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from composer.ledger.tables import VERSION, about, metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


def migrate(connection: Connection) -> None:
    """Take every step between the ledger's layout and `VERSION`; a process that was first leaves nothing to do."""
    version: int = connection.execute(select(about.c.version)).scalar_one()
    for step in range(version, VERSION):
        _STEPS[step](connection)
    connection.execute(about.update().values(version=VERSION))


def _from_1(connection: Connection) -> None:
    """Domains and plans of deliveries, what was planned for whom, proofs, approvals, deeds and opt-outs."""
    for statement in (
        "ALTER TABLE deliveries ADD COLUMN domain VARCHAR NOT NULL DEFAULT ''",
        "ALTER TABLE deliveries ADD COLUMN plan VARCHAR(32) NOT NULL DEFAULT ''",
        "ALTER TABLE deliveries ADD COLUMN begun_at DATETIME",
        "UPDATE deliveries SET begun_at = updated_at WHERE state IN ('sending', 'in-doubt')",
        "UPDATE deliveries SET domain = lower(substr(address, instr(address, '@') + 1))",
        "DROP INDEX IF EXISTS deliveries_by_state",
        "CREATE INDEX deliveries_in_turn ON deliveries (number, id)",
    ):
        connection.execute(text(statement))
    metadata.create_all(connection)


_STEPS: dict[int, Callable[[Connection], None]] = {1: _from_1}
"""By the layout that each starts from."""
