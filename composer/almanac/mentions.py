"""Dates as they are mentioned in a text: one day, several, or the first and the last of a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from composer.almanac.parts import JOIN, PART, SpokenDay, days_of
from composer.almanac.sharing import with_shared
from composer.almanac.signs import signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.almanac.signs import Sign

_DIGIT = re.compile(r"\d")
_NAME = re.compile(
    r"\d[/.-]\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE
)
_CLOCK_BEFORE = re.compile(r"(?:T|T-d),?(?:n|,)?$")
_CLOCK_AFTER = re.compile(r",?\(?[ab]?(?:d-)?T")
_NO_DATE_AFTER = re.compile(r"\s+(?:century|anniversary|annual|birthday|floor|edition|round|cohort)\b", re.IGNORECASE)
_UNLUCKY = re.compile(r"friday\s+(?:the\s+)?13th", re.IGNORECASE)
_AMBIGUOUS_FROM = 20
"""From this number on "by March 25" is more likely a year."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What is written of one date, or of dates in one breath: "Wednesday 13 and Thursday 14 March"."""

    start: int
    end: int
    days: tuple[SpokenDay, ...]
    """In the order in which they are written."""
    is_range: bool = False
    """Whether the last is joined to the one before it by "to" or a dash."""
    is_timed: bool = False
    """Whether a time of day stands beside it."""


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """All mentions of dates in a text, in their order. A month alone, or a weekday alone, is none."""
    return tuple(_mentions(text)) if _DIGIT.search(text) and _NAME.search(text) else ()


def _mentions(text: str) -> Iterator[Mention]:
    found = signs(text)
    letters = "".join(sign.letter for sign in found)
    at = 0
    while part := PART.search(letters, at):
        run, joins, at = _run(part, letters)
        days = with_shared([days_of(each, found) for each in run])
        if not days or _is_no_date(run, found, text):
            continue
        first = run[0].start()
        is_timed = bool(_CLOCK_BEFORE.search(letters[:first]) or _CLOCK_AFTER.match(letters, at))
        yield Mention(found[first].start, found[at - 1].end, days, _ends_in_range(run, joins), is_timed)


def _run(part: re.Match[str], letters: str) -> tuple[list[re.Match[str]], list[str], int]:
    """The part and all that are joined to it, their joins, and where they end."""
    run, joins, at = [part], [], part.end()
    while (join := JOIN.match(letters, at)) and (following := PART.match(letters, join.end())):
        run.append(following)
        joins.append(join[0])
        at = following.end()
    while joins and _is_bare(run[-1]):
        del run[-1], joins[-1]
    while joins and _is_bare(run[0]) and joins[0].startswith(","):
        del run[0], joins[0]
    return run, joins, run[-1].end()


def _is_bare(part: re.Match[str]) -> bool:
    """Numbers alone: what follows a date is then a time, or something else."""
    return not (part["weekdays"] or part["month"] or part["leading"] or part["full"])


def _ends_in_range(run: Sequence[re.Match[str]], joins: Sequence[str]) -> bool:
    days = run[-1]["days"] or run[-1]["following"] or ""
    return "-" in (days if len(days) > 1 else joins[-1] if joins else "")


def _is_no_date(run: Sequence[re.Match[str]], found: Sequence[Sign], text: str) -> bool:
    """Whether it only looks like one: "by March 25", "Friday 28th annual"."""
    part = run[0]
    if len(run) == 1 and part["leading"] and not part["weekdays"] and not part["year"] and "o" not in part["following"]:
        before = found[part.start() - 1].letter if part.start() else ""
        number = int(found[part.start("following")].text)
        return before != "n" and (number >= _AMBIGUOUS_FROM or before not in {"b", "-"})
    if any(each["month"] or each["leading"] or each["full"] or each["slashed"] for each in run):
        return False
    first, last = found[part.start()], found[run[-1].end() - 1]
    is_name = _NO_DATE_AFTER.match(text, last.end) or _UNLUCKY.fullmatch(text, first.start, last.end)
    return bool(is_name) or any("d" in (each["days"] or "") for each in run)
