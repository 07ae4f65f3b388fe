"""What every command starts from: the newsletter's folder and its settings, found and read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import FindingsError, has_errors
from composer.home import Home
from composer.settings import Settings, with_environment

if TYPE_CHECKING:
    from composer.composition import Composition
    from composer.errors import Finding


@dataclass(frozen=True)
class Desk:
    """A newsletter opened for work."""

    home: Home
    settings: Settings
    findings: tuple[Finding, ...] = ()
    """Warnings about newsletter.yaml."""

    @classmethod
    def at(cls, folder: Path | None) -> Desk:
        """Open the given home, or the nearest one upwards from here; mistakes in newsletter.yaml stop at once."""
        home = Home(folder) if folder else Home.find(Path.cwd())
        loaded = home.newsletter()
        if loaded.value is None or has_errors(loaded.findings):
            raise FindingsError(loaded.findings)
        return cls(home, with_environment(loaded.value, os.environ), loaded.findings)  # noqa: TID251 - the environment is read here

    def number(self, asked: int | None) -> int:
        """The issue asked for, or the newest."""
        return asked if asked is not None else self.home.newest()

    def compose(self, number: int) -> Composition:
        """Every variant of an issue, finished; raises `FindingsError` if the issue has errors."""
        from composer.composition import compose  # noqa: PLC0415 - imports the template engine

        composition = compose(self.home, number, self.settings)
        if has_errors(composition.findings):
            raise FindingsError(composition.findings)
        return composition
