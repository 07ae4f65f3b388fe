"""Which line is to blame for what the finished email shows: the editor's, if the words are the editor's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import Place

if TYPE_CHECKING:
    from composer.checks.sheet import Sheet

LAYOUT = Place("templates/layout.mjml")
"""Where a finding stands that the look as a whole is to blame for, and no line of the issue."""

_ENOUGH = 60
"""So many letters tell one text from another."""


def place_of(words: str, sheet: Sheet) -> Place:
    """Where these words of the email were typed; the layout where nobody typed them."""
    wanted = " ".join(words.split())[:_ENOUGH]
    if wanted:
        for passage in sheet.passages:
            at = passage.text.find(wanted)
            if at >= 0:
                return passage.place(at)
    return LAYOUT
