"""The clock, read here and handed down; and who sits at it."""

from __future__ import annotations

import getpass
import os
import platform
from datetime import UTC, date, datetime

from composer.ledger import Operator


def utc_now() -> datetime:
    """The moment, for the ledger."""
    return datetime.now(UTC)  # noqa: TID251 - the clock is read in cli and handed down


def today() -> date:
    """The editor's own calendar."""
    return date.today()  # noqa: TID251, DTZ011 - as above


def operator() -> Operator:
    """Who acts, for the audit log."""
    try:
        person = getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        person = "somebody"
    return Operator(person, platform.node(), os.getpid())
