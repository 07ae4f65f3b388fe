"""The collection of dated sentences, and how well the rules of the calendar do on it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from composer.checks import rule
from composer.source import Model, load
from tests.checks.making import NUMBER, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from composer.checks import Sheet

CODES = ("weekday", "past-deadline", "past-event", "time-range")
FILE = Path(__file__).with_name("sentences.yaml")

_HEAD = "number: {number}\ndate: {day}\nupdates:\n"
_ITEM = "  - {{id: s-{number}, title: A sentence, body: {body}}}\n"


class Sentence(Model):
    """Words of an issue of a date, and what must be said of them."""

    written: date
    text: str
    wrong: tuple[str, ...] = ()
    """Of weekdays the messages, of times the words."""
    right: tuple[str, ...] = ()
    """The weekdays that it has right: "Thursday 20 March 2025"."""
    codes: tuple[str, ...] = ()
    """The rules that must speak because a date is past."""


class Collection(Model):
    """Sentences by what may be wrong with them."""

    weekdays: tuple[Sentence, ...]
    ends: tuple[Sentence, ...]
    """Closing dates and events."""
    times: tuple[Sentence, ...]

    def expected(self, code: str) -> dict[Sentence, tuple[str, ...]]:
        """What a rule must say of every sentence that it is measured by: messages of weekdays, else its code."""
        everything = self.weekdays + self.ends + self.times
        if code == "weekday":
            return {each: each.wrong if each in self.weekdays else () for each in everything}
        if code == "time-range":
            return {each: (code,) * len(each.wrong) if each in self.times else () for each in everything}
        return {each: (code,) * each.codes.count(code) for each in self.ends + self.times}


@dataclass(frozen=True, slots=True)
class Score:
    """How many remarks of a rule were due; those that were not, and those that are missing, each with its sentence."""

    code: str
    hits: int
    false_alarms: tuple[str, ...]
    misses: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of its remarks that are true."""
        return self.hits / max(self.hits + len(self.false_alarms), 1)

    @property
    def recall(self) -> float:
        """The share of the mistakes that it finds."""
        return self.hits / max(self.hits + len(self.misses), 1)

    def __str__(self) -> str:
        return f"{self.code:14} precision {self.precision:7.2%}   recall {self.recall:7.2%}   of {self.hits} found"


def read() -> Collection:
    """The collection of `sentences.yaml`."""
    loaded = load(Collection, FILE.read_bytes(), FILE.name)
    assert isinstance(loaded.value, Collection), loaded.findings
    return loaded.value


def scores(root: Path, collection: Collection) -> tuple[Score, ...]:
    """How the rules do: in one issue for each date, under `root`, with one item for each sentence."""
    pages = {day: (_sheet(root / str(day), day, group), group) for day, group in _by_date(collection).items()}
    return tuple(_score(code, collection.expected(code), pages.values()) for code in CODES)


def _by_date(collection: Collection) -> dict[date, list[Sentence]]:
    groups = defaultdict(list)
    for sentence in collection.weekdays + collection.ends + collection.times:
        groups[sentence.written].append(sentence)
    return groups


def _sheet(root: Path, day: date, sentences: Sequence[Sentence]) -> Sheet:
    items = [_ITEM.format(number=number, body=json.dumps(each.text)) for number, each in enumerate(sentences)]
    earlier = _ITEM.format(number="before", body="An item of the week before.")
    issues = {
        f"issues/{NUMBER - 1}.yaml": _HEAD.format(number=NUMBER - 1, day=day - timedelta(weeks=1)) + earlier,
        "issue.yaml": _HEAD.format(number=NUMBER, day=day) + "".join(items),
    }
    return sheet(root, issues)


def _score(
    code: str, expected: Mapping[Sentence, tuple[str, ...]], pages: Iterable[tuple[Sheet, Sequence[Sentence]]]
) -> Score:
    due = Counter((sentence, what) for sentence, all_ in expected.items() for what in all_)
    said: Counter[tuple[Sentence, str]] = Counter()
    for page, sentences in pages:
        heard = _remarks(code, page, sentences)
        said.update(each for each in heard if each[0] in expected)
    return Score(code, (due & said).total(), _words(said - due), _words(due - said))


def _remarks(code: str, page: Sheet, sentences: Sequence[Sentence]) -> list[tuple[Sentence, str]]:
    """Each remark of a rule with the sentence on whose line it stands."""
    found = rule(code)
    first, path = _HEAD.count("\n") + 1, f"issues/{NUMBER}.yaml"
    remarks = [remark for remark in found.check(page) if remark.place.path == path] if found else []
    return [(sentences[remark.place.line - first], remark.message if code == "weekday" else code) for remark in remarks]


def _words(remarks: Counter[tuple[Sentence, str]]) -> tuple[str, ...]:
    return tuple(f"{sentence.written}: {sentence.text!r}: {what}" for sentence, what in remarks.elements())
