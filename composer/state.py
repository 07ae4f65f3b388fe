"""The folder `state/`: what has to outlive a run, each file made aside and moved into place, never half there."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from composer.settings import Settings

KEY_CHARACTERS = 32
"""The shortest signing key that is accepted; a generated one has 43 characters for 256 bits."""


def create_once(path: Path, fill: Callable[[Path], None]) -> bool:
    """Create `path` by letting `fill` write it aside; False when it was there first, whoever made it.

    A hard link is the one move that never replaces: two processes that begin together end up with the same file.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        fill(aside)
        is_ours = _moved(aside, path)
        _sync(path.parent)
        return is_ours
    finally:
        aside.unlink(missing_ok=True)


def signing_key(folder: Path, settings: Settings) -> str:
    """The secret that signs links and makes Message-IDs: `COMPOSER_KEY`, or else `state/key`, made at the first need.

    Losing it breaks every link already sent, so an unreadable or truncated one is an error and never replaced.
    """
    if settings.key is not None:
        return _long_enough(settings.key.get_secret_value(), "COMPOSER_KEY")
    path = folder / "key"
    try:
        create_once(path, _write_key)
        return _long_enough(path.read_text(encoding="ascii").strip(), "state/key")
    except UnicodeDecodeError as error:
        raise ComposerError("state/key is damaged; restore it from a backup") from error
    except OSError as error:
        raise ComposerError(f"state/key: the signing key cannot be read or made: {error.strerror or error}") from error


@contextmanager
def secret_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read, on the disk when it is closed; `FileExistsError` if it is there."""
    with open(path, "xb", opener=_for_the_owner) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_key(path: Path) -> None:
    with secret_file(path) as file:
        file.write(secrets.token_urlsafe(32).encode("ascii") + b"\n")


def _long_enough(key: str, where: str) -> str:
    if len(key) < KEY_CHARACTERS:
        raise ComposerError(
            f"{where}: the signing key has only {len(key)} of the {KEY_CHARACTERS} characters it needs; "
            "restore it from a backup, because links already sent depend on it"
        )
    return key


def _moved(aside: Path, path: Path) -> bool:
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links, such as a memory stick
        if path.exists():
            return False
        aside.rename(path)
    return True


def _sync(folder: Path) -> None:
    """Put the folder's entries on the disk, where the system can; a power cut takes no file back then."""
    if os.name != "posix":
        return
    for directory in (folder, folder.parent):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
