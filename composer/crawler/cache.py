"""Visits of the last day, so that an editor who checks ten times asks nobody ten times.

One file of lines, newest first: `CHECKSUM JSON`. A good answer holds for a day, a bad one for an hour: the editor of
that site may be mending it. Nothing here can fail: whatever is wrong with the file, the web is asked instead.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from composer import __version__
from composer.checks import Visit  # noqa: TC001 - pydantic reads the annotation
from composer.source.files import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE = "links.lines"
GOOD_FOR = timedelta(days=1)
BAD_FOR = timedelta(hours=1)

_MOST_LINES = 2000
_MOST_BYTES = 8 * 1024 * 1024
_REFUSED = 400


@dataclass(frozen=True, slots=True)
class Kept:
    """A visit, and when it was made."""

    at: datetime
    visit: Visit

    def holds(self, now: datetime) -> bool:
        """Whether it is still believed."""
        is_good = self.visit.status is not None and self.visit.status < _REFUSED
        return timedelta(0) <= now - self.at < (GOOD_FOR if is_good else BAD_FOR)


def recall(folder: Path, now: datetime) -> Mapping[str, Kept]:
    """By address, what is known and still holds; the folder need not exist."""
    file, lines = folder / FILE, [b""]
    with suppress(OSError):
        if file.is_file() and file.stat().st_size <= _MOST_BYTES:
            lines = file.read_bytes().split(b"\n")
    known = [kept for line in reversed(lines) if (kept := _read(line)) and kept.holds(now)]
    return {kept.visit.url: kept for kept in known}


def remember(folder: Path, visits: Iterable[Visit], known: Mapping[str, Kept], now: datetime) -> None:
    """Write the new visits in front of what was known."""
    new = {visit.url: Kept(now, visit) for visit in visits}
    lines = [_line(kept) for kept in (new | {url: kept for url, kept in known.items() if url not in new}).values()]
    if new:
        with suppress(OSError):
            replace(folder / FILE, b"\n".join(lines[:_MOST_LINES]))


@cache
def _adapter() -> TypeAdapter[Kept]:
    return TypeAdapter(Kept)


def _line(kept: Kept) -> bytes:
    data = _adapter().dump_json(kept)
    return b" ".join([_checksum(data), data])


def _read(line: bytes) -> Kept | None:
    checksum, _, data = line.partition(b" ")
    if not data or checksum != _checksum(data):
        return None
    try:
        kept = _adapter().validate_json(data)
    except ValueError:
        return None
    return kept if kept.at.tzinfo else None


def _checksum(data: bytes) -> bytes:
    """It tells a damaged line, and one that another version wrote."""
    return hashlib.sha256(__version__.encode() + b"\0" + data).hexdigest().encode()
