"""Which line is to blame for what the finished email shows: the editor's, if the words are the editor's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import Place

if TYPE_CHECKING:
    from composer.checks.sheet import Sheet

LAYOUT = Place("templates/layout.mjml")
"""Where a finding stands that the look as a whole is to blame for, and no line of the issue."""
TEXT = Place("templates/layout.txt")
"""The same for the plain text."""

_ENOUGH = 60
_TELLING = 12
"""So many letters tell one text from another; fewer stand anywhere."""


def place_of(words: str, sheet: Sheet) -> Place:
    """Where these words of the email were typed; the layout where nobody typed them."""
    wanted = " ".join(words.split())[:_ENOUGH]
    for passage in sheet.passages if wanted else ():
        at = passage.text.find(wanted)
        if at >= 0 and (len(wanted) >= _TELLING or wanted == passage.text):
            return passage.place(at)
    return LAYOUT
