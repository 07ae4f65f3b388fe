"""A CSV file as spreadsheets save it → its rows, each of which knows where it stands.

Encodings: UTF-8 with or without BOM, UTF-16 with BOM ("Unicode text"), Windows-1252. Separators: comma, semicolon or
tab, found in the heading row, or named by a first line `sep=;`. Quoting as in RFC 4180. Line ends: CR, LF or both.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>[^"\r\n])"?[ ,;\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_SAVE_AS = "save it from the spreadsheet as 'CSV UTF-8'"
_SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook (xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (xls)"),
    (b"%PDF", "a PDF document"),
)
_ACCENT_IN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the line on which it begins, and its text for finding the column of a cell."""

    cells: list[str]
    line: int
    text: str
    separator: str

    def position(self, index: int) -> tuple[int, int]:
        """Line and column at which a cell begins; a cell that is not there is looked for at the row's start."""
        if index == 0 or index >= len(self.cells):
            return self.line, 1
        if '"' not in self.text:
            return self.line, 1 + sum(len(cell) + 1 for cell in self.cells[:index])
        parts = re.finditer(rf'"(?:[^"]|"")*"|{re.escape(self.separator)}', self.text)
        ends = [part.end() for part in parts if part[0] == self.separator]
        return self.position_of(ends[index - 1] if index <= len(ends) else 0)

    def position_of(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the row's text."""
        breaks = [found.end() for found in _LINE_END.finditer(self.text, 0, offset)]
        return self.line + len(breaks), 1 + offset - (breaks[-1] if breaks else 0)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(map(str.strip, self.cells))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file, or the rest of it, cannot be read as a table."""

    why: str
    hint: str
    line: int = 1

    def finding(self, path: str) -> Finding:
        """The same for the person who has to mend it. An error: whoever is on the list would be lost."""
        return Finding(Place(path, self.line), Level.ERROR, "list", self.why, self.hint)


@dataclass(frozen=True, slots=True)
class Misquoted:
    """A row whose quotation marks do not say where a cell ends."""

    line: int


class _Lines:
    """The physical lines of a text, remembering those of the row that is being read."""

    def __init__(self, text: str, line: int) -> None:
        self._lines = io.StringIO(text, newline="")
        self._next = self._first = line
        self._taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        text = next(self._lines)
        self._taken.append(text)
        self._next += 1
        return text

    def row(self) -> tuple[int, str]:
        """First line and text of the row just read; the next one begins."""
        first, self._first = self._first, self._next
        text = self._taken[0] if len(self._taken) == 1 else "".join(self._taken)
        self._taken.clear()
        return first, text


def rows(raw: bytes) -> Iterator[Row | Misquoted | Unreadable]:
    """The rows of a file, the heading row first, blank ones left out; nothing follows an `Unreadable`."""
    text = _decoded(raw)
    if isinstance(text, Unreadable):
        yield text
        return
    named = _SEPARATOR_LINE.match(text)
    separator = named["separator"] if named else _likely_separator(text)
    lines = _Lines(text[named.end() :] if named else text, line=2 if named else 1)
    yield from _parsed(lines, separator)


def _parsed(lines: _Lines, separator: str) -> Iterator[Row | Misquoted | Unreadable]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            row = Row(next(reader), *lines.row(), separator)
        except StopIteration:
            return
        except csv.Error as error:
            line, text = lines.row()
            if "expected after" not in str(error):  # the file ended inside a cell, or the cell never seemed to end
                yield _endless(line, text)
                return
            yield Misquoted(line)
        else:
            if not row.is_blank:
                yield row


def _endless(line: int, text: str) -> Unreadable:
    """Why the rest of the list is lost: with a mark the cell is open, without one it holds more than a cell may."""
    lost = "the rest of the list is lost"
    if '"' in text:
        why = f"a quotation mark opens a cell here that is never closed; {lost}"
        return Unreadable(why, "close it with a second one", line)
    return Unreadable(f"a cell here does not end; {lost}", "no name or address is so long; delete it", line)


def _decoded(raw: bytes) -> str | Unreadable:
    """The text of a file, without its byte order mark."""
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            return Unreadable(f"this is {kind}, not a CSV file", _SAVE_AS)
    encoding = next((name for bom, name in _BOMS if raw.startswith(bom)), None)
    try:
        text = raw.decode(encoding) if encoding else _guessed(raw)
    except UnicodeDecodeError as error:
        line = 1 + len(_LINE_END.findall(raw[: error.start].decode("latin-1")))
        return Unreadable("the characters are neither all UTF-8 nor all Windows-1252", _SAVE_AS, line)
    if "\0" in text:
        line = 1 + len(_LINE_END.findall(text, 0, text.index("\0")))
        return Unreadable("there are NUL bytes in it, so it is not a CSV file, or a damaged one", _SAVE_AS, line)
    return text


def _guessed(raw: bytes) -> str:
    """UTF-8 or else Windows-1252, but not both in one file: that would turn half of the names into "JosÃ©"."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if _ACCENT_IN_UTF8.search(raw):
            raise
        return raw.decode("cp1252")


def _likely_separator(text: str) -> str:
    """The separator that cuts the first line that is not blank into most cells; a comma when none does."""
    heading = re.sub(r'"(?:[^"]|"")*"', "", text.lstrip()[:10_000])
    line = _LINE_END.split(heading, maxsplit=1)[0]
    return max(_SEPARATORS, key=line.count)
