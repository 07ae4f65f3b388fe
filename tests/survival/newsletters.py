"""A newsletter whose issue 1 is of today, with as many readers as a test wants and a peer for its mail server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.home.making import write
from tests.survival.peer import GONE

if TYPE_CHECKING:
    from pathlib import Path

CONNECTIONS = 8

_SETTINGS = """\
name: Harbour Notes
organisation: Harbour Partnership
address: |
  1 Quay Street
  Downhaven SE0 9ZZ
sender: {{name: Harbour Notes, email: notes@example.org}}
unsubscribe: {{email: leave@example.org}}
smtp: {{host: 127.0.0.1, port: {port}, security: none, connections: {connections}}}
"""
_ISSUE = """\
number: 1
date: {today}
intro: Good morning, [[name|colleague]]. Here is the news of the week.
updates:
  - title: The harbour wall is finished
    body: Walkers can use the path along the harbour wall again.
  - title: Leads meet on the pier
    body: Bring your plans for the summer.
    audience: [leads]
"""
_SEGMENTS = """\
everyone: {lists: [members, friends]}
leads: {lists: [members], where: {groups: Leads}}
"""
_ONE_IN = 89
"""One mailbox in so many does not exist: seldom enough for the canary."""


def newsletter(home: Path, people: int, port: int, *, connections: int = CONNECTIONS) -> Path:
    """Write the newsletter, with an issue of today because an old one would be refused; its folder."""
    today = datetime.now(UTC).date()
    write(home, "newsletter.yaml", _SETTINGS.format(port=port, connections=connections))
    write(home, "issues/1.yaml", _ISSUE.format(today=today))
    write(home, "recipients/segments.yaml", _SEGMENTS)
    rows = [
        f"{address},Reader {number},{'Leads' * (number % 5 == 0)}" for number, address in enumerate(readers(people))
    ]
    for name, some in (("members", rows[::2]), ("friends", rows[1::2])):
        write(home, f"recipients/{name}.csv", "\n".join(("email,name,groups", *some, "")))
    return home


def readers(people: int) -> list[str]:
    """Everybody's address."""
    return [f"{GONE if number % _ONE_IN == _ONE_IN - 1 else 'reader'}{number}@example.org" for number in range(people)]
