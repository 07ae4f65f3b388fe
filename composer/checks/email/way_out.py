"""An email that does not say how to leave, or who sends it.

The law wants both: a link by which one leaves (UK PECR, regulation 22), and who is writing, with a postal address.
Whoever does not find the link presses "spam", which harms every later issue. Both stand in the HTML and in the text.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/footer.mjml
    <mj-section><mj-column><mj-text>Until next week.</mj-text></mj-column></mj-section>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT, TEXT
from composer.checks.reading.html.twins import words
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_WAY = re.compile(r"unsubscri|\bopt(?:ing)?[ -]?out\b|\bleave (?:this|the|our) (?:mailing|list)", re.IGNORECASE)
_WRITTEN = re.compile(rf"[a-z]+:\S*unsubscri|(?:{_WAY.pattern})[^@/]{{0,80}}\S*[@/]\S", re.IGNORECASE)
"""In a text: an address that says it, or words that do and an address."""


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for the link and the address in both parts."""
    if sheet.shown is None or sheet.page is None:
        return
    shown, text = sheet.page, sheet.shown.text
    links = [link for link in shown.of("a") if link.get("href") and not shown.is_hidden(link)]
    if not any(_WAY.search(f"{link.get('href')} {shown.words_of(link)}") for link in links):
        yield Remark(LAYOUT, "the HTML has no link by which to leave", "include templates/footer.mjml")
    if not _WRITTEN.search(" ".join(text.split())):
        yield Remark(TEXT, "the text part has no link by which to leave", "print [[unsubscribe_link]] at its end")
    printed = " ".join(block for block, _ in shown.blocks)
    for part, said, place in (("HTML", printed, LAYOUT), ("text part", text, TEXT)):
        if not _says(said, sheet.newsletter.address):
            yield Remark(place, f"the {part} has no postal address", "print newsletter.address in it")


def _says(printed: str, address: str) -> bool:
    """Whether each line of the address is printed: as it is, or with other punctuation between its words."""
    as_it_is = " ".join(printed.split())
    if all(" ".join(line.split()) in as_it_is for line in address.splitlines()):
        return True
    stream = f" {' '.join(words(printed))} "
    return all(f" {' '.join(words(line))} " in stream for line in address.splitlines() if words(line))
