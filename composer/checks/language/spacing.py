"""A space that is missing, or one too many, beside a mark or an address.

"care.The", "word,word", "details(below)", "contactrobin.tate@example.org"; "word ,", "diversity. .", "( below )",
"pages 11- 12", "Alma Mercercontact@example.org", "call07700 900113", `at[our page](…)`. Left alone are abbreviations
("e.g.", "Ph.D"), numbers ("3.5", "10,000"), addresses, file names, "carer(s)", "(re)build", a link on a part of a word
(`two [guide](…)s`) and an ellipsis. Two spaces between words are no mistake for a reader: an email shows one.

Passes:

    updates:
      - {title: An item, body: "Carer(s), e.g. of No.10, paid 10,000 pounds at 10.30. Details (pdf) at example.org."}

Fails:

    updates:
      - {title: An item, body: "It is about diversity. . Please contactrobin.tate@example.org for details(below)."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.addresses.glued import glued_addresses, glued_links
from composer.checks.reading.addresses.mailaddress import broken
from composer.checks.reading.dates.timetable import timetable
from composer.checks.reading.words.voice import is_others_title
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import BLANK, is_known, without_addresses
from composer.prose import BlockKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_STARTERS = "also an and but for from its of on or our that the their these they this we with you"
_LOWER = re.compile(rf"[a-z]{{3,}}[.!?]({_STARTERS.replace(' ', '|')})\b(?!\.)")
_CAPITAL = re.compile(r"[a-z]{2,}[.!?][\u201d\u2019\")]?([A-Z][a-z]*)\b(?!\.)")
_MISSING = (
    re.compile(r"[a-z]{2,}[,;](?=\w)|\w[,;](?=[^\W\d_]{2,})"),
    re.compile(r"[a-z]{4,}:(?=[A-Z][a-z])"),
    re.compile(r"[^\W\d_]{2,}(?=\((?!\w{1,4}\)|\w{1,7}\)\w|\w*-\))\w)"),
    re.compile(r"(?<!\(\w)(?<!\(\w\w)(?<!\(\w\w\w)(?<!\(\w\w\w\w)(?<!-)\)(?=[^\W\d_]{2,})"),
)
_DELETE = "delete the space"
_TOO_MUCH = (
    (
        re.compile(rf"[\w)\u201d\u2019\"'{BLANK}](?P<at>\s+)(?P<mark>[,;](?![\d.])|[.!?](?![\w.]|\s?\.)|:(?=\s|$))"),
        "there is a space before “{mark}”",
        _DELETE,
    ),
    (re.compile(r"(?<=\d)(?P<at> +)(?P<mark>nd|rd|th)\b"), "there is a space before “{mark}”", _DELETE),
    (re.compile(r"(?<=\w)(?P<at>\s+)(?P<mark>\))"), "there is a space before “{mark}”", _DELETE),
    (re.compile(r"(?P<mark>\()(?P<at>\s+)(?=\w)"), "there is a space behind “{mark}”", _DELETE),
    (re.compile(r"(?<=\d)(?P<mark>[-\u2013])(?P<at> +)(?=\d)"), "there is a space on one side of “{mark}”", _DELETE),
    (
        re.compile(r"(?P<at>(?P<mark>(?<![.\s])\.\s?\.(?!\s?\.|\w)|,\s?,|;\s?;|,\s?\.(?![\w.])))"),
        "“{mark}” is one mark too many",
        "keep one of the two",
    ),
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every text of the issue as it is read."""
    known = frozenset(contact.email.lower() for contact in sheet.standing.contacts if contact.email)
    for passage in sheet.written:
        if passage.kind is not BlockKind.CODE and not is_others_title(passage):
            beside = (_beside_link(passage.text, at) for at in glued_links(passage.text, passage.anchors))
            found = {each[0]: each for each in (*beside, *misspaced(passage.text, known))}
            for at, message, hint in found.values():
                yield Remark(passage.place(at), message, hint)


def misspaced(text: str, known: Collection[str] = ()) -> Iterator[tuple[int, str, str]]:
    """Where a space is wrong in a text, what is wrong, and what to do; `known` are addresses, in small letters."""
    told = [range(at, at + len(typed)) for at, typed, _ in broken(text)]
    told += [range(each.start, each.end) for each in timetable(text) if each.says_times and each.is_lopsided]
    for at, message, hint in _misspaced(text, known):
        if not any(at in part for part in told):
            yield at, message, hint


def _misspaced(text: str, known: Collection[str]) -> Iterator[tuple[int, str, str]]:
    glued = frozenset(glued_addresses(text, known))
    for at in glued:
        yield at, f"a space is missing before the address in “{_around(text, at)}”", "put a space before the address"
    text = without_addresses(text)
    yield from _glued_sentences(text)
    for expression in _MISSING:
        for found in expression.finditer(text):
            if found.end() not in glued:
                yield _missing(text, found.end())
    for expression, message, hint in _TOO_MUCH:
        for found in expression.finditer(text):
            yield found.start("at"), message.format(mark=found["mark"]), hint


def _beside_link(text: str, at: int) -> tuple[int, str, str]:
    return at, f"a space is missing beside the link in “{_around(text, at)}”", f"write “{_spaced(text, at)}”"


def _glued_sentences(text: str) -> Iterator[tuple[int, str, str]]:
    """A stop with a word right behind it; "Ph.D" and a name that no dictionary knows are none."""
    for found in _CAPITAL.finditer(text):
        if is_known(found[1].lower()):
            yield _missing(text, found.start(1))
    for found in _LOWER.finditer(text):
        yield _missing(text, found.start(1))


def _missing(text: str, at: int) -> tuple[int, str, str]:
    around = _around(text, at)
    return at, f"a space is missing in “{around}”", f"write “{_spaced(text, at)}”"


def _around(text: str, at: int) -> str:
    """The run of letters around a place that has no space in it."""
    start, end = _run(text, at)
    return text[start:end]


def _spaced(text: str, at: int) -> str:
    start, end = _run(text, at)
    return f"{text[start:at]} {text[at:end]}"


def _run(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(" ", 0, at) + 1, at - 30)
    end = text.find(" ", at)
    return start, min(end if end >= 0 else len(text), at + 30)
