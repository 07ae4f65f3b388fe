"""Headings that leave out a level.

Readers of screen readers go from heading to heading. An email has one first heading, its name; below it each heading
is at most one level deeper than the one before, and none is empty.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.mjml
    <mj-section><mj-column><mj-text><h4>A survey</h4></mj-text></mj-column></mj-section>
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT, place_of
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Go through the headings in their order."""
    shown = sheet.page
    if shown is None:
        return
    headings = [each for each in shown.of("h1", "h2", "h3", "h4", "h5", "h6") if not shown.is_hidden(each)]
    firsts = sum(1 for each in headings if each.tag == "h1")
    if firsts != 1:
        message = f"the email has {firsts or 'no'} first heading{'s' if firsts > 1 else ''} (h1)"
        yield Remark(LAYOUT, message, "give it one: the name of the issue")
    for before, after in pairwise(headings):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            message = f"the heading {_words(after)!r} ({after.tag}) follows {_words(before)!r} ({before.tag})"
            yield Remark(place_of(_words(after), sheet), message, f"make it h{int(before.tag[1]) + 1}")
    for heading in headings:
        if not _words(heading):
            yield Remark(LAYOUT, f"a heading ({heading.tag}) has no words", "take it out")


def _words(heading: HtmlElement) -> str:
    return " ".join(heading.text_content().split())
