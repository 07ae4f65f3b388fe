"""Says in words what is wrong with the ledger's database, whichever it is."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound

from composer.errors import ComposerError, TryAgainError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


class LedgerError(ComposerError):
    """The ledger cannot be read or written: nothing may be sent, because nobody would know of it."""


class LedgerBusyError(TryAgainError, LedgerError):
    """Another program holds the ledger at this moment."""


_FULL = "the disk is full, so nothing more can be recorded; make room and run the same command again"
_LOOK = "look at the permissions of the file and its folder, and whether the disk is full"
SENTENCES = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": f"the ledger may not be written to; {_LOOK}",
    "SQLITE_CANTOPEN": f"the ledger cannot be opened; {_LOOK}",
    "SQLITE_NOTADB": "this file is not a ledger; move it away or restore the right one from a backup",
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_IOERR": "the disk does not answer properly; nothing can be recorded safely, so nothing is sent",
}
"""By how SQLite's name for the error begins; the first that fits counts."""
_BUSY = "another program holds the ledger; close whatever has it open and run the same command again"
UNSOUND = (NoResultFound, MultipleResultsFound, LookupError, TypeError, ValueError)
"""What reading ends in that meets a missing row, an unknown state, broken JSON or text for a number."""


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Turn a database's complaints into one sentence; the run stops, before the dot if it was about to send."""
    name = name_of(engine)
    try:
        yield
    except DBAPIError as error:
        raise _explained(error, name) from error
    except OSError as error:
        raise LedgerError(f"{name}: the ledger cannot be read or written: {error.strerror or error}") from error
    except UNSOUND as error:
        raise damaged(name, "it holds what Composer never writes") from error


def name_of(engine: Engine) -> str:
    """What the ledger's file is called where users read of it."""
    return str(engine.get_execution_options().get("called", "the ledger"))


def damaged(name: str, why: str) -> LedgerError:
    """The error for a ledger that says what cannot be."""
    return LedgerError(f"{name} is damaged ({why}); restore it from a backup before anything is sent")


def _explained(error: DBAPIError, name: str) -> LedgerError:
    symptom: str = getattr(error.orig, "sqlite_errorname", None) or ""
    if symptom.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerBusyError(f"{name}: {_BUSY}")
    known = next((sentence for prefix, sentence in SENTENCES.items() if symptom.startswith(prefix)), "")
    if known:
        return LedgerError(f"{name}: {known}")
    if isinstance(error.orig, sqlite3.Error):
        return damaged(name, str(error.orig).splitlines()[0])
    return LedgerError(f"{name}: {error.orig}")
