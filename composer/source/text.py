"""Bytes → text that YAML can be read from, and what is wrong with its characters.

These findings need no parser, so they are reported even where a syntax error hides the rest. Each offending character
is replaced by one that does no harm, so that the parser can go on and everything is found in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_BYTES = 1024 * 1024

_BREAK = re.compile(r"\r\n|\r|\n")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffc\U00010000-\U0010ffff]")
_SPACE = "[\u00a0\u00ad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000]"
_STRANGE_SPACE = re.compile(rf"(?:[ \t]|- ?|{_SPACE})*?({_SPACE})|[ \t]*(?:- +)?[A-Za-z_]+:({_SPACE})")
_TAB = re.compile(r" *(\t)[ \t]*\S")
_BLOCK = re.compile(r"(?:^|[:\-?] |[:\-?]\t) *[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file as it can be parsed, its lines, and the findings so far."""

    text: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]


def decode(raw: bytes, path: str) -> Text:
    """The text of UTF-8 bytes, with or without a byte order mark; never raises."""
    if len(raw) > LARGEST_BYTES:
        return _unreadable(path, "size", f"the file holds {len(raw) // 1024:,} KB", "an issue has at most 1,024 KB")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:4]:
        return _unreadable(path, "encoding", "the file is saved as UTF-16", "save the file as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        lines = _BREAK.split(before)
        place = Place(path, len(lines), len(lines[-1]) + 1)
        byte = raw[error.start : error.start + 1]
        shown = byte.decode("cp1252", "replace")
        message = f"the file is not UTF-8: here is a {shown!r} of another encoding, such as Windows-1252"
        finding = Finding(place, Level.ERROR, "encoding", message, "save the file as UTF-8")
        return _checked(raw.decode("utf-8-sig", "replace").replace("\ufffd", "?"), path, (finding,))
    return _checked(text, path, ())


def _unreadable(path: str, code: str, message: str, hint: str) -> Text:
    return Text("", (), (Finding(Place(path), Level.ERROR, code, message, hint),))


def _checked(text: str, path: str, found: tuple[Finding, ...]) -> Text:
    findings = list(found)
    lines = _BREAK.split(text)
    for number, line in enumerate(lines, 1):
        if not line.isascii() or not line.isprintable():
            for match in _FORBIDDEN.finditer(line):
                findings.append(_forbidden(Place(path, number, match.start() + 1), match[0]))
    lines = [_FORBIDDEN.sub(" ", line) for line in lines]
    for index in _structure(lines):
        line = lines[index]
        if not line.isascii() and (match := _STRANGE_SPACE.match(line)):
            column = match.start(match.lastindex or 0)
            findings.append(_strange_space(Place(path, index + 1, column + 1), line[column]))
            lines[index] = line[: match.end()].translate(_PLAIN) + line[match.end() :]
        if match := _TAB.match(line):
            place = Place(path, index + 1, match.start(1) + 1)
            findings.append(Finding(place, Level.ERROR, "tab", "this line is indented with a tab", "use spaces"))
    return Text("\n".join(lines), tuple(lines), tuple(findings))


_PLAIN = {ord(space): " " for space in map(chr, range(0x80, 0x3001)) if re.fullmatch(_SPACE, space)}


def _structure(lines: list[str]) -> Iterator[int]:
    """The lines outside block scalars (`|`, `>`), where indentation and keys have a meaning."""
    block: int | None = None
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (indent > block or not line.strip()):
            continue
        block = indent if _BLOCK.search(line) else None
        yield index


def _forbidden(place: Place, character: str) -> Finding:
    if character == "\ufffd":
        message = "a character was lost here when the text was converted (U+FFFD)"
    else:
        message = f"an invisible control character (U+{ord(character):04X})"
    return Finding(place, Level.ERROR, "control-character", message, "delete it and type the text again")


def _strange_space(place: Place, character: str) -> Finding:
    name = "no-break space" if character == "\u00a0" else "special space"
    message = f"a {name} (U+{ord(character):04X}) where an ordinary space belongs"
    return Finding(place, Level.ERROR, "space", message, "delete it and press the space bar")
