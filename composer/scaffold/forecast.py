"""What an issue that is still to be written will carry by itself, in the lines of a comment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer import phrases
from composer.dates import long_date
from composer.edition.carrying import shelf_of
from composer.edition.diary import coming_networks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from composer.edition.carrying import Story
    from composer.issue import Issue
    from composer.settings import Newsletter
    from composer.source import Loaded
    from composer.standing import Standing


@dataclass(frozen=True, slots=True)
class Forecast:
    """The issue to come, the ones before it (newest first), and the standing files."""

    issue: Issue
    earlier: Sequence[Loaded[Issue]]
    standing: Standing
    newsletter: Newsletter

    def comment(self) -> str:
        """All of it, on lines that begin with a #, to be put behind the last line of a comment."""
        stories = list(shelf_of(self.earlier).current())
        parts = {
            "Repeated by itself, after the network dates (leave one out with reminders: drop):": self._carried(stories),
            "Not repeated any more (have one once more with reminders: keep):": self._ended(stories),
            "Over by then:": self._expired(stories),
            "Network dates (issues/standing/networks.yaml):": self._networks(),
        }
        lines = [line for heading, part in parts.items() for line in _part(heading, part)]
        return "".join(f"\n# {line}".rstrip() for line in lines)

    def _carried(self, stories: Iterable[Story]) -> Iterator[str]:
        for story in stories:
            if story.carries_itself(self.newsletter.reminders, self.issue.date):
                yield from self._lines(story, self._how_long(story))

    def _ended(self, stories: Iterable[Story]) -> Iterator[str]:
        for story in stories:
            limit = self.newsletter.reminders.times(story.entry.item.remind)
            is_over = story.dropped or story.has_expired(self.issue.date)
            if limit and story.distance == limit + 1 and not is_over:
                yield from self._lines(story, "repeated once" if limit == 1 else f"repeated {limit} times")

    def _expired(self, stories: Iterable[Story]) -> Iterator[str]:
        before = next((loaded.value.date for loaded in self.earlier if loaded.value), None)
        for story in stories:
            item = story.entry.item
            lately = story.has_expired(self.issue.date) and not (before and story.has_expired(before))
            if item.expires and lately and story.is_due(self.newsletter.reminders):
                yield from self._lines(story, f"until {long_date(item.expires)}")

    def _networks(self) -> Iterator[str]:
        for group in coming_networks(self.standing, self.issue.date):
            for entry in group.networks:
                for meeting in entry.network.meetings:
                    yield _plain(f"{entry.network.name}: {phrases.meeting_line(meeting, self.issue.date)}")

    def _how_long(self, story: Story) -> str:
        item = story.entry.item
        left, expires = self.newsletter.reminders.times(item.remind) - story.distance, item.expires
        end = f"until {long_date(expires)}" if expires else ""
        if item.remind == "until" and end:
            return end
        times = f"this time and {left} more" if left else "for the last time"
        return f"{times}, at most {end}" if end else times

    def _lines(self, story: Story, how_long: str) -> Iterator[str]:
        first_in = phrases.first_in(story.entry.first_in, self.newsletter)
        yield story.entry.key
        yield f"    {_plain(story.entry.item.title.strip().splitlines()[0])} · {first_in} · {how_long}"


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines, or nothing."""
    found = [f"  {line}" for line in lines]
    if found:
        yield from ("", heading, *found)


def _plain(text: str) -> str:
    """Text that cannot leave its comment."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
