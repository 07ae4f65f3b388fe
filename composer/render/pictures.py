"""The pictures of an edition: read once each, verified, measured, and named safely.

Only PNG, JPEG and GIF reach every inbox. A picture's display size is computed here, because classic Outlook shows it at
its full size unless `width` says otherwise.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from composer.errors import ComposerError, Finding, Level, Place
from composer.render import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PIL.ImageFile import ImageFile

    from composer.edition import Edition
    from composer.settings import Newsletter

MOST_PIXELS = 40_000_000
"""A compressed picture may claim any size; beyond this it is not unpacked."""
_TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg"), "GIF": ("image/gif", ".gif")}


_SMALLER = "save it 1,200 wide"


class _UnusableError(Exception):
    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the templates print it: its address and its size on the page, in pixels."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of one edition, by the file name that items ask for; a broken one is only in `findings`."""

    pictures: Mapping[str, Picture]
    findings: tuple[Finding, ...]
    base_url: str | None

    @property
    def enclosed(self) -> tuple[Picture, ...]:
        """The pictures that travel inside the message: all, or none where they are on a web server."""
        return () if self.base_url else tuple(self.pictures.values())

    def shown(self, file: str, widest: int) -> Shown | None:
        """The picture at its display size: never enlarged, never wider than `widest` pixels."""
        picture = self.pictures.get(file)
        if picture is None:
            return None
        width = min(picture.width, widest)
        src = f"{self.base_url.rstrip('/')}/{quote(file)}" if self.base_url else f"images/{picture.name}"
        return Shown(src, width, max(1, round(picture.height * width / picture.width)))


def collect(edition: Edition, newsletter: Newsletter, read: Callable[[str], bytes]) -> Album:
    """Every picture that the edition shows. `read` gives a file's bytes or raises a `ComposerError`."""
    pictures: dict[str, Picture] = {}
    findings: list[Finding] = []
    for file, place in _wanted(edition):
        if file in pictures:
            continue
        taken = {picture.name.casefold() for picture in pictures.values()}
        try:
            pictures[file] = _developed(file, read(file), newsletter.limits.picture_kb, taken=taken)
        except _UnusableError as error:
            findings.append(Finding(place(), Level.ERROR, "picture", f"{file} {error}", error.hint))
        except ComposerError as error:
            findings.append(Finding(place(), Level.ERROR, "picture", str(error)))
    return Album(pictures, tuple(findings), newsletter.pictures.base_url)


def _wanted(edition: Edition) -> Iterator[tuple[str, Callable[[], Place]]]:
    """The file names in print order, each with the way to find the place that names it."""
    if edition.masthead.image:
        at = edition.masthead_at
        place = partial(at.place, "image", "file") if at else partial(Place, "newsletter.yaml")
        yield edition.masthead.image.file, place
    for entry in (*edition.updates, *edition.reminders):
        if entry.item.image:
            yield entry.item.image.file, partial(entry.place_of, "image", "file")


def _developed(file: str, data: bytes, most_kb: int, *, taken: set[str]) -> Picture:
    if len(data) > most_kb * 1024:
        raise _UnusableError(
            f"has {-(-len(data) // 1024)} KB; the limit is {most_kb} KB (limits.picture_kb)", "make it smaller"
        )
    kind, width, height = _measured(data)
    media_type, suffix = _TYPES[kind]
    return Picture(_safe_name(file, suffix, taken), data, media_type, width, height)


@lru_cache(maxsize=32)
def _measured(data: bytes) -> tuple[str, int, int]:
    """The format and the size in pixels; raises `_UnusableError` for what is no whole PNG, JPEG or GIF."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - costs 25 ms; an issue without pictures needs none

    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and its sentence says the size
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as image:
            kind, (width, height) = image.format or "", image.size
            if width * height > MOST_PIXELS:
                raise _UnusableError(f"has {width:,} \u00d7 {height:,} pixels, far more than an email shows", _SMALLER)
            _read_through(image)
    except UnidentifiedImageError:
        raise _UnusableError("is no PNG, JPEG or GIF", "inboxes show nothing else; save it as one of them") from None
    except (OSError, ValueError, SyntaxError) as error:
        raise _UnusableError(f"is damaged: {error}", "save it again") from error
    return kind, width, height


def _read_through(image: ImageFile) -> None:
    """Raise one of Pillow's errors if the file stops early, in the way that is quickest for its format."""
    if image.format == "PNG":
        image.verify()
    else:
        image.draft("L", (1, 1))
        image.load()


def _safe_name(file: str, suffix: str, taken: set[str]) -> str:
    """A name of letters, digits and hyphens with the suffix of the picture's real type, not yet in `taken`."""
    plain = unicodedata.normalize("NFKD", PurePosixPath(file).stem).encode("ascii", "ignore").decode("ascii")
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-") or "picture"
    names = (f"{stem}{f'-{n}' if n else ''}{suffix}" for n in range(len(taken) + 1))
    return next(name for name in names if name.casefold() not in taken)
