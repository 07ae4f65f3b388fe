"""Every text of the newsletter's files, proofread where it stands: mistakes become findings with a place.

A key says how its text is read: as Markdown, as one sentence of Markdown, as words that may hold merge fields, or as it
stands, where a merge field would reach everybody with its brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import Finding, Level
from composer.prose.proofreading import Mistake, brace_mistakes, field_mistakes, mistakes
from composer.source import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from composer.edition import Edition
    from composer.errors import Place
    from composer.issue import Issue
    from composer.source import Loaded
    from composer.standing import Contact, Standing

MARKDOWN = {"body", "intro"}
SENTENCES = {"line", "note"}
_WORDS = {"title", "subject", "preheader"}
_WITHOUT_FIELDS = {"publication", "tools"}


def findings(issue: Loaded[Issue], contacts: Mapping[str, Contact]) -> tuple[Finding, ...]:
    """Every mistake in the texts of one issue."""
    return tuple(_findings(issue.value, issue.places.at, contacts))


def standing_findings(standing: Standing) -> tuple[Finding, ...]:
    """Every mistake in the texts of the standing files."""
    contacts = {contact.id: contact for contact in standing.contacts}
    return (
        *_findings(standing.contacts, standing.contacts_at.at, contacts),
        *_findings(standing.networks, standing.networks_at.at, contacts),
        *_findings(standing.blocks, standing.blocks_at.at, contacts),
    )


def reminder_findings(edition: Edition) -> tuple[Finding, ...]:
    """Every mistake in the reminders of an edition, such as a link to a contact who has left since they were news."""
    contacts = {contact.id: contact for contact in edition.contacts}
    return tuple(finding for entry in edition.reminders for finding in _findings(entry.item, entry.place_of, contacts))


def _findings(value: object, at: Callable[..., Place], contacts: Mapping[str, Contact]) -> Iterator[Finding]:
    for loc, text in texts(value):
        for mistake in _mistakes(loc, text, contacts):
            place = at(*loc, line=mistake.line)
            yield Finding(place, Level.ERROR, mistake.code, mistake.message, mistake.hint)


def texts(value: object, *loc: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text inside a value of a file, with the path that leads to it."""
    match value:
        case str():
            yield loc, value
        case Model():
            for name in type(value).model_fields:
                yield from texts(getattr(value, name), *loc, name)
        case tuple():
            for number, each in enumerate(value):
                yield from texts(each, *loc, number)
        case dict():
            for key, each in value.items():
                yield from texts(each, *loc, key)


def _mistakes(loc: tuple[str | int, ...], text: str, contacts: Mapping[str, Contact]) -> Iterator[Mistake]:
    yield from brace_mistakes(text)
    key = loc[-1]
    if key in MARKDOWN or key in SENTENCES:
        yield from mistakes(text, contacts, sentence=key in SENTENCES)
    elif key in _WORDS and _WITHOUT_FIELDS.isdisjoint(loc):
        yield from field_mistakes(text)
    elif "[[" in text:
        hint = "it can in titles, subject, preheader and Markdown"
        yield Mistake(0, "merge-field", "a merge field cannot stand here", hint)
