"""Writes the finished emails of an issue into folders, to be opened with a double click."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from composer.errors import ComposerError
from composer.message import compile_message, sample, with_fallbacks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from composer.galley import Galley
    from composer.render import Email
    from composer.settings import Settings


def write(galley: Galley, folder: Path, settings: Settings) -> Iterator[Path]:
    """Write `VARIANT/email.html`, `email.txt`, `message.eml` and `images/` for every variant; yields the pages.

    The message's Date is noon of the issue's day, so that the same issue always gives the same bytes. Raises
    `ComposerError` when the folder cannot be written.
    """
    _forget(folder, galley.emails)
    noon = datetime.combine(galley.edition.date, time(12), ZoneInfo(settings.timezone))
    for name, email in galley.emails.items():
        compiled = compile_message(email, settings, number=galley.number)
        try:
            yield _write(folder / name, with_fallbacks(email, settings), sample(compiled, moment=noon))
        except OSError as error:
            where = (folder / name).as_posix()
            raise ComposerError(f"{where} cannot be written: {error.strerror}; name another with --out DIR") from None


def _forget(folder: Path, names: Iterable[str]) -> None:
    """Take away the pages of variants that do not exist any more, so that nobody looks at an old one."""
    for message in folder.glob("*/message.eml"):
        stale = message.parent
        if stale.name not in names:
            with suppress(OSError):
                for file in (message, stale / "email.html", stale / "email.txt", *stale.glob("images/*")):
                    file.unlink(missing_ok=True)
                (stale / "images").rmdir()
                stale.rmdir()


def _write(folder: Path, email: Email, message: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "email.html"
    page.write_text(email.html, encoding="utf-8", newline="\n")
    (folder / "email.txt").write_text(email.text, encoding="utf-8", newline="\n")
    (folder / "message.eml").write_bytes(message)
    for picture in email.pictures:
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images" / picture.name).write_bytes(picture.data)
    return page
