"""`start`: a newsletter of one's own, complete enough to be sent to the sandbox at once."""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from composer import schema
from composer.errors import ComposerError, UsageError
from composer.render.templating import packaged
from composer.scaffold.wording import days_around, filled, next_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

_TEXTS = (".yaml", ".csv", "dot-gitignore")
_DOT = "dot-"
"""Begins the name of a file that is hidden where it ends up, so that it does not act where it is kept."""


def start(folder: Path, *, today: date, name: str = "My Newsletter") -> None:
    """Make a newsletter in a new folder, or in one that holds nothing but hidden files such as `.git`.

    Everything is written aside and moved into place when it is complete, so an interruption leaves nothing half made,
    and nothing that was there is ever overwritten. Raises `UsageError` for a folder that is not free, `ComposerError`
    when it cannot be written.
    """
    words = {"name": _quoted(name), **days_around(next_day("friday", today))}
    try:
        _require_free(folder)
        room = folder if folder.exists() else folder.parent
        room.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".composer-", dir=room) as aside:
            made = Path(aside) / "newsletter"
            _write(made, words)
            _move(made, folder)
    except OSError as error:
        raise ComposerError(f"{folder.as_posix()} cannot be made: {error.strerror}") from None


def _quoted(name: str) -> str:
    """The name as YAML takes it whatever is in it."""
    words = " ".join(name.split())
    if not words or not words.isprintable():
        raise UsageError(f"{name!r} cannot be the name of a newsletter; write a few words")
    return json.dumps(words, ensure_ascii=False)


def _require_free(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder.as_posix()} is a file; name a new folder")
    if folder.exists() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
        raise UsageError(f"{folder.as_posix()} is not empty; name a new folder, nothing was changed")


def _write(made: Path, words: Mapping[str, str]) -> None:
    for path, data in _files(resources.files("composer.scaffold") / "newsletter"):
        _put(made / path, filled(data.decode("utf-8"), words).encode() if path.endswith(_TEXTS) else data)
    for path, data in _files(packaged()):
        _put(made / "templates" / path, data)
    schemas = made / "docs" / "schema"
    schemas.mkdir(parents=True)
    schema.write(schemas)


def _files(folder: Traversable | Path, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file below a folder: its path with forward slashes, and its bytes."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry.read_bytes()


def _put(file: Path, data: bytes) -> None:
    if file.name.startswith(_DOT):
        file = file.with_name("." + file.name.removeprefix(_DOT))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _move(made: Path, folder: Path) -> None:
    """Into place: in one step where the folder is new, else entry by entry, the settings that make it a home last."""
    if not folder.exists():
        made.rename(folder)
        return
    for entry in sorted(made.iterdir(), key=lambda entry: entry.name == "newsletter.yaml"):
        if not (folder / entry.name).exists():
            entry.rename(folder / entry.name)
