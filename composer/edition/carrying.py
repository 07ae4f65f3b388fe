"""What happened to the items of earlier issues: superseded, edited, dropped, and which of them are due again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from composer.edition.shapes import Entry, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from composer.issue import Issue, ItemEdit
    from composer.settings import ReminderSettings
    from composer.source import Loaded, Places


@dataclass(frozen=True, slots=True)
class Story:
    """An item of an earlier issue as later issues left it."""

    entry: Entry
    distance: int
    """How many issues back it was news; 1 is the issue before this one."""
    dropped: bool = False

    def is_due(self, settings: ReminderSettings) -> bool:
        """Whether its own limit carries it this far; that it may have expired is not asked here."""
        return not self.dropped and self.distance <= settings.times(self.entry.item.remind)

    def has_expired(self, on: date) -> bool:
        """Whether the item, as edited, has expired on a day."""
        return self.entry.item.has_expired(on)

    def carries_itself(self, settings: ReminderSettings, on: date) -> bool:
        """Whether it is a reminder on that day unless the editor's last word says otherwise."""
        return self.is_due(settings) and not self.has_expired(on)

    def edited(self, edit: ItemEdit, places: Places) -> Story:
        """The story with new text, which stands under `reminders: edit:` of the file of `places`."""
        key, before = self.entry.key, self.entry.origin
        origin = Origin(places, ("reminders", "edit", key), frozenset(edit.model_fields_set), before)
        return replace(self, entry=replace(self.entry, item=edit.applied_to(self.entry.item), origin=origin))


@dataclass(slots=True)
class Shelf:
    """All stories of the window, told from the oldest issue to the newest.

    An id means its newest item; the older ones that it superseded stay for the sake of the reading list.
    """

    stories: list[Story] = field(default_factory=list)
    newest: dict[str, int] = field(default_factory=dict)
    """The position in `stories` of the item that an id means."""

    def __contains__(self, key: str) -> bool:
        return key in self.newest

    def __getitem__(self, key: str) -> Story:
        return self.stories[self.newest[key]]

    def current(self) -> Iterator[Story]:
        """The stories that are not superseded, newest issue first, then in the editor's order."""
        return iter(sorted((self.stories[at] for at in sorted(self.newest.values())), key=_distance))

    def told(self) -> Iterator[Story]:
        """All stories, the superseded ones too, newest issue first, then in the editor's order."""
        return iter(sorted(self.stories, key=_distance))

    def edit(self, edits: Mapping[str, ItemEdit], places: Places) -> None:
        """Apply the edits of the issue in the file of `places`; what they do not find they leave."""
        for key in edits.keys() & self.newest.keys():
            self.stories[self.newest[key]] = self[key].edited(edits[key], places)

    def drop(self, keys: Sequence[str]) -> None:
        """Carry these no more."""
        for key in self.newest.keys() & set(keys):
            self.stories[self.newest[key]] = replace(self[key], dropped=True)

    def add(self, issue: Issue, places: Places, distance: int) -> None:
        """Put an issue's news on the shelf, where an id that is known gets a new meaning."""
        meant = {item.key for item in issue.updates}
        for entry in news(issue, places):
            if entry.key in meant:
                self.newest[entry.key] = len(self.stories)
                self.stories.append(Story(entry, distance))


def _distance(story: Story) -> int:
    return story.distance


def news(issue: Issue, places: Places) -> Iterator[Entry]:
    """The issue's own items in the editor's order, no two of one id.

    Two with the same id are an error; so that the second can be read and checked until it is mended, it gets a key that
    nobody has, `ID-2`. Later issues mean the first.
    """
    taken: set[str] = set()
    written = {item.key for item in issue.updates}
    for index, item in enumerate(issue.updates):
        free = (f"{item.key}-{number}" for number in count(2))
        key = next(each for each in free if each not in taken | written) if item.key in taken else item.key
        taken.add(key)
        own = item if key == item.key else item.model_copy(update={"id": key})
        yield Entry(own, issue.number, issue.date, Origin(places, ("updates", index)))


def shelf_of(earlier: Sequence[Loaded[Issue]]) -> Shelf:
    """The shelf as the issue before this one left it; `earlier` is newest first, unreadable files count as issues."""
    shelf = Shelf()
    for distance in range(len(earlier), 0, -1):
        loaded = earlier[distance - 1]
        if loaded.value is not None:
            shelf.edit(loaded.value.reminders.edit, loaded.places)
            shelf.drop(loaded.value.reminders.drop)
            shelf.add(loaded.value, loaded.places, distance)
    return shelf


def carried(issue: Issue, shelf: Shelf, settings: ReminderSettings) -> Iterator[Entry]:
    """The reminders of an issue whose edits are made: what is due, and what it keeps, but for what it drops."""
    words = issue.reminders
    not_again = {item.key for item in issue.updates}.union(words.drop)
    for story in shelf.current():
        key = story.entry.key
        wanted = key in words.keep or story.is_due(settings)
        if wanted and key not in not_again and not story.has_expired(issue.date):
            yield story.entry
