"""A log as it lies on the disk: the file that is being written, and what rotation has made of its beginning."""

from __future__ import annotations

import gzip
import os
import zlib
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING

from composer.errors import ComposerError, TryAgainError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path


def read(path: Path) -> Iterator[str]:
    """The lines of `mail.log` and, before them, those of `mail.log.1`, `mail.log.2.gz` …: oldest first.

    The row of old files ends with the first number that is missing. A last line that is not finished is left out. What
    is not UTF-8 becomes surrogates. Raises `ComposerError` for a file that cannot be read, `TryAgainError` for one that
    was emptied meanwhile.
    """
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(one) for one in _opened(path)]
            lengths = [_length(one) for one in files]
            while files:
                yield from _lines(files.pop(), lengths.pop(), path)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise ComposerError(
            f"{path}: the mail log cannot be read ({why}); check its name, and whether you may read all its parts"
        ) from error


def _opened(path: Path) -> Iterator[BufferedIOBase]:
    """The newest first: a rotation meanwhile may show a file twice then, which is noticed, but never hide one."""
    seen: set[tuple[int, int]] = set()
    for number in count():
        file = path.open("rb") if number == 0 else _old(path.with_name(f"{path.name}.{number}"))
        if file is None:
            return
        status = os.fstat(file.fileno())
        if (status.st_dev, status.st_ino) in seen:
            file.close()
        else:
            seen.add((status.st_dev, status.st_ino))
            yield file


def _old(path: Path) -> BufferedIOBase | None:
    """A file that is no longer written, packed or not yet: whichever is whole."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        packed = path.with_name(f"{path.name}.gz")
        return gzip.open(packed) if packed.exists() else None


def _length(file: BufferedIOBase) -> int:
    """How many bytes have to come from it, at least; a packed file knows its own end."""
    return 0 if isinstance(file, gzip.GzipFile) else os.fstat(file.fileno()).st_size


def _lines(file: BufferedIOBase, length: int, path: Path) -> Iterator[str]:
    """Split at line feeds alone: whatever else looks like a line end may come from a client."""
    for line in file:
        length -= len(line)
        if line.endswith(b"\n"):
            yield line.decode("utf-8", "surrogateescape")
    if length > 0:
        raise TryAgainError(f"{path} was emptied while it was read; run the same command again")
