"""What every command starts from: the newsletter's folder and its settings, found and read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import FindingsError, UsageError, has_errors
from composer.home import Home
from composer.settings import Settings, with_environment

if TYPE_CHECKING:
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
        settings = with_environment(loaded.value, os.environ)  # noqa: TID251 - the environment is read here
        return cls(home, _at_home(settings, home), loaded.findings)

    def number(self, asked: int | None) -> int:
        """The issue asked for, or the newest."""
        number = asked if asked is not None else self.home.newest()
        if number is None:
            raise UsageError("there is no issue yet; `composer new` writes the first")
        return number


def _at_home(settings: Settings, home: Home) -> Settings:
    """The settings with the path that they name told from the newsletter's folder."""
    if settings.smtp.certificates is None:
        return settings
    path = home.root.resolve() / settings.smtp.certificates
    return settings.model_copy(update={"smtp": settings.smtp.model_copy(update={"certificates": str(path)})})
