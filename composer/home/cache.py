"""Files that were validated before, so that a check parses only what was changed since the last (40 ms an issue).

One file of lines, newest first: `KEY CHECKSUM JSON`. The key is a hash of the code that reads files, the file's path
and its bytes, so nothing stale is ever found; the checksum tells a damaged line. What is written is what the editor
typed, and it is validated again when read. Nothing here can fail: whatever is wrong, the file is parsed instead.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pydantic

from composer.source import Loaded, Places, adapter, load
from composer.source.files import replace

FILE = "files.lines"
MOST_LINES = 120
MOST_BYTES = 32 * 1024 * 1024

_PACKAGE = Path(__file__).parent.parent


@dataclass(slots=True)
class FileCache:
    """The lines found in a folder, and those used since; `save` writes them when there are new ones."""

    folder: Path
    found: dict[bytes, bytes]
    used: dict[bytes, bytes] = field(default_factory=dict)

    @classmethod
    def opened(cls, folder: Path) -> FileCache:
        """The cache of a folder that need not exist."""
        found: dict[bytes, bytes] = {}
        file = folder / FILE
        with suppress(OSError):
            if file.is_file() and file.stat().st_size <= MOST_BYTES:
                found = {line[:64]: line for line in file.read_bytes().split(b"\n")}
        return cls(folder, found)

    def load(self, kind: Any, raw: bytes, path: str) -> Loaded[Any]:  # noqa: ANN401 - whatever pydantic takes
        """As `composer.source.load`, from the cache where it can."""
        key = hashlib.sha256(b"\0".join([readers(), path.encode(), raw])).hexdigest().encode()
        value = _value(kind, self.found.get(key, b""))
        if value is not None:
            self.used[key] = self.found[key]
            return Loaded(value, Places(path, raw))
        loaded: Loaded[Any] = load(kind, raw, path)
        if loaded.value is not None and not loaded.findings and readers():
            self.used[key] = _line(key, kind, loaded.value)
        return loaded

    def save(self) -> None:
        """Write what is new, with the older lines behind it as far as there is room."""
        if self.used.items() <= self.found.items():
            return
        lines = [*self.used.values(), *(line for key, line in self.found.items() if key not in self.used and line)]
        with suppress(OSError):
            replace(self.folder / FILE, b"\n".join(lines[:MOST_LINES]))


@cache
def readers() -> bytes:
    """A hash of the code that decides what a file means; empty, and nothing is cached, where it is missing."""
    try:
        rooms = [_PACKAGE / f"{room}.py" for room in ("issue", "standing", "fields", "address")]
        packages = [file for room in ("settings", "source") for file in sorted((_PACKAGE / room).glob("*.py"))]
        sources = b"\0".join(file.read_bytes() for file in (*rooms, *packages))
    except OSError:
        return b""
    return hashlib.sha256(sources + pydantic.VERSION.encode()).digest()


def _line(key: bytes, kind: Any, value: object) -> bytes:  # noqa: ANN401 - as above
    # Only what was typed: an edit tells what is left out from what is left empty.
    data = json.dumps(adapter(kind).dump_python(value, exclude_unset=True), default=_as_typed).encode()
    return b" ".join([key, _checksum(data), data])


def _value(kind: Any, line: bytes) -> object | None:  # noqa: ANN401 - as above
    data = line[130:]
    if not data or line[65:129] != _checksum(data):
        return None
    try:
        found: object = adapter(kind).validate_json(data)
    except ValueError:
        return None
    return found


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _as_typed(value: object) -> str:
    """A day, moment or time of day as an editor writes it; there are no other types that JSON lacks."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
