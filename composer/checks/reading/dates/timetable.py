"""Which numbers of a text are ranges of times, and not pages, ages, scores, years or telephone numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from composer.almanac import Hours, hours, mentions

_TO_DATE = re.compile(r"[\s,(]*(?:on\s+)?\Z", re.IGNORECASE)
_FROM_DATE = re.compile(r"[\s,:(\u2013-]*(?:from\s+|at\s+|between\s+)?\Z", re.IGNORECASE)
_NO_TIMES = re.compile(
    r"\b(?:pages?|pp?\.?|sections?|items?|chapters?|paragraphs?|lines?|rooms?|ages?|aged|years?|scored?|won|lost|beat"
    r"|drew|phase|stage|ks|grades?|levels?|questions?|verses?|ratio|rated?|odds|tables?|figures?|weeks?|parts?)\W*\Z",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:mov|chang|brought|shift|resched|put back|fell|falls|rose|rises|cut|drop|improv|down|up)\w*\b[^.;!?]{0,60}"
    r"\bfrom\s+\Z",
    re.IGNORECASE,
)
_CLOCKS = re.compile(r"(?:between\s+)?\d{1,2}[.:]\d\d\D+\d{1,2}[.:]\d\d")
_AT_AN_END = re.compile(r"\s*(?:[.,;)]|$|on\b|and\b|every\b|each\b)", re.IGNORECASE)
_MEASURED = re.compile(r"\s*(?:minutes?|mins?|million|per cent|pounds|kg|km|miles)\b", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\b(?:at|from|between|times?|opens?|starts?|begins?|runs?|doors|lunch|session|workshop|webinar|seminar|meeting|training"
    r"|surgery|clinic|drop-in|teams|zoom|online|in person)\W*\Z",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:times?:|(?:doors|cafe|office|library|hall)? ?(?:opens?|runs)(?: from)?|teams,|zoom,|online,)\s*\Z",
    re.IGNORECASE,
)
"""What bare numbers can only be hours behind."""


@lru_cache(maxsize=1024)
def timetable(text: str) -> tuple[Hours, ...]:
    """The ranges of times in a text: of bare numbers only "doors open 20-1", or "20-1 on Friday 14 March"."""
    return tuple(each for each in hours(text) if _says_times(each, text))


def _says_times(each: Hours, text: str) -> bool:
    before, after = text[: each.start], text[each.end :]
    if _NO_TIMES.search(before[-20:]) or _CHANGED.search(before[-90:]):
        return False
    if each.first.half or each.last.half:
        return True
    if _CLOCKS.fullmatch(each.text) and (":" in each.text or _INTRODUCED.search(before[-20:])):
        return not _MEASURED.match(after)
    if _OPENS.search(before[-20:]) and each.is_possible:
        return not _MEASURED.match(after) and bool(_AT_AN_END.match(after))
    return _is_beside_a_date(each, text)


def _is_beside_a_date(each: Hours, text: str) -> bool:
    """Whether a date stands directly before or behind it: one with its weekday, where these are bare numbers."""
    return any(
        (mention.start >= each.end and _TO_DATE.fullmatch(text[each.end : mention.start]))
        or (mention.end <= each.start and _FROM_DATE.fullmatch(text[mention.end : each.start]))
        for mention in mentions(text)
        if each.says_times or any(day.weekday is not None for day in mention.days)
    )
