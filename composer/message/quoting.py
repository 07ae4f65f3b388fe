"""Bodies that any mail server carries unharmed: text in quoted-printable, pictures in base64 (RFC 2045 §6.7, §6.8).

Written here and not left to the `email` package, which costs 3 ms a message.
"""

from __future__ import annotations

import base64
import re
import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOFT_BREAK = b"=\r\n"
"""Ends a line of quoted-printable text without ending the line that it stands for (RFC 2045 §6.7)."""

_LINE = 76


def table(themselves: str) -> list[str]:
    """How each octet is written, where these stand for themselves and the others are `=XX` (RFC 2045 §6.7 (1))."""
    return [chr(octet) if chr(octet) in themselves else f"={octet:02X}" for octet in range(256)]


def octets(words: str) -> str:
    """The UTF-8 octets of words, one character each, to be translated by a `table`."""
    return words.encode("utf-8", "replace").decode("latin-1")


_IN_BODY = table(string.ascii_letters + string.digits + string.punctuation.replace("=", "") + " \t")
_PLAIN = re.compile(r"(?!From )[!-\-/-<>-~](?:[ -<>-~]{0,73}[!-<>-~])?")
"""A line of a body that stands for itself, with room for a soft break."""

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(value: str) -> str:
    """A value as it may stand in a body: on one line, without control characters and halves of characters."""
    if value.isascii() and value.isprintable():
        return value
    spaced = _LINE_BREAKS.sub(" ", value)
    return _CONTROLS.sub("", spaced).encode("utf-8", "replace").decode("utf-8")


def in_body(value: str) -> bytes:
    """A value as a piece of a quoted-printable body, with a soft break at its end; nothing where there is none."""
    if _PLAIN.fullmatch(value):
        return value.encode("ascii") + SOFT_BREAK
    return quoted_printable(value) + SOFT_BREAK if value else b""


def quoted_printable(text: str) -> bytes:
    """Text in quoted-printable (RFC 2045 §6.7), its lines ended by CRLF and at most 76 columns wide.

    No line starts with a full stop or with "From ", the two things that servers on the way like to change.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\r\n".join("=\r\n".join(_wrapped(line)) for line in lines).encode("ascii")


def _wrapped(line: str) -> Iterator[str]:
    quoted = octets(line).translate(_IN_BODY)
    if quoted.endswith((" ", "\t")):
        quoted = quoted[:-1] + f"={ord(quoted[-1]):02X}"
    while True:
        quoted = _guarded(quoted)
        if len(quoted) <= _LINE - 1:
            yield quoted
            return
        end = _LINE - 1
        escape = quoted.rfind("=", end - 2, end)
        end = escape if escape >= 0 else end
        yield quoted[:end]
        quoted = quoted[end:]


def _guarded(quoted: str) -> str:
    return f"={ord(quoted[0]):02X}{quoted[1:]}" if quoted.startswith((".", "From ")) else quoted


def base64_lines(data: bytes) -> bytes:
    """Binary data in base64 (RFC 2045 §6.8), 76 columns wide."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n").removesuffix(b"\r\n")
