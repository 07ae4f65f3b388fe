"""Opening the newsletter's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from pathlib import Path


def read(root: Path, path: str) -> bytes:
    """The bytes of the file `path` under `root`. Raises `ComposerError` when it cannot be opened.

    What is there but is no file is not opened: a pipe or a device would never come to an end.
    """
    file = root / path
    if file.exists() and not file.is_file():
        raise ComposerError(f"{path} is {'a folder' if file.is_dir() else 'a device'}, not a file")
    try:
        return file.read_bytes()
    except OSError as error:
        raise ComposerError(f"{path} cannot be read: {error.strerror}") from None
