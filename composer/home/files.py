"""Opening the newsletter's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from pathlib import Path


def read(root: Path, path: str) -> bytes:
    """The bytes of the file `path` under `root`. Raises `ComposerError` when it cannot be opened."""
    try:
        return (root / path).read_bytes()
    except OSError as error:
        raise ComposerError(f"{path} cannot be read: {error.strerror}") from None
