"""A preheader that inboxes cut, pad or show twice.

After the subject most inboxes show the preheader. Under 40 characters they fill the room with whatever comes next; of
more than 110 hardly one shows the end; the same words as the subject waste it; invisible characters that push the
rest away are taken for spam. One that Composer makes from the titles keeps to this by itself.

Passes:

    preheader: New figures, a survey that is open to everybody, and two dates
    updates:
      - {title: A survey, body: It is open to everybody.}

Fails:

    preheader: News
    updates:
      - {title: A survey, body: It is open to everybody.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

SHORTEST, LONGEST = 40, 110
_PADDING = re.compile("(?:[\u00ad\u034f\u200b-\u200d\u2060\ufeff] ?){2}|\u00a0 ?\u00a0")
"""Two in a row: one alone joins the parts of an emoji, or divides a word."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Measure the one that the editor wrote; a merge field counts as its fallback."""
    written = next((each for each in sheet.passages if each.loc == ("preheader",)), None)
    if written is None:
        return
    text = written.text.strip()
    subject = next((each.text for each in sheet.passages if each.loc == ("subject",)), sheet.edition.subject)
    if _PADDING.search(text):
        yield Remark(written.place(), "the preheader is padded with invisible characters", "delete them")
    if not SHORTEST <= len(text) <= LONGEST:
        message = f"the preheader has {len(text)} characters; inboxes show {SHORTEST} to {LONGEST}"
        yield Remark(written.place(), message, "lengthen it" if len(text) < SHORTEST else "shorten it")
    if text.casefold() == subject.strip().casefold():
        yield Remark(written.place(), "the preheader says the same as the subject", "say what the subject leaves out")
