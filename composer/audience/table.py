"""A CSV file as spreadsheets save it → its rows, each of which knows where it stands, read one by one.

Separators: comma, semicolon or tab, found in the heading row, or named by a first line `sep=;`. Quoting as in RFC 4180.
Line ends: CR, LF or both.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.audience.encoding import Unreadable, encoding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>[^"\r\n])"?[ ,;\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEAD = 65_536
"""Characters among which the first line that is not blank is looked for."""


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
class Misquoted:
    """A row whose quotation marks do not say where a cell ends."""

    line: int


class _Lines:
    """The physical lines of a text, remembering those of the row that is being read."""

    def __init__(self, lines: TextIO, line: int) -> None:
        self._lines = lines
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


def rows(raw: bytes | BinaryIO) -> Iterator[Row | Misquoted | Unreadable]:
    """The rows of a file, the heading row first, blank ones left out; nothing follows an `Unreadable`.

    The file is closed at the end.
    """
    file = io.BytesIO(raw) if isinstance(raw, bytes) else raw
    written = encoding(file)
    if isinstance(written, Unreadable):
        yield written
        return
    with io.TextIOWrapper(file, written, newline="") as text:
        head = text.read(_HEAD)
        text.seek(0)
        named = _SEPARATOR_LINE.match(head)
        if named:
            text.readline()
        separator = named["separator"] if named else _likely_separator(head)
        yield from _parsed(_Lines(text, line=2 if named else 1), separator)


def _parsed(lines: _Lines, separator: str) -> Iterator[Row | Misquoted | Unreadable]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            row = Row(next(reader), *lines.row(), separator)
        except StopIteration:
            return
        except UnicodeDecodeError:
            line, _ = lines.row()
            yield Unreadable("the file has changed while it was read", "run the command again", line)
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


def _likely_separator(text: str) -> str:
    """The separator that cuts the first line that is not blank into most cells; a comma when none does."""
    heading = re.sub(r'"(?:[^"]|"")*"', "", text.lstrip()[:10_000])
    line = _LINE_END.split(heading, maxsplit=1)[0]
    return max(_SEPARATORS, key=line.count)
