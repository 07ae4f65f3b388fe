"""How many people got the last issue, for the rule that compares the lists with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks import LastMailing
from composer.cli.clock import utc_now
from composer.cli.whereabouts import ledger_path
from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from composer.cli.desk import Desk

_RULE = "list-change"


def last_mailings(desk: Desk, number: int) -> tuple[Mapping[str, LastMailing], tuple[Finding, ...]]:
    """By segment, "" for everybody; nothing where there is no ledger yet or the rule is off.

    A ledger that cannot be read at this moment does not stop a check: that is a warning, and the rule has nothing to
    say.
    """
    path = ledger_path(desk.home, number, sandbox=False)
    if desk.settings.checks.levels.get(_RULE) == "off" or _is_absent(path):
        return {}, ()
    from composer.ledger import LedgerError  # noqa: PLC0415 - imports the database, which few checks need
    from composer.ledger.precedent import last_sendings  # noqa: PLC0415 - as above

    try:
        found = last_sendings(path, number, utc_now)
    except LedgerError as error:
        message = f"the ledger does not say how many people got the last issue, so {_RULE} is silent"
        place = Place(path.relative_to(desk.home.root).as_posix())
        return {}, (Finding(place, Level.WARNING, "ledger", message, str(error)),)
    return {one.segment: LastMailing(one.number, one.people) for one in found}, ()


def _is_absent(path: Path) -> bool:
    """Whether there is certainly no such file; in a folder that this person may not look into nobody knows."""
    try:
        return not path.exists()
    except OSError:
        return False
