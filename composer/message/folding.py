"""Header fields as every reader of headers understands them: folded, in encoded words where they are not ASCII.

Written here and not left to the `email` package, which encodes words inside addresses and List-* fields, and before
Python 3.11.10 let an encoded line break start a new field (CVE-2024-6923).
"""

from __future__ import annotations

import base64
import re
import string
from typing import TYPE_CHECKING

from composer.message.quoting import octets, one_line, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = 78
_ENCODED_WORD = 75
_LONGEST_PLAIN_NAME = 60

_IN_WORDS = table(string.ascii_letters + string.digits + "!*+-/")
_IN_WORDS[ord(" ")] = "_"
"""What may stand for itself in an encoded word, even in a display name (RFC 2047 §5 (3))."""

_CONTINUATIONS = frozenset(bytes([octet]) for octet in range(0x80, 0xC0))
_CONTINUATIONS_IN_Q = frozenset({"=8", "=9", "=A", "=B"})
"""Octets that go on with a character of UTF-8, before which it must not be cut."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ATOMS = re.compile(rf"{_ATOM}(?: {_ATOM})*")
_ADDRESS = re.compile(rf"(?!.*=\?){_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SPACES = re.compile(" +")


def is_header_safe(value: str) -> bool:
    """Whether no reader of a header, however old, can take this value for more than words."""
    return "=?" not in value and one_line(value) == value


def is_address(value: str) -> bool:
    """Whether it can stand in an envelope and a header as it is: a dot-atom, @, a host name (RFC 5322 §3.4.1)."""
    return _ADDRESS.fullmatch(value) is not None


def header(name: str, words: str) -> bytes:
    """A field of free words (RFC 5322 §2.2.1), folded, in encoded words where it is not plain ASCII (RFC 2047).

    Two values that are safe each by itself can make a "=?" between them; that is encoded too.
    """
    words = _SPACES.sub(" ", words).strip()
    fits = all(len(word) < _LINE - len(name) - 2 for word in words.split(" "))
    if fits and words.isascii() and "=?" not in words:
        return folded(name, words.split(" "))
    return folded(name, list(encoded_words(words, first=_ENCODED_WORD - len(name))))


def folded(name: str, words: Sequence[str]) -> bytes:
    """A field folded between these words (RFC 5322 §2.2.3); a word is never broken, the first never moved away."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def encoded_words(words: str, *, first: int = _ENCODED_WORD) -> Iterator[str]:
    """Words as RFC 2047 encoded words of at most 75 columns, the first of at most `first`; no character is cut.

    In the Q encoding, which people can half read, unless the B encoding is shorter, as it is for Cyrillic or Greek.
    """
    in_q, in_b = octets(words).translate(_IN_WORDS), base64.b64encode(words.encode("utf-8"))
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


def _b_words(encoded: bytes, width: int) -> Iterator[str]:
    while encoded:
        end = (width - len("=?utf-8?b??=")) // 4 * 3
        while encoded[end : end + 1] in _CONTINUATIONS:
            end -= 1
        yield f"=?utf-8?b?{base64.b64encode(encoded[:end]).decode('ascii')}?="
        encoded, width = encoded[end:], _ENCODED_WORD


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
