"""What every command starts from: the newsletter's folder and its settings, found and read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import Finding, FindingsError, Level, UsageError, has_errors
from composer.home import Home
from composer.settings import Settings, with_environment
from composer.source.files import UnreadError, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.settings import Newsletter
    from composer.source import Loaded


@dataclass(frozen=True)
class Desk:
    """A newsletter opened for work."""

    home: Home
    settings: Settings
    findings: tuple[Finding, ...] = ()
    """About newsletter.yaml: warnings, and what only a mailing needs."""

    @classmethod
    def at(cls, folder: Path | None) -> Desk:
        """Open the given home, or the nearest one upwards from here; mistakes in newsletter.yaml stop at once."""
        home = Home(folder) if folder else Home.find(_here())
        loaded = home.newsletter()
        if loaded.value is None or has_errors(loaded.findings):
            raise FindingsError(loaded.findings)
        settings = with_environment(loaded.value, os.environ)  # noqa: TID251 - the environment is read here
        findings = (*loaded.findings, *_without_certificates(loaded, home))
        return cls(home, _at_home(settings, home), findings)

    def number(self, asked: int | None) -> int:
        """The issue asked for, or the newest."""
        number = asked if asked is not None else self.home.newest()
        if number is None:
            raise UsageError("there is no issue yet; `composer new` writes the first")
        return number


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("the folder you are in no longer exists; go to the newsletter's, or say --home DIR") from None


def _without_certificates(newsletter: Loaded[Newsletter], home: Home) -> Iterator[Finding]:
    """The file of certificates that the settings name and nobody can open."""
    path = newsletter.value and newsletter.value.smtp.certificates
    if path:
        try:
            read(home.root, path)
        except UnreadError as error:
            why = "does not exist" if error.is_missing else error.why
            yield Finding(newsletter.places.at("smtp", "certificates"), Level.ERROR, "file", f"{path} {why}")


def _at_home(settings: Settings, home: Home) -> Settings:
    """The settings with the path that they name told from the newsletter's folder."""
    if settings.smtp.certificates is None:
        return settings
    path = home.root.resolve() / settings.smtp.certificates
    return settings.model_copy(update={"smtp": settings.smtp.model_copy(update={"certificates": str(path)})})
