"""The grammar of dates: one part is "Wednesday 13 March 2024", "May 9th", "Saturday & Sunday July 26 & 27"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.almanac.names import MONTHS, PLURALS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composer.almanac.signs import Sign

_AND = r"(?:,?&|[,/])"
_WEEKDAYS = rf"(?P<weekdays>[WP](?:{_AND}[WP]|-[WP])*)"
_TIME = r"a?(?:[dT]-T|T(?:-[dT])?|[dT]-[dT](?=,)),?"
_GAP = rf",?\(?(?:{_TIME})?h?"
_NUMBER = r"[do](?:\([xT]\))?"
_DAYS = rf"{_NUMBER}(?:-h?{_NUMBER}|(?:{_AND}h?{_NUMBER})*)"
_MONTH = r"(?:M|m(?=,?[Yy])|(?<=[WP][do])m(?![xhfa&])|(?<=[WP],[do])m(?![xhfa&])|(?<=of)m(?![xhfa&]))"
_YEAR = r"(?P<{}>,?Y|y)?"
_BEHIND = r"(?:\((?P<inside>[WP])(?=[),Ta])|,(?P<behind>W)(?=\.|\)|,?a?T|$))?"

JOIN = re.compile(r",?&|[-,/]")
PART = re.compile(
    rf"""
    (?:{_WEEKDAYS}{_GAP})?
    (?: (?P<full>D)
      | (?P<leading>M)h?(?P<following>{_DAYS}){_YEAR.format("year")}
      | (?(weekdays)(?P<slashed>d/d)(?![dMmf/])|(?!))
      | (?P<days>{_DAYS})(?:f?(?P<month>{_MONTH}){_YEAR.format("year_after")})?
    ){_BEHIND}
    """,
    re.VERBOSE,
)
_WEEK = 7
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class SpokenDay:
    """One day as it is written; what is not said of it, and not shared with a day beside it, is None."""

    number: int
    start: int
    """Where its weekday begins, or its number."""
    end: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    """Monday is 0."""
    owns_year: bool = True
    """False where the year is that of a day beside it: it then may be another."""
    is_sure: bool = True
    """False for a number that stands apart from its month, so that it may be no day: "rooms 30, 31 and 5 April"."""


def days_of(part: re.Match[str], signs: Sequence[Sign]) -> list[SpokenDay]:
    """The days of one part of a date, each with the weekday that is written for it."""
    days = _in_figures(part, signs) if part["full"] or part["slashed"] else _in_words(part, signs)
    named = _weekdays(part, signs, days)
    return [day if name is None else _with_weekday(day, name) for day, name in zip(days, named, strict=True)]


def _in_figures(part: re.Match[str], signs: Sequence[Sign]) -> list[SpokenDay]:
    first = part.start("full" if part["full"] else "slashed")
    text = signs[first].text if part["full"] else f"{signs[first].text}/{signs[first + 2].text}"
    figures = [MONTHS.get(figure) or int(figure) for figure in re.split(r"[./-]", text)]
    year = None
    if len(figures) == 3:  # noqa: PLR2004 - day, month and year
        figures = figures[::-1] if figures[0] > 31 else figures  # noqa: PLR2004 - no day, so a year
        year = figures[2] if figures[2] > 99 else _CENTURY + figures[2]  # noqa: PLR2004 - two figures
    day, month = figures[:2]
    end = signs[first if part["full"] else first + 2].end
    is_date = 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 - months of a year, days of a month
    return [SpokenDay(day, signs[first].start, end, month, year)] if is_date else []


def _in_words(part: re.Match[str], signs: Sequence[Sign]) -> list[SpokenDay]:
    name = "days" if part["days"] else "following"
    month = _month(part, signs)
    year = _year(part, signs)
    last = max(part[name].rfind("d"), part[name].rfind("o"))
    numbers = [(at, signs[part.start(name) + at]) for at, letter in enumerate(part[name]) if letter in "do"]
    beside = {last} if name == "days" else {0}
    if "," not in part[name]:
        beside = {at for at, _ in numbers}
    return [
        SpokenDay(int(sign.text), sign.start, sign.end, month, year, is_sure=at in beside or sign.letter == "o")
        for at, sign in numbers
    ]


def _month(part: re.Match[str], signs: Sequence[Sign]) -> int | None:
    name = "month" if part["month"] else "leading"
    return MONTHS[signs[part.start(name)].text] if part[name] else None


def _year(part: re.Match[str], signs: Sequence[Sign]) -> int | None:
    name = "year" if part["year"] else "year_after"
    if not part[name]:
        return None
    text = signs[part.end(name) - 1].text
    return int(text) if part[name].endswith("Y") else _CENTURY + int(text[1:])


def _weekdays(part: re.Match[str], signs: Sequence[Sign], days: Sequence[SpokenDay]) -> list[Sign | None]:
    """For each day its weekday, where it is plain which of the two belong together."""
    nobody: list[Sign | None] = [None] * len(days)
    written, joined = part["weekdays"] or "", part["days"] or part["following"] or ""
    names = [signs[part.start("weekdays") + at] for at, letter in enumerate(written) if letter in "WP"]
    behind = "inside" if part["inside"] else "behind"
    if not days or (not names and not part[behind]):
        return nobody
    if not names:
        return [*nobody[:-1], signs[part.start(behind)]]
    if len(names) == 1:
        is_list = len(days) > 1 and "-" not in joined
        if written == "P":
            return [names[0]] * len(days) if is_list else nobody
        return [names[0], *nobody[1:]]
    return list(names) if _belong(written, joined, days) else nobody


def _belong(written: str, joined: str, days: Sequence[SpokenDay]) -> bool:
    """Whether several weekdays and several days go together one by one: "Monday to Wednesday 3 to 5 June"."""
    if "P" in written or written.count("W") != len(days):
        return False
    span = days[-1].number - days[0].number
    if "-" in written:
        return 0 < span < _WEEK
    return "-" not in joined or span == 1


def _with_weekday(day: SpokenDay, sign: Sign) -> SpokenDay:
    number = PLURALS[sign.text] if sign.text in PLURALS else WEEKDAYS[sign.text]
    start, end = min(day.start, sign.start), max(day.end, sign.end)
    return SpokenDay(day.number, start, end, day.month, day.year, number)
