"""Lines of a mail log → entries: who says what, and when. Whatever else stands in the log is passed over.

A line is read from its start only: nothing that a client can put into a HELO, an address or a Message-ID begins one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.maillog.stamp import RFC3339, TRADITIONAL, Stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

_LINE = re.compile(
    rf"({TRADITIONAL}|{RFC3339}) (\S+) "  # when, on which host
    r"([^\s/\[\]:]+)(?:/[^\s/\[\]:]+)*/([\w-]+)\[(\d+)\]: "  # postfix-out/submission/smtpd[4711]
    r"(.*)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line that a Postfix program wrote."""

    at: datetime
    host: str
    instance: str
    """The first part of the program's name: "postfix", or what a second instance is called."""
    program: str
    """The last part: "smtpd"."""
    process: int
    text: str


def entries(lines: Iterable[str], *, zone: tzinfo, near: datetime) -> Iterator[Entry]:
    """The entries of a log, in its order; line ends are left out."""
    stamps = Stamps(zone, near)
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        stamp, host, instance, program, process, text = found.groups()
        at = stamps.read(stamp)
        if at is not None:
            yield Entry(at, host, instance, program, int(process), text)
