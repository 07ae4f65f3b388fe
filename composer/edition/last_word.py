"""What is wrong with an issue's `reminders: drop, keep, edit`, said at the line that says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.dates import long_date
from composer.edition.reading import identity
from composer.errors import Finding, Level, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.edition.carrying import Shelf
    from composer.edition.shapes import Edition
    from composer.errors import Place
    from composer.issue import Issue
    from composer.settings import ReminderSettings
    from composer.source import Places

CODE = "reminders"


@dataclass(frozen=True, slots=True)
class Word:
    """An id that the editor wrote under `drop`, `keep` or `edit`."""

    key: str
    places: Places
    loc: tuple[str | int, ...]

    @property
    def place(self) -> Place:
        """Where the id stands: an edited one is a key, the others are values."""
        return self.places.key(*self.loc) if self.loc[1] == "edit" else self.places.at(*self.loc)

    def error(self, message: str, hint: str = "") -> Finding:
        """The finding that the word cannot be obeyed."""
        return Finding(self.place, Level.ERROR, CODE, message, hint)

    def idle(self, message: str, hint: str = "this line changes nothing and can go") -> Finding:
        """The finding that the word prints nothing else than its absence would."""
        return Finding(self.place, Level.WARNING, CODE, message, hint)


@dataclass(frozen=True, slots=True)
class LastWord:
    """An issue's last word on what is carried, with its edits made and its edition at hand."""

    issue: Issue
    places: Places
    shelf: Shelf
    edition: Edition
    settings: ReminderSettings

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with it, in no particular order."""
        words, judges = self.issue.reminders, {"drop": self._drop, "keep": self._keep, "edit": self._edit}
        for verb, judge in judges.items():
            for at, key in enumerate(getattr(words, verb)):
                word = Word(key, self.places, ("reminders", verb, key if verb == "edit" else at))
                yield from self._meaningless(word) or judge(word)

    def _meaningless(self, word: Word) -> tuple[Finding, ...]:
        if any(item.key == word.key for item in self.issue.updates):
            hint = "only items of earlier issues are dropped, kept or edited"
            return (word.error(f"{word.key!r} is news in this very issue", hint),)
        if word.key not in self.shelf:
            hint = did_you_mean(word.key, self.shelf.newest)
            return (word.error(f"no earlier issue within reach holds an item {word.key!r}", hint),)
        return ()

    def _drop(self, word: Word) -> Iterator[Finding]:
        if not self._would_be_carried(word.key) and word.key not in self.issue.reminders.keep:
            yield word.idle(f"{word.key!r} would not be carried anyway")

    def _keep(self, word: Word) -> Iterator[Finding]:
        item = self.shelf[word.key].entry.item
        if word.key in self.issue.reminders.drop:
            yield word.error(f"{word.key!r} is both kept and dropped", "say one of the two")
        elif item.expires and item.has_expired(self.issue.date):
            hint = "where it has a new date, say so under edit"
            yield word.error(
                f"{word.key!r} expired (its last day was {long_date(item.expires)}) and cannot be kept", hint
            )
        elif self._would_be_carried(word.key):
            yield word.idle(f"{word.key!r} is carried anyway")

    def _edit(self, word: Word) -> Iterator[Finding]:
        if not (self._is_reminder(word.key) or self._is_listed(word.key)):
            hint = "keep brings an item back, drop takes one out"
            yield word.idle(f"{word.key!r} is edited but not printed", hint)

    def _would_be_carried(self, key: str) -> bool:
        return self.shelf[key].carries_itself(self.settings, self.issue.date)

    def _is_reminder(self, key: str) -> bool:
        return any(entry.key == key for entry in self.edition.reminders)

    def _is_listed(self, key: str) -> bool:
        """Whether the edit shows in the reading list."""
        publication = self.shelf[key].entry.item.publication
        shows = self.issue.reminders.edit[key].model_fields_set & {"publication", "audience"}
        if not (publication and shows):
            return False
        return identity(publication) in {identity(line) for line in self.edition.reading}
