"""Something that was meant for a program and reaches the reader.

`{{ name }}`, `{% if %}`, `[[name]]`, `<mj-text>`, `undefined`, `None`: what a template or a merge field leaves behind
when something went wrong. Looked for in the subject, the preheader, the HTML and the text. A list of apologies that
says "None" is left alone: an editor wrote it.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.txt
    Dear {{ "{{ first_name }}" }},
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import place_of
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.ERROR

_EMPTY = frozenset({"undefined", "None", "null", "NaN"})
"""Words that a program writes where it has none; they have to be all that a paragraph says."""
_LEFT = re.compile(
    r"\{\{.{0,40}|\}\}|\{%.{0,40}|\[\[ *\w+ *(?:\|[^\]\n]*)?\]\]|</?mj-[\w-]+|\\u\{[0-9a-f]+\}"
    rf"|(?:\A|\n\s*\n)[ \t>-]*(?P<empty>{'|'.join(sorted(_EMPTY))})\s*(?=\n\s*\n|\Z)"
    r"|%7[Bb]%7[Bb]|\[object Object\]|&(?:amp;)?(?:nbsp|quot|#\d+);|\bmf(?:[0-9a-f]{2}){4,}z\b"
)

_IN_TAGS = re.compile(r"</?mj-[\w-]+|\\u\{[0-9a-f]+\}|%7[Bb]%7[Bb]|\bmf(?:[0-9a-f]{2}){4,}z\b")


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at all four as their reader gets them."""
    if sheet.shown is None or sheet.page is None:
        return
    shown = sheet.shown
    html = "\n\n".join(words for words, _ in sheet.page.blocks)
    tags = "\n".join(dict.fromkeys(_IN_TAGS.findall(shown.html)))
    parts = {
        "subject": shown.subject,
        "preheader": shown.preheader,
        "email": f"{html}\n\n{tags}",
        "text part": shown.text,
    }
    told = {passage.text.strip() for passage in sheet.passages} & _EMPTY
    for name, text in parts.items():
        for found in _LEFT.finditer(text):
            left = found["empty"] or found[0]
            if left not in told:
                told.add(left)
                hint = "look at the template, or the merge field, that it comes from"
                yield Remark(place_of(left, sheet), f"{left[:40]!r} would reach the reader in the {name}", hint)
