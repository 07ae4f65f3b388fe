"""The relaxed canonical forms (RFC 6376 §3.4): what a message is signed as, so that changes of white space do no harm.

White space is spaces and tabs only (RFC 6376 §2.8). Lines end with CRLF.
"""

from __future__ import annotations

import re

_FIELDS = re.compile(rb"\r\n(?![ \t])")
_WORDS = re.compile(rb"[^ \t\r\n]+")
_AT_THE_END = re.compile(rb"[ \t]+(?=\r\n)")
_WHITE_SPACE = re.compile(rb"[ \t]+")


def relaxed_header(header: bytes) -> bytes:
    """Header fields: names in lower case, values unfolded, runs of white space made one space (RFC 6376 §3.4.2)."""
    return b"".join([relaxed_field(field) + b"\r\n" for field in _FIELDS.split(header) if field])


def relaxed_field(field: bytes) -> bytes:
    """The same of one field, without the CRLF at its end."""
    name, _, value = field.partition(b":")
    return name.rstrip(b" \t").lower() + b":" + b" ".join(_WORDS.findall(value))


def relaxed_body(lines: bytes) -> bytes:
    """Lines of a body: white space at their ends gone, runs of it made one space (RFC 6376 §3.4.4).

    Works on any whole lines of a body, except for empty ones at its very end, which the standard ignores: a body that
    is signed must have none.
    """
    return _WHITE_SPACE.sub(b" ", _AT_THE_END.sub(b"", lines))
