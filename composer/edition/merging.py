"""The merging itself: an issue, the earlier ones inside the window, and the standing files → `Edition`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from composer.edition.carrying import carried, news, shelf_of
from composer.edition.diary import alphabetical, coming_networks
from composer.edition.last_word import LastWord
from composer.edition.reading import reading_list
from composer.edition.references import unknown_contacts, unknown_sections, unknown_segments
from composer.edition.shapes import Edition, Origin
from composer.errors import Finding, Level
from composer.home import inside_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from composer.edition.carrying import Shelf
    from composer.edition.shapes import Entry
    from composer.issue import Issue
    from composer.settings import Newsletter, ReminderSettings
    from composer.source import Loaded, Places
    from composer.standing import Standing


def merge(
    issue: Loaded[Issue],
    earlier: Sequence[Loaded[Issue]],
    standing: Standing,
    newsletter: Newsletter,
    *,
    segments: frozenset[str] | None = None,
) -> tuple[Edition, tuple[Finding, ...]]:
    """The full edition of `issue` (its value present), and every mistake that only merging can see.

    `earlier` are the issues before it, newest first; those outside the window change nothing. `segments` are the
    known segments; None leaves audiences unchecked.
    """
    value, places = issue.value, issue.places
    if value is None:
        raise ValueError("an issue that could not be read has no edition")
    window = inside_window(value, earlier, newsletter)
    shelf = shelf_of(window)
    shelf.edit(value.reminders.edit, places)
    edition = replace(
        _frame(value, standing, newsletter),
        masthead_at=Origin(places, ("masthead",)) if value.masthead else None,
        updates=_with_contacts(news(value, places), standing),
        reminders=_with_contacts(carried(value, shelf, newsletter.reminders), standing),
        reading=reading_list(value, window, shelf, newsletter.tools.weeks),
    ).headlined()
    findings = [
        *_same_ids(value, places),
        *_limits(value, places, newsletter.reminders.horizon),
    ]
    findings += _replaced(value, places, shelf, newsletter.reminders)
    findings += LastWord(value, places, shelf, edition, newsletter.reminders).findings()
    findings += [*unknown_contacts(edition), *unknown_sections(edition, standing)]
    if segments is not None:
        findings += unknown_segments(edition, value.tools, places, segments)
    return edition, tuple(sorted(set(findings)))


def _frame(issue: Issue, standing: Standing, newsletter: Newsletter) -> Edition:
    """All of the edition that does not depend on items."""
    return Edition(
        number=issue.number,
        date=issue.date,
        title=newsletter.issue_title(issue.number),
        subject=issue.subject or "",
        preheader=issue.preheader or "",
        masthead=issue.masthead or newsletter.masthead,
        intro=issue.intro,
        sections=newsletter.sections,
        blocks=standing.blocks,
        updates=(),
        reminders=(),
        networks=tuple(coming_networks(standing, issue.date)),
        reading=(),
        contacts=alphabetical(standing.contacts),
        makes_subject=issue.subject is None,
        makes_preheader=issue.preheader is None,
    )


def _with_contacts(entries: Iterable[Entry], standing: Standing) -> tuple[Entry, ...]:
    contacts = {contact.id: contact for contact in reversed(standing.contacts)}
    return tuple(
        replace(entry, contact=contacts.get(entry.item.contact)) if entry.item.contact else entry for entry in entries
    )


def _same_ids(issue: Issue, places: Places) -> Iterator[Finding]:
    """Items that another item of the issue leaves no id for."""
    first: dict[str, int] = {}
    for index, item in enumerate(issue.updates):
        if first.setdefault(item.key, index) != index:
            place = places.at("updates", index, "id" if item.id else "title")
            message = f"{item.key!r} already means the item of line {places.at('updates', first[item.key]).line}"
            yield Finding(place, Level.ERROR, "same-id", message, "give one of the two an `id` of its own")


def _replaced(issue: Issue, places: Places, shelf: Shelf, settings: ReminderSettings) -> Iterator[Finding]:
    """News that takes the place of a reminder only because both have the same title."""
    for index, item in enumerate(issue.updates):
        if item.id is None and item.key in shelf:
            story = shelf[item.key]
            if story.carries_itself(settings, issue.date):
                message = f"replaces the item of the same title that was first in issue {story.entry.first_in}"
                hint = f"if it is the same story, say so with `id: {item.key}`; if another, give it an `id` of its own"
                yield Finding(places.at("updates", index, "title"), Level.WARNING, "same-title", message, hint)


def _limits(issue: Issue, places: Places, horizon: int) -> Iterator[Finding]:
    """Items that ask to be repeated more often than any can, or that never say when to stop."""
    for index, item in enumerate(issue.updates):
        if isinstance(item.remind, int) and item.remind > horizon:
            place = places.at("updates", index, "remind")
            message = f"{item.remind} is more than the horizon of {horizon} issues"
            yield Finding(place, Level.ERROR, "remind", message, "see reminders.horizon in newsletter.yaml")
        if item.remind == "until" and item.expires is None:
            place = places.at("updates", index, "remind")
            message = f"without event or closes this would be repeated in {horizon} issues"
            yield Finding(place, Level.WARNING, "remind", message, "say when it is over: event or closes")
