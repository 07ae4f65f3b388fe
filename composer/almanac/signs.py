"""A text taken apart into signs, one letter for each, so that a grammar of dates is a grammar of short strings.

"2pm Wed 27th and Thursday 28 March 2024" is "TWo&WdMY". The letters:

W weekday; P weekday of many ("Tuesdays", "every Tuesday"); d number 1 to 31; o the same with st, nd, rd or th;
M month; m "may" or "march" in lower case; Y 2024; y '24; D 28/02/2024 or 2024-02-28; T time of day;
& and, or; - to, until, a dash; , comma; / slash; ( and ); . the end of a sentence; f of; h the; n on;
b by, before, from and their like; a at, in, via; x anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.almanac.names import MONTHS, PLURALS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS, WORDS_TOO

_SIGN = re.compile(
    r"""
      (?P<full>(?<![\w.\/-])(?:\d{4}-\d\d-\d\d|\d{1,2}-(?P<name>[a-z]{3,9})-\d{4}|\d{1,2}([./-])\d{1,2}\3(?:\d{4}|\d\d))(?![\w\/-]|\.\d))
    | (?P<short>['\u2018\u2019]\d\d(?![\d\w]))
    | (?P<number>(?<![\w£$€#@.])\d+(?:[.:,]\d+)*)
      (?P<tail>\s?[ap]\.?m\b\.?|\s(?:noon|midday|midnight)\b|st\b|nd\b|rd\b|th\b|)(?![\w%])
    | (?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = {
    **dict.fromkeys(("and", "or"), "&"),
    **dict.fromkeys(("to", "until", "till", "through"), "-"),
    **dict.fromkeys(("noon", "midday", "midnight"), "T"),
    **dict.fromkeys(("at", "in", "via"), "a"),
    **dict.fromkeys(("by", "before", "after", "between", "from", "closes", "closed", "ends"), "b"),
    "of": "f",
    "the": "h",
    "on": "n",
}
_MARKS = {
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014", "-"),
    **dict.fromkeys(".;:!?", "."),
    **dict.fromkeys("&+", "&"),
    **dict.fromkeys("|\u00b7\u2022", ","),
    **dict.fromkeys(",/()", ""),
}
_EVERY = {"every", "each", "alternate", "second", "third", "fourth", "most"}
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d")
_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Sign:
    """One word, number or mark, and what it may be in a date."""

    letter: str
    start: int
    end: int
    text: str
    """As it was written, in lower case; of a number its digits."""


def signs(text: str) -> tuple[Sign, ...]:
    """All signs of a text in their order."""
    found: list[Sign] = []
    for match in _SIGN.finditer(text):
        shown = (match["number"] or match[0]).lower()
        letter = _letter(match, text, found)
        is_full_stop = letter == "." and found and found[-1].end == match.start() and _is_shortened(found[-1])
        if not is_full_stop:
            found.append(Sign(letter, match.start(), match.end(), shown))
    return tuple(found)


def _letter(match: re.Match[str], text: str, before: list[Sign]) -> str:
    if match["word"]:
        return _of_word(match["word"], text[match.end() : match.end() + 5], before)
    if match["number"]:
        is_tied = match.start() > 1 and text[match.start() - 1] in "-\u2010\u2011" and text[match.start() - 2].isalpha()
        return "x" if is_tied else _of_number(match["number"], match["tail"].strip().lower())
    if match["full"]:
        return "x" if match["name"] and match["name"].lower() not in MONTHS else "D"
    return "y" if match["short"] else _MARKS.get(match[0], "x") or match[0]


def _of_word(word: str, after: str, before: list[Sign]) -> str:
    name, is_lower = word.lower(), word.islower()
    last = before[-1].text if before else ""
    if name in PLURALS:
        return "P"
    if name in WEEKDAYS and not (is_lower and name in WORDS_TOO) and not (name == "sun" and last == "the"):
        return "P" if last in _EVERY else "W"
    if name in MONTHS and not _is_of_a_name(name, after):
        return "m" if is_lower and name in WORDS_TOO else "M"
    return _WORDS.get(name, "x")


def _is_of_a_name(month: str, after: str) -> bool:
    """Whether it is "May Day", or an abbreviation tied to a word that is no weekday: "Dec-based"."""
    is_tied = after[:1] == "-" and after[1:2].isalpha() and after[1:4].lower() not in WEEKDAYS
    return (month == "may" and after.lower().startswith(" day")) or (month in SHORT_MONTHS and is_tied)


def _of_number(number: str, tail: str) -> str:
    if tail and tail not in {"st", "nd", "rd", "th"}:
        return "T"
    if not number.isdigit():
        return "T" if _CLOCK.fullmatch(number) and not tail else "x"
    if len(number) == 4:  # noqa: PLR2004 - the digits of a year
        return "Y" if number[:2] in {"19", "20"} and not tail else "x"
    if len(number) > 2 or not 1 <= int(number) <= _LAST_DAY:  # noqa: PLR2004 - the digits of a day
        return "x"
    return "o" if tail else "d"


def _is_shortened(sign: Sign) -> bool:
    """Whether the full stop behind it belongs to it: "Tues.", "Sept."."""
    return (sign.letter in "WP" and sign.text in SHORT_WEEKDAYS) or (sign.letter in "Mm" and sign.text in SHORT_MONTHS)
