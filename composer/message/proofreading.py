"""The last look at a finished sample, as strict as the strictest server and mail program on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composer.message.press import Message

_LONGEST_LINE = 998
"""Octets without the CRLF (RFC 5322 §2.1.1)."""

_UNFIT = re.compile(rb"[^\t\r\n -~]|\r(?!\n)|(?<!\r)\n")
"""What is not ASCII, NUL and other controls, and half a line break (RFC 5321 §2.3.8)."""


def proofread(message: Message, names: Sequence[str]) -> None:
    """Raise `ComposerError` unless the message reads as it was meant, with exactly these header fields in this order.

    An encoded line break or a folded one that some reader takes for the start of a field would show here. No line of
    ours begins with a dot, so that there is none to stuff (RFC 5321 §4.5.2).
    """
    data = message.data
    longest = max(map(len, data.split(b"\r\n")))
    if longest > _LONGEST_LINE:
        raise ComposerError(
            f"a line of the message has {longest} octets, and mail allows {_LONGEST_LINE}; "
            "shorten the web addresses in newsletter.yaml"
        )
    has_dots = message.wire != data + b".\r\n"
    if has_dots or _UNFIT.search(data) or _names(data) != list(names):
        raise ComposerError("the message does not read as it was meant, so nothing was made of it; report this")


def _names(data: bytes) -> list[str]:
    """The header fields that a mail program finds; none in a message with a defect."""
    from email import errors, policy  # noqa: PLC0415 - 30 ms, which `composer check` has no use for
    from email.parser import BytesParser  # noqa: PLC0415

    try:
        return BytesParser(policy=policy.default.clone(raise_on_defect=True)).parsebytes(data).keys()
    except errors.MessageDefect:
        return []
