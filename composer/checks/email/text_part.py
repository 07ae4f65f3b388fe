"""A plain text that says something else than the HTML.

Some people read the text alone, and filters compare the two: what stands in one only looks like something to hide,
and costs points with SpamAssassin. Both are written from the same edition, so a difference comes from a template. Left
alone are the headings of tables, buttons and other links that stand by themselves, labels such as "When:", another
order, and phrases of which half the words agree.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/updates.txt
    Nothing new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.reading.html.twins import difference
from composer.checks.rule import Remark
from composer.errors import Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from composer.checks.reading.html.page import Page
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_SHORT = 60
_ABOVE_SECTIONS = 3
"""<html>, <body> and the <div> of the page stand around all sections."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Hold the one against the other; the first words that differ are named, in the template that lacks most."""
    if sheet.shown is None or sheet.page is None:
        return
    shown = sheet.page
    found = difference([words for words, _ in shown.blocks], sheet.shown.text)
    missing: dict[str, list[str]] = {}
    for words, block in (shown.blocks[index] for index in found.blocks):
        if not _stands_aside(shown, words, block):
            missing.setdefault(_template(shown, block, sheet), []).append(words)
    if missing:
        template = max(missing, key=lambda name: len(missing[name]))
        message = f"the text part does not say {_named(missing[template])}"
        yield Remark(Place(template), message, "print it here as in the HTML")
    if found.runs:
        message = f"the text part says what the HTML does not: {_named(found.runs)}"
        yield Remark(LAYOUT, message, "print it in the .mjml template of its section too")


def _stands_aside(shown: Page, words: str, block: HtmlElement) -> bool:
    """Whether it is no text: the heading of a table, a button, something that only repeats what is said beside it."""
    links = " ".join(shown.words_of(link) for link in block.iter("a"))
    is_repeated = any(each.get("aria-hidden") == "true" for each in (block, *block.iterancestors()))
    return block.tag in {"caption", "th"} or words == links or is_repeated


def _template(shown: Page, block: HtmlElement, sheet: Sheet) -> str:
    """The text template of the section in which a block stands, by the section's heading."""
    below = [block, *block.iterancestors()][:-_ABOVE_SECTIONS]
    headings = {shown.words_of(heading) for heading in below[-1].iter("h2")} if below else set()
    named = [each.id for each in sheet.edition.sections if each.heading in headings]
    return f"templates/sections/{named[0]}.txt" if named else "templates/layout.txt"


def _named(texts: list[str] | tuple[str, ...]) -> str:
    more = f", and {len(texts) - 1} more" if len(texts) > 1 else ""
    return f"{texts[0][:_SHORT]!r}{more}"
