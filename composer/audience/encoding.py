"""How the characters of a CSV file are written.

UTF-8 with or without BOM, UTF-16 with BOM ("Unicode text"), or Windows-1252. The whole file is looked through once,
piece by piece, before anybody believes its first row.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_PIECE_BYTES = 65_536
_SAVE_AS = "save it from the spreadsheet as 'CSV UTF-8'"
_SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook (xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (xls)"),
    (b"%PDF", "a PDF document"),
)
_ACCENT_IN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file, or the rest of it, cannot be read as a table."""

    why: str
    hint: str
    line: int = 1

    def finding(self, path: str) -> Finding:
        """The same for the person who has to mend it. An error: whoever is on the list would be lost."""
        return Finding(Place(path, self.line), Level.ERROR, "list", self.why, self.hint)


def encoding(file: BinaryIO) -> str | Unreadable:
    """The encoding of a file, by Python's name for it, or what keeps it from being a table; back at its beginning."""
    start = file.read(4)
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return Unreadable(f"this is {kind}, not a CSV file", _SAVE_AS)
    marked = next((name for bom, name in _BOMS if start.startswith(bom)), None)
    found = _tried(file, marked or "utf-8")
    # Not both in one file: that would turn half of the names into "JosÃ©".
    if isinstance(found, _Undecodable) and not marked and not _has_utf8(file):
        found = _tried(file, "cp1252")
    file.seek(0)
    return found


class _Undecodable(Unreadable):
    """The encoding that was tried is not the one that the file is written in."""


def _tried(file: BinaryIO, name: str) -> str | Unreadable:
    """The name of the encoding if it reads the whole file."""
    lines, nul_at = _LineCount(), 0
    decoder = codecs.getincrementaldecoder(name)()
    for piece in _pieces(file):
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            line = lines.after(error.object[: error.start].decode(error.encoding))
            return _Undecodable("the characters are neither all UTF-8 nor all Windows-1252", _SAVE_AS, line)
        if not nul_at and "\0" in text:
            nul_at = lines.after(text[: text.index("\0")])
        lines.add(text)
    if nul_at:
        return Unreadable("there are NUL bytes in it, so it is not a CSV file, or a damaged one", _SAVE_AS, nul_at)
    return name


def _has_utf8(file: BinaryIO) -> bool:
    before = b""
    for piece in _pieces(file):
        if _ACCENT_IN_UTF8.search(before + piece):
            return True
        before = piece[-1:]
    return False


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning, and at its end a piece without any bytes."""
    file.seek(0)
    while piece := file.read(_PIECE_BYTES):
        yield piece
    yield b""


class _LineCount:
    """Counts lines that end in CR, LF or both, in text that comes in pieces."""

    def __init__(self) -> None:
        self._line = 1
        self._is_after_cr = False

    def after(self, text: str) -> int:
        """The line on which the next character would stand, had `text` come."""
        ends = text.count("\n") + text.count("\r") - text.count("\r\n")
        return self._line + ends - (self._is_after_cr and text.startswith("\n"))

    def add(self, text: str) -> None:
        """Take in the next piece."""
        self._line = self.after(text)
        self._is_after_cr = text.endswith("\r") if text else self._is_after_cr
