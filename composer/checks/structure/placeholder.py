"""Something that stands for what was still to be written.

"TODO", "XX March", "[insert link]" or three question marks were meant for the editor and not for several thousand
readers; so are what a writing assistant says at the end, and the name of an emoji, ":admission_tickets:". Blind text
("lorem ipsum") is a warning, because whole newsletters are tried out with it. "TBC" at a meeting's place is usual and
right, and so is a sentence that explains how to write a date.

Passes:

    updates:
      - {title: A plan for the summer, body: Write the date as DD/MM/YYYY. The place is TBC.}

Fails:

    updates:
      - {title: A plan for the summer, body: "It was published on XX March, see [insert link]."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.dates import MONTHS
from composer.errors import Level
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.ERROR

_THINGS = "link|url|web address|date|title|heading|name|text|image|picture|photo|address|details|number|quote|figure"
_MONTHS = "|".join(MONTHS)
_PLACEHOLDER = re.compile(
    rf"""
    (?<![\w?!])(?=[TtFXx2£PpNn\[(<IiAaLlCcEDd?:])(?:
      \bTODO\b | \bFIXME\b | \bTK(?:TK)*\b(?![ ]Maxx)
    | \b(?:TBC|TBA|TBD)[ ]?\?
    | \b[xX]{{3,}}\b | \b20[xX]{{2}}\b | £[ ]?[xX]+\b | \b[xX]{{1,2}}(?:th)?[ ](?:{_MONTHS})\b
    | \b[xX]{{2}}(?:[./:-][xX]{{2,4}})+\b
    | \b(?:pp?\.|pages?|no\.)[ ][xX]{{2}}\b | \b[xX]{{2}}[ ](?:pages|minutes|people|places)\b
    | \[(?:{_THINGS}|here)\]
    | \[(?i:insert|add|enter|tbc|tba|todo)\b[^\[\]]{{0,60}}\]
    | [(<](?i:insert[ ](?:the[ ])?(?:{_THINGS}))\b[^()<>]{{0,40}}[)>]
    | (?i:\b(?:insert|add|paste)[ ](?:the[ ])?(?:{_THINGS})[ ]here\b)
    | (?i:\blorem[ ]ipsum\b)
    | (?i:\bclick[ ](?:or[ ]tap[ ])?here[ ]to[ ]enter[ ](?:a[ ])?(?:text|date)\b)
    | (?i:\b(?:text|title)[ ]goes[ ]here\b)
    | Error![ ](?:Reference|Bookmark|Hyperlink)[^.]{{0,40}}
    | (?i:\blet[ ]me[ ]know[ ]if[ ]you[ ](?:need|want|would[ ]like)[ ](?:any[ ])?(?:further|more)[ ]
      (?:adjustments|changes|edits)\b)
    | (?i:\bas[ ]an[ ]ai[ ](?:language[ ])?model\b)
    | :[a-z]+(?:_[a-z]+)+:
    | \?{{2,}}(?!\w)
    | \b(?:DD|dd)[/.-](?:MM|mm)(?:[/.-](?:YYYY|yyyy|YY|yy))?\b
    )
    """,
    re.VERBOSE,
)
_ANYWHERE_ELSE = re.compile(r"(?:TBC|TBA|TBD|to be confirmed)\W*", re.IGNORECASE)
_EXPLAINED = re.compile(r"\b(?:format|as|write|written|writes|type|typed|enter|like)\b", re.IGNORECASE)
_OF_MEETINGS = {"place", "more"}


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look into all words that were written for this issue or stand in every one."""
    for passage in sheet.written:
        for found in _found(passage.text, is_quote=passage.kind is BlockKind.QUOTE):
            message = f"{found[0].strip()!r} stands for something that is not written yet"
            level = Level.WARNING if found[0].lower().startswith("lorem") else LEVEL
            yield Remark(passage.place(found.start()), message, "write it, or take it out", level)
        if passage.key not in _OF_MEETINGS and _ANYWHERE_ELSE.fullmatch(passage.text.strip()):
            message = f"{passage.text.strip()!r} is all that stands here"
            yield Remark(passage.place(), message, "write it, or take it out")


def _found(text: str, *, is_quote: bool = False) -> Iterator[re.Match[str]]:
    """The placeholders of a text; in a quotation square brackets hide a name, and an explained date is none."""
    for found in _PLACEHOLDER.finditer(text):
        explains = found[0][0] in "Dd" and _EXPLAINED.search(text, 0, found.start())
        if not explains and not (is_quote and found[0].startswith("[")):
            yield found
