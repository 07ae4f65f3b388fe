"""CommonMark read into a tree, with its nesting capped.

HTML is recognised in order to be refused by name; it is printed as the characters that it is made of. Nesting is capped
because a chain of 20,000 quotes would crash mrml, and because premailer drops whatever stands 256 levels deep.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from composer.prose.mergefields import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

DEEPEST = 20
"""How many tags may stand inside each other; a person reads three or four."""

_KEPT = 1000
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def prepared(markdown: str) -> str:
    """Author text with merge fields as tokens and without characters that XML forbids (XML 1.0 §2.2)."""
    return tokenise(printable(markdown))


def printable(text: str) -> str:
    """The text with a replacement character for each that no XML document may hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


@lru_cache(maxsize=_KEPT)
def tokens(text: str, *, sentence: bool = False) -> tuple[Token, ...]:
    """The tokens of a prepared text; of a sentence, only what may stand inside a paragraph is read.

    A text is asked for by the checks, the HTML and the plain text of every variant, so the last ones read are kept.
    """
    reader = _reader()
    return tuple(reader.parseInline(text.strip()) if sentence else reader.parse(text))


def too_deep(stream: Sequence[Token], room: int = DEEPEST) -> Token | None:
    """The first token that stands, or holds a token that stands, inside more than `room` others."""
    for token in stream:
        room -= token.nesting
        if room < 0 or too_deep(token.children or [], room):
            return token
    return None


@lru_cache(maxsize=_KEPT)
def tree(text: str, *, sentence: bool = False) -> SyntaxTreeNode:
    """The tree of a prepared text; one that is nested too deeply is a single paragraph that prints as it is typed."""
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - as in `_reader`

    stream = tokens(text, sentence=sentence)
    if too_deep(stream):
        stream = tokens(_PUNCTUATION.sub(r"\\\g<0>", " ".join(text.split())), sentence=sentence)
    return SyntaxTreeNode(stream)


@cache
def _reader() -> MarkdownIt:
    # Imported here: it costs 40 ms, and most commands that import this package never read a text.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    class Reader(MarkdownIt):
        """Reads links of every scheme, so that a wrong one is named rather than left as brackets."""

        def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - markdown-it's name
            return True

    # Below maxNesting markdown-it drops what it does not reach: twice the cap lets `too_deep` notice before that.
    return Reader("commonmark", {"maxNesting": 2 * DEEPEST})
