"""Picture files, found by the exact name under which they are stored, on any machine."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from composer.errors import ComposerError, did_you_mean
from composer.source.files import UnreadError, read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

IMAGES = "issues/standing/images"


class PictureError(ComposerError):
    """A picture's name leads to no picture; the sentence says why and what to write instead."""


def read_picture(images: Path, file: str) -> bytes:
    """The bytes of a picture in the folder `images` or a subfolder of it, never outside.

    Names are compared with the listing of the folder rather than opened, because Windows and macOS open `Photo.PNG`
    as `photo.png` and Linux does not: what works for one editor has to work for all.
    """
    path = images
    for part in _parts(file):
        path /= _listed(part, path, file)
    if not path.resolve().is_relative_to(images.resolve()):
        raise PictureError(f"{file!r} leads out of {IMAGES}/; copy the picture there")
    try:
        return read(images, file)
    except UnreadError as error:
        raise PictureError(f"{IMAGES}/{error}") from None


def _parts(file: str) -> list[str]:
    parts = file.split("/")
    if "\\" in file or any(part in {"", ".", ".."} for part in parts):
        raise PictureError(f"{file!r} is not a name inside {IMAGES}/; write it as photo.jpg or 2025/photo.jpg")
    return parts


def _listed(part: str, folder: Path, file: str) -> str:
    """`part`, if the folder lists exactly this name."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        names = []
    if part in names:
        return part
    twin = _twin(part, names)
    if twin:
        why = "a name that differs only in capitals or accents is not found on every machine"
        raise PictureError(f"{file!r} is stored as {twin!r} in {IMAGES}/; write it so: {why}")
    hint = did_you_mean(part, names)
    raise PictureError(f"{IMAGES}/{file} does not exist" + (f"; {hint}" if hint else ""))


def _twin(part: str, names: Iterable[str]) -> str | None:
    """The name that differs from `part` in case or in the way its accents are encoded."""
    return next((name for name in names if _folded(name) == _folded(part)), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
