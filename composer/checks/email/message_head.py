"""A message whose head breaks the limits of mail.

A sample message is made and read as the strictest server reads it: From, To, Subject, Date and Message-ID once each
(RFC 5322 §3.6), no line of more than 998 octets (§2.1.1), nothing but ASCII in the head. Composer folds and encodes
all fields itself, so only what is written into them can break these limits: a subject or a name that holds "=?",
which mail programs take for the beginning of an encoded word (RFC 2047), a control character, or an address too long
for a token. To leave with one click (RFC 8058), as Gmail and Yahoo want it of whoever writes to 5,000 people a day,
`unsubscribe` needs a `url`.

Passes:

    subject: A survey for everybody, and new figures
    updates:
      - {title: A survey, body: It is open to everybody.}

Fails:

    subject: "A survey =?utf-8?q?for?= everybody"
    updates:
      - {title: A survey, body: It is open to everybody.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import ComposerError, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.errors import Place

LEVEL = Level.ERROR

LONGEST_LINE = 998
"""Octets without the CRLF (RFC 5322 §2.1.1)."""
_ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")
_MANY = 5_000
_SETTING = re.compile(r"newsletter\.yaml: ([\w.]+): ")


def check(sheet: Sheet) -> Iterator[Remark]:
    """Make the sample message and read its head."""
    try:
        message = sheet.message
    except ComposerError as error:
        why, _, hint = str(error).partition("; ")
        yield Remark(_place(why, sheet), _SETTING.sub("", why), hint)
        return
    if message is None:
        return
    head = message.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0].decode("ascii", "replace") for line in re.split(rb"\r\n(?![ \t])", head)]
    for name in _ONCE:
        if names.count(name) != 1:
            yield Remark(_place("", sheet), f"the message has {names.count(name)} fields {name}, not one")
    if not head.isascii() or max(map(len, head.split(b"\r\n"))) > LONGEST_LINE:
        yield Remark(_place("", sheet), "the head of the message is not of short lines of ASCII", "shorten the subject")
    if "List-Unsubscribe-Post" not in names and len(sheet.audience.recipients) >= _MANY:
        said = f"nobody can leave with one click, and Gmail and Yahoo want that from {_MANY:,} people on"
        place = sheet.settings_at.at("unsubscribe")
        yield Remark(place, said, "write the web address that answers, as url", Level.WARNING)


def _place(why: str, sheet: Sheet) -> Place:
    """The setting that the error names; else the subject, which is the only thing that an issue writes into a head."""
    setting = _SETTING.match(why)
    if setting:
        return sheet.settings_at.at(*setting[1].split("."))
    return sheet.places.at("subject" if sheet.issue.subject else "number")
