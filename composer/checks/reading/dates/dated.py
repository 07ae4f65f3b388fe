"""The dates in the texts of an issue, each with its sentence and the day that it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from composer.almanac import Circumstances, mentions, readings
from composer.almanac.names import MONTHS
from composer.checks.passages import Passage, Source
from composer.checks.reading.dates.tenses import recalls, sentence_at
from composer.prose import BlockKind, read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from composer.almanac import Mention, SpokenDay
    from composer.checks.sheet import Sheet
    from composer.errors import Place
    from composer.issue import Issue
    from composer.source import Places
    from composer.source.tree import Loc

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR = 400
"""Characters of a sentence on either side of a date that are read: few sentences are longer."""
_LAST_YEAR = re.compile(r"\blast (?:year|spring|summer|autumn|winter|january|december)|\ba year ago\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{'|'.join(name for name in MONTHS if len(name) > len('sept'))}|June|July|May)\b")


@dataclass(frozen=True)
class Dated:
    """One mention of a date in a passage."""

    passage: Passage
    mention: Mention

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        return sentence_at(self.passage.text, self.mention.start, self.mention.end)

    @property
    def before(self) -> str:
        """The words of its sentence in front of it, as far as they are near."""
        start = self.mention.start
        return self.passage.text[max(self._bounds[0], start - _NEAR) : start]

    @property
    def after(self) -> str:
        """The words of its sentence behind it, as far as they are near."""
        end = self.mention.end
        return self.passage.text[end : min(self._bounds[1], end + _NEAR)]

    @property
    def words(self) -> str:
        """The mention as it is written."""
        return self.passage.text[self.mention.start : self.mention.end].rstrip("(")

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.passage.place(self.mention.start)

    @property
    def last_day(self) -> date | None:
        """The last of its days, each as it is most likely meant; None where one of them is no date."""
        found = [self.likely(day)[:1] for day in self.mention.days]
        return max(day for (day,) in found) if all(found) else None

    def likely(self, day: SpokenDay) -> tuple[date, ...]:
        """The dates that one of its days means by the calendar alone, the likeliest first; its sentence is not read."""
        return readings(day, Circumstances(self.passage.written_on))

    def readings(self, day: SpokenDay) -> tuple[date, ...]:
        """The dates that one of its days may mean, the likeliest first: `likely`, and what its sentence allows."""
        return readings(day, self._circumstances)

    @cached_property
    def _circumstances(self) -> Circumstances:
        passage = self.passage
        title = passage.entry.item.title if passage.entry else ""
        is_report = recalls(self.before, self.after)
        text, this_year = f"{title}\n{passage.value}", passage.written_on.year
        named = _years(f"{self.before} {self.after}", this_year)
        around = {year for year in _years(text, this_year) if is_report or year > this_year}
        may_be_past = passage.source is Source.STANDING or is_report
        return Circumstances(passage.written_on, may_be_past, tuple(sorted(named | around)), _months(text))


@lru_cache(maxsize=1024)
def _years(text: str, this_year: int) -> frozenset[int]:
    """The years that a text names; "last year" is one of them."""
    years = {int(year) for year in _YEAR.findall(text)}
    return frozenset(years | {this_year - 1} if _LAST_YEAR.search(text) else years)


@lru_cache(maxsize=1024)
def _months(text: str) -> tuple[int, ...]:
    return tuple(sorted({MONTHS[name.lower()] for name in _MONTH.findall(text)}))


def dated(sheet: Sheet) -> Iterator[Dated]:
    """Every date in a text that is printed."""
    for passage in sheet.passages:
        if passage.kind is not BlockKind.CODE and not _is_left_out(passage, sheet):
            yield from _of(passage)


def listed(sheet: Sheet) -> Iterator[Dated]:
    """Every date in the sentences that the reading list has from earlier issues."""
    lines = {publication.line for publication in sheet.edition.reading if publication.line}
    for loaded in sheet.composition.earlier:
        if loaded.value and lines:
            for passage in _listed_of(loaded.value, loaded.places, lines):
                yield from _of(passage)


def _of(passage: Passage) -> Iterator[Dated]:
    for mention in mentions(passage.text):
        if not any(link.is_bare and link.start <= mention.start < link.end for link in passage.anchors):
            yield Dated(passage, mention)


def _is_left_out(passage: Passage, sheet: Sheet) -> bool:
    """Whether it belongs to a meeting that has passed, and vanishes by itself."""
    match passage.loc:
        case (int() as group, "networks", int() as network, "meetings", int() as meeting, _):
            found = sheet.standing.networks[group].networks[network].meetings[meeting]
            return found.last_day < sheet.today
    return False


def _listed_of(issue: Issue, places: Places, lines: set[str]) -> Iterator[Passage]:
    written: list[tuple[Loc, str | None]] = [(("tools", at, "line"), line.line) for at, line in enumerate(issue.tools)]
    written += [
        (("updates", at, "publication", "line"), item.publication.line)
        for at, item in enumerate(issue.updates)
        if item.publication
    ]
    for loc, line in written:
        if line in lines:
            for block in read_markdown(line or "", sentence=True):
                yield Passage(block, line or "", loc, Source.REMINDER, issue.date, places.inside)
