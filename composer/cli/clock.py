"""The clock, read here and handed down; and who sits at it."""

from __future__ import annotations

import getpass
import os
import platform
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composer.ledger import Operator


def utc_now() -> datetime:
    """The moment, for the ledger."""
    return datetime.now(UTC)  # noqa: TID251 - the clock is read in cli and handed down


def today() -> date:
    """The editor's own calendar."""
    return date.today()  # noqa: TID251, DTZ011 - as above


def operator() -> Operator:
    """Who acts, for the audit log."""
    from composer.ledger import Operator  # noqa: PLC0415 - whoever only wants to know the day does without a database

    try:
        person = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without an entry for its user, a Windows service
        person = "somebody"
    return Operator(person, platform.node(), os.getpid())
