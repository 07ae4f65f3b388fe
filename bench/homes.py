"""Newsletters whose mailing is planned and not begun, as many times as somebody wants to begin it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.process import Cost, run

HERE = Path(__file__).resolve().parent

NUMBER = 13
"""The issue that is sent."""

SELECTOR = "bench"
"""Of the DKIM key."""


def letter(home: Path) -> Path:
    """A newsletter with one reader, and the letter as the other clients are given it; see `letter.py`."""
    run(sys.executable, str(HERE / "letter.py"), str(home), "1", "--for-peers")
    return home


@dataclass(frozen=True, slots=True)
class Homes:
    """A folder of newsletters, one for each number of readers; with `key`, a PEM file, their messages are signed."""

    folder: Path
    key: Path | None = None

    def make(self, readers: int) -> Path:
        """A newsletter with so many readers."""
        home = self._home(readers)
        run(sys.executable, str(HERE / "letter.py"), str(home), str(readers))
        return home

    def plan(self, readers: int) -> Cost:
        """Freeze its mailing: read the list, compose the issue, write the plan; a process of its own."""
        home = self._home(readers)
        cost = run(sys.executable, str(HERE / "mailing.py"), "plan", str(home), *self._signed)
        shutil.copytree(home / "state", home / "planned")
        return cost

    def sending(self, readers: int, port: int) -> tuple[str, ...]:
        """The command that sends it, with the ledger put back to where nothing is begun."""
        home = self._home(readers)
        if not home.exists():
            self.make(readers)
            self.plan(readers)
        shutil.rmtree(home / "state")
        shutil.copytree(home / "planned", home / "state")
        os.sync()  # what was copied is no work for the disk while somebody is timed
        return (sys.executable, str(HERE / "mailing.py"), "send", str(home), "--port", str(port), *self._signed)

    def whole(self, readers: int, port: int) -> tuple[str, ...]:
        """The command that does everything, from the list to the report, with nothing done before."""
        home = self._home(readers)
        if not home.exists():
            self.make(readers)
        shutil.rmtree(home / "state", ignore_errors=True)
        settings = ("env", "COMPOSER_SMTP_HOST=127.0.0.1", f"COMPOSER_SMTP_PORT={port}")
        command = ("-m", "composer", "send", str(NUMBER), "--yes", "--stale-ok", "--home", str(home))
        return (*settings, sys.executable, *command)

    def _home(self, readers: int) -> Path:
        return self.folder / str(readers)

    @property
    def _signed(self) -> tuple[str, ...]:
        return ("--dkim", str(self.key)) if self.key else ()
