"""Opening the files that users write, wherever they are named; and replacing those that Composer keeps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from pathlib import Path


class UnreadError(ComposerError):
    """A file that cannot be opened; `why` goes on from its name: "is a folder, not a file"."""

    def __init__(self, path: str, why: str, *, is_missing: bool = False) -> None:
        super().__init__(f"{path} {why}")
        self.why = why
        self.is_missing = is_missing


def read(root: Path, path: str) -> bytes:
    """The bytes of the file `path` under `root`. Raises `UnreadError` when it cannot be opened.

    What is there but is no file is not opened: a pipe or a device would never come to an end.
    """
    file = root / path
    try:
        if file.exists() and not file.is_file():
            raise UnreadError(path, f"is {'a folder' if file.is_dir() else 'a device'}, not a file")
        return file.read_bytes()
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        raise UnreadError(path, f"cannot be read: {error.strerror}", is_missing=is_missing) from None


def replace(file: Path, data: bytes) -> None:
    """Put `data` in the file's place in one step; what a killed process left half written is cleared away."""
    import tempfile  # noqa: PLC0415 - 5 ms, and most runs write nothing

    file.parent.mkdir(parents=True, exist_ok=True)
    for left in file.parent.glob("*.new"):
        left.unlink(missing_ok=True)
    descriptor, name = tempfile.mkstemp(suffix=".new", dir=file.parent)
    aside = file.parent / name
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(data)
        aside.replace(file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
