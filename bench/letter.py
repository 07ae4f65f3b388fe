"""What every client sends: one email of 60 KB, made by Composer, with the reader's name in it.

    python bench/letter.py HOME READERS [--for-peers]

makes a newsletter in HOME with so many readers, and, when asked to, what the other clients are given: `letter.json`
(subject, HTML and text, with a token wherever a value of the reader's goes) and `letter.eml` (one finished message).
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench import newsletters
from bench.homes import NUMBER, SELECTOR
from composer.galley import typeset
from composer.home import Home
from composer.message import compile_message, sample
from composer.unsubscribe import list_headers, unsubscribe_link

if TYPE_CHECKING:
    from composer.render import Email
    from composer.settings import Newsletter

ITEMS = 10
"""Together with a dozen contacts and dates so many items make 60 KB on the wire."""

FIRST_NAMES = ("Robin", "Morgan", "Casey", "Rowan", "Leslie", "Shay", "Cameron", "Dana")

_GREETING = """\
subject: Update no 13 for [[first_name|colleague]]
updates:
  - title: What this week brings
    body: |
      Dear [[first_name|colleague]], this letter goes to [[name|you]] at [[email]].
"""


def make(home: Path, readers: int) -> None:
    """A newsletter with one list, one segment and one issue; without a picture, which would be most of its weight."""
    newsletters.make(home, issues=NUMBER, items=1, newest_items=ITEMS)
    issue = home / "issues" / f"{NUMBER}.yaml"
    _change(issue, r"^updates:\n", _GREETING)
    _change(home / "newsletter.yaml", r"^masthead:\n(?:  .*\n)*", "")
    _change(home / "newsletter.yaml", r"^  connections: \d+$", "  connections: 10")
    for path in (home / "recipients").iterdir():
        path.unlink()
    (home / "recipients" / "segments.yaml").write_text("everyone: {lists: [members]}\n", encoding="utf-8")
    with (home / "recipients" / "members.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("email", "name"), *map(_reader, range(readers))])


def write_for_peers(home: Path) -> None:
    """`letter.json` and `letter.eml`."""
    newsletter = Home(home).newsletter().value
    if newsletter is None:
        raise SystemExit(f"{home / 'newsletter.yaml'} has mistakes; look at `composer check --home {home}`")
    [email] = typeset(Home(home), NUMBER, newsletter).emails.values()
    (home / "letter.json").write_text(json.dumps(_letter(email, newsletter), indent=1), encoding="utf-8")
    (home / "letter.eml").write_bytes(sample(compile_message(email, newsletter, number=NUMBER)))


def _letter(email: Email, newsletter: Newsletter) -> dict[str, object]:
    others = {name: value for name, value in list_headers(newsletter, "") if name != "List-Unsubscribe"}
    sender = newsletter.sender
    return {
        "subject": email.subject,
        "html": email.html,
        "text": email.text,
        "tokens": {field.token: field.name for field in email.fields},
        "first_names": FIRST_NAMES,
        "sender": {"name": sender.name, "address": sender.email},
        "link": unsubscribe_link(newsletter, ""),
        "headers": others | {"Precedence": "bulk", "X-Auto-Response-Suppress": "OOF, AutoReply"},
        "domain": sender.email.rpartition("@")[2],
        "selector": SELECTOR,
    }


def _reader(number: int) -> tuple[str, str]:
    """Address and name; `peers/nodemailer.mjs` makes them up in the same way."""
    return f"reader{number}@example.org", f"{FIRST_NAMES[number % len(FIRST_NAMES)]} Reader {number}"


def _change(path: Path, pattern: str, text: str) -> None:
    changed, times = re.subn(pattern, text, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if times != 1:
        raise SystemExit(f"{path}: {pattern!r} was looked for once and found {times} times; correct bench/letter.py")
    path.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
    if "--for-peers" in sys.argv:
        write_for_peers(Path(sys.argv[1]))
