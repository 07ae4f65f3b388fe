"""Bytes that any mail server carries unharmed: quoted-printable bodies, base64 pictures, folded header lines.

Written here and not left to the `email` package, for three reasons: it costs 3 ms a message, it encodes words inside
addresses and List-* fields, and before Python 3.11.10 it let an encoded line break start a new header (CVE-2024-6923).
"""

from __future__ import annotations

import base64
import re
import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOFT_BREAK = b"=\r\n"
"""Ends a line of quoted-printable text without ending the line that it stands for (RFC 2045 §6.7)."""

_LINE = 76
_HEADER_LINE = 78
_ENCODED_WORD = 75
_LONGEST_PLAIN_NAME = 60


def _table(themselves: str) -> list[str]:
    """How each octet is written, where these stand for themselves and the others are `=XX` (RFC 2045 §6.7 (1))."""
    return [chr(octet) if chr(octet) in themselves else f"={octet:02X}" for octet in range(256)]


_IN_BODY = _table(string.ascii_letters + string.digits + string.punctuation.replace("=", "") + " \t")
_IN_WORDS = _table(string.ascii_letters + string.digits + "!*+-/")
_IN_WORDS[ord(" ")] = "_"
"""What may stand for itself in an encoded word, even in a display name (RFC 2047 §5 (3))."""

_CONTINUATIONS = frozenset(bytes([octet]) for octet in range(0x80, 0xC0))
_CONTINUATIONS_IN_Q = frozenset({"=8", "=9", "=A", "=B"})
"""Octets that go on with a character of UTF-8, before which it must not be cut."""

_PLAIN = re.compile(r"(?!From )[!-\-/-<>-~](?:[ -<>-~]{0,73}[!-<>-~])?")
"""A line of a body that stands for itself, with room for a soft break."""

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)


def one_line(value: str) -> str:
    """A value as it may stand in a body: on one line, without control characters and halves of characters."""
    if value.isascii() and value.isprintable():
        return value
    spaced = _LINE_BREAKS.sub(" ", value)
    return _CONTROLS.sub("", spaced).encode("utf-8", "replace").decode("utf-8")


def is_header_safe(value: str) -> bool:
    """Whether no reader of a header, however old, can take this value for more than words."""
    return "=?" not in value and one_line(value) == value


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
    quoted = _octets(line).translate(_IN_BODY)
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


def header(name: str, words: str) -> bytes:
    """A field of free words (RFC 5322 §2.2.1), folded, in encoded words where it is not plain ASCII (RFC 2047)."""
    words = re.sub(" +", " ", words).strip()
    if words.isascii() and all(len(word) < _HEADER_LINE - len(name) - 2 for word in words.split(" ")):
        return folded(name, words.split(" "))
    return folded(name, list(encoded_words(words, first=_ENCODED_WORD - len(name))))


def folded(name: str, words: Sequence[str]) -> bytes:
    """A field folded between these words (RFC 5322 §2.2.3); a word is never broken, the first never moved away."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _HEADER_LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def encoded_words(words: str, *, first: int = _ENCODED_WORD) -> Iterator[str]:
    """Words as RFC 2047 encoded words of at most 75 columns, the first of at most `first`; no character is cut.

    In the Q encoding, which people can half read, unless the B encoding is shorter, as it is for Cyrillic or Greek.
    """
    in_q, in_b = _octets(words).translate(_IN_WORDS), base64.b64encode(words.encode("utf-8"))
    return _q_words(in_q, first) if len(in_q) <= len(in_b) else _b_words(words.encode("utf-8"), first)


def _q_words(quoted: str, width: int) -> Iterator[str]:
    while quoted:
        end = width - len("=?utf-8?q??=")
        escape = quoted.rfind("=", end - 2, end)
        end = escape if escape >= 0 else end
        while quoted[end : end + 2] in _CONTINUATIONS_IN_Q:
            end -= 3
        yield f"=?utf-8?q?{quoted[:end]}?="
        quoted, width = quoted[end:], _ENCODED_WORD


def _b_words(octets: bytes, width: int) -> Iterator[str]:
    while octets:
        end = (width - len("=?utf-8?b??=")) // 4 * 3
        while octets[end : end + 1] in _CONTINUATIONS:
            end -= 1
        yield f"=?utf-8?b?{base64.b64encode(octets[:end]).decode('ascii')}?="
        octets, width = octets[end:], _ENCODED_WORD


def _octets(words: str) -> str:
    """The UTF-8 octets of words, one character each."""
    return words.encode("utf-8", "replace").decode("latin-1")


def mailbox(name: str, display_name: str, address: str) -> bytes:
    """A field that holds one address with its display name (RFC 5322 §3.4); the address itself is never encoded."""
    display_name = display_name.strip()
    if not display_name:
        return f"{name}: {address}\r\n".encode("ascii")
    if len(display_name) > _LONGEST_PLAIN_NAME or not display_name.isascii():
        return folded(name, [*encoded_words(display_name, first=_ENCODED_WORD - len(name)), f"<{address}>"])
    if not _ATOMS.fullmatch(display_name):
        escaped = display_name.replace("\\", "\\\\").replace('"', '\\"')
        display_name = f'"{escaped}"'
    return folded(name, [display_name, f"<{address}>"])
