"""Bytes → text that can be parsed, and what is wrong with its characters.

These findings need no parser, so they are reported even where a syntax error hides the rest. What offends is replaced
by harmless spaces of the same width, so that the parser goes on and everything is found in one pass.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGEST_BYTES = 1024 * 1024
LONGEST_QUOTED = 40

TAB = ("tab", "a tab where spaces are needed", "press the space bar instead")
"""Code, message and hint; the parser's own stumbling over the same tab says the same and is printed once."""

NO_CHARACTER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff\ufeff\ufffd-\uffff]")
"""Control characters, line breaks that only some programs see (U+0085, U+2028), overrides that turn the rest of a line
around (U+202E), surrogates, and U+FFFD, the grave of a character that a careless conversion has lost."""

_BREAK = re.compile(r"\r\n|\r|\n")
_SPACE = "[\u00a0\u00ad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000]"
_BEFORE_KEY = re.compile(rf"[ \t-]*({_SPACE})(?:{_SPACE}|[ \t-])*")
_AFTER_KEY = re.compile(rf"[ \t]*(?:- +)*[A-Za-z_]+:({_SPACE})")
_TAB = re.compile(r" *(\t)[ \t]*\S")
_BLOCK_HEADER = re.compile(r"(?:^|[:\-?])[ \t]+[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a file, fit for the parser, and the findings so far; no lines where nothing can be read."""

    lines: tuple[str, ...]
    findings: tuple[Finding, ...]


def decode(raw: bytes, path: str) -> Text:
    """The text of UTF-8 bytes, with or without a byte order mark; never raises."""
    if len(raw) > LARGEST_BYTES:
        size = f"the file holds {len(raw) // 1024:,} KB, more than anybody has typed"
        return Text((), (_error(Place(path), "size", size, f"at most {LARGEST_BYTES // 1024:,} KB are read"),))
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in raw[:4]:
        return Text((), (_error(Place(path), "encoding", "the file is saved as UTF-16", "save the file as UTF-8"),))
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return _checked(_BREAK.split(raw.decode()), path, [])
    except UnicodeDecodeError as error:
        # What is lost becomes a question mark: the decoding finding speaks for all of them.
        guessed = raw.decode(errors="replace").replace("\ufffd", "?")
        return _checked(_BREAK.split(guessed), path, [_encoding(error, path)])


def _encoding(error: UnicodeDecodeError, path: str) -> Finding:
    before = _BREAK.split(error.object[: error.start].decode())
    meant = error.object[error.start : error.start + 1].decode("cp1252", errors="replace")
    shown = repr(meant) if meant.isprintable() and meant != "\ufffd" else f"byte {error.object[error.start]:02X}"
    message = f"{shown} is not written in UTF-8, but in another encoding such as Windows-1252"
    return _error(Place(path, len(before), len(before[-1]) + 1), "encoding", message, "save the file as UTF-8")


def _checked(lines: list[str], path: str, findings: list[Finding]) -> Text:
    for index, line in enumerate(lines):
        if NO_CHARACTER.search(line):
            findings += (
                _forbidden(Place(path, index + 1, at.start() + 1), at[0]) for at in NO_CHARACTER.finditer(line)
            )
            lines[index] = NO_CHARACTER.sub(" ", line)
    for index in outside_blocks(lines):
        line = lines[index]
        if not line.isascii() and (match := _BEFORE_KEY.match(line) or _AFTER_KEY.match(line)):
            findings.append(_strange_space(Place(path, index + 1, match.start(1) + 1), match[1]))
            lines[index] = line = re.sub(_SPACE, " ", match[0]) + line[match.end() :]
        if match := _TAB.match(line):
            findings.append(_error(Place(path, index + 1, match.start(1) + 1), *TAB))
    return Text(tuple(lines), tuple(findings))


def outside_blocks(lines: Sequence[str]) -> Iterator[int]:
    """The lines, from 0, outside block scalars (`|`, `>`): there, indentation, keys and comments have a meaning."""
    block: int | None = None
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is None or (indent <= block and line.strip()):
            block = indent if _BLOCK_HEADER.search(line) else None
            yield index


def _forbidden(place: Place, character: str) -> Finding:
    number = f"U+{ord(character):04X}"
    lost = f"a character was lost here when the text was converted ({number})"
    message = lost if character == "\ufffd" else f"an invisible character that no text needs ({number})"
    return _error(place, "character", message, "delete it and type the words again")


def _strange_space(place: Place, character: str) -> Finding:
    name = "no-break space" if character == "\u00a0" else "special space"
    message = f"a {name} (U+{ord(character):04X}) where an ordinary one belongs; it looks the same"
    return _error(place, "space", message, "delete it and press the space bar")


def _error(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, Level.ERROR, code, message, hint)


def quoted(text: str) -> str:
    """Text of a file as a sentence can quote it: one printable line, shortened."""
    return repr(text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…")


def named(key: str) -> str:
    """A key as a sentence can name it: as it stands while it is an ordinary word, else quoted."""
    return key if key.isprintable() and 0 < len(key) <= LONGEST_QUOTED else quoted(key)
