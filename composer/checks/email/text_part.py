"""A plain text that says something else than the HTML.

Who reads plain text, and every filter, compares the two: what stands in one only looks like something to hide, and
costs points with SpamAssassin. Both are written from the same edition, so a difference comes from a template. Blocks
of at least six words of the HTML are looked for in the text, without addresses, table headings and what is hidden;
and three or more words of the text that the HTML nowhere has are named.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/updates.txt
    Nothing new.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.blame import LAYOUT
from composer.checks.page import page
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.checks.page import Page
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_CLAUSE = 4
_LONG = 4
_SEVERAL = 3
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_ADDRESS = re.compile(r"<[^<>\s]+>|https?://\S+|\S+@\S+")
_STOP = re.compile(r"[.,;:!?\u2013\u2014\u00b7]\s+|\s[-\u2013\u2014]\s|\S+@\S+|\s\+?\d[\d ]{8,}")
_NUMBERED = re.compile(r"^\s*\d+\.\s", re.MULTILINE)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for each part of the one in the other."""
    if sheet.shown is None:
        return
    shown = page(sheet.shown.html)
    spoken = _words(_NUMBERED.sub(" ", sheet.shown.text))
    stream = f" {' '.join(spoken)} "
    clauses = [(clause, _words(clause)) for clause in _clauses(shown)]
    unsaid = [clause for clause, words in clauses if len(words) >= _CLAUSE and f" {' '.join(words)} " not in stream]
    unsaid = unsaid or _strange([word for _, words in clauses for word in words], set(spoken))
    if unsaid:
        more = f", and {len(unsaid) - 1} more" if len(unsaid) > 1 else ""
        message = f"the text part does not say {unsaid[0][:60]!r}{more}"
        yield Remark(LAYOUT, message, "print it in the .txt template of its section too")
    foreign = _strange(spoken, set(_words(" ".join(words for words, _ in shown.blocks))))
    if foreign:
        message = f"the text part says what the HTML does not: {', '.join(foreign[:5])}"
        yield Remark(LAYOUT, message, "print it in the .mjml template of its section too")


def _strange(words: Iterable[str], known: set[str]) -> list[str]:
    """The longer words that are nowhere known, if they are several."""
    strange = [word for word in dict.fromkeys(words) if word not in known and len(word) >= _LONG]
    return strange if len(strange) >= _SEVERAL else []


def _clauses(shown: Page) -> Iterator[str]:
    """Whatever stands between two stops or commas in the HTML, but table headings, what is hidden, and lone links."""
    links = {shown.words_of(link) for link in shown.of("a")}
    for text, block in shown.blocks:
        if block.tag not in {"caption", "th"} and block.get("aria-hidden") != "true":
            yield from (clause for clause in _STOP.split(text) if clause not in links)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(_ADDRESS.sub(" ", text))]
