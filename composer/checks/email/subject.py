"""A subject that inboxes cut or filters distrust.

A telephone shows 40 to 50 characters of a subject, a desktop 70. "Re:" before something that is no answer,
"Test:" before what is meant in earnest, and one exclamation mark after the other look like spam or carelessness. One
that Composer makes from the titles keeps to this by itself.

Passes:

    subject: A survey for everybody, and new figures
    updates:
      - {title: A survey, body: It is open to everybody.}

Fails:

    subject: "RE: the longest subject that has ever been written for the letter of a programme on any coast"
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

LONGEST = 78
"""As much as a line of a message should have (RFC 5322 §2.1.1); a desktop shows about 70."""
_SPAM = {
    r"(?i)^(?:re|fwd?|aw|wg):": "says that this is an answer, and it is none",
    r"(?i)^\[?(?:test|draft|proof|copy)\b *[\]:]": "says that this is not the final issue",
    r"![^!].*!": "looks like spam",
    r"\$\$|£££|100 ?% free|(?i:click here|act now)": "looks like spam",
}


def check(sheet: Sheet) -> Iterator[Remark]:
    """Measure the one that the editor wrote; a merge field counts as its fallback."""
    written = next((each for each in sheet.passages if each.loc == ("subject",)), None)
    if written is None:
        return
    text = written.text.strip()
    if len(text) > LONGEST:
        message = f"the subject has {len(text)} characters; inboxes show 40 to 70 of them"
        yield Remark(written.place(), message, "put the most important words first and leave out the rest")
    for expression, said in _SPAM.items():
        found = re.search(expression, text)
        if found:
            yield Remark(written.place(found.start()), f"{found[0]!r} {said}", "leave it out")
