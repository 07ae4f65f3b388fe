"""Names that lead nowhere: contacts, segments and sections that an edition speaks of and that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.errors import Finding, Level, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from composer.edition.shapes import Edition
    from composer.errors import Place
    from composer.issue import ToolLine
    from composer.source import Places
    from composer.standing import Standing


def unknown_contacts(edition: Edition) -> Iterator[Finding]:
    """Contacts that items name, carried ones too, and that contacts.yaml has not."""
    ids = [contact.id for contact in edition.contacts]
    for entry in (*edition.updates, *edition.reminders):
        if entry.item.contact and entry.contact is None:
            message = f"{entry.item.contact!r} is not in contacts.yaml"
            yield _unknown(entry.place_of("contact"), "contact", message, did_you_mean(entry.item.contact, ids))


def unknown_segments(
    edition: Edition, tools: Sequence[ToolLine], places: Places, segments: frozenset[str]
) -> Iterator[Finding]:
    """Segments that segments.yaml has not: of items, carried ones too, and of the issue's extra lines `tools`."""
    for entry in (*edition.updates, *edition.reminders):
        for at, segment in enumerate(entry.item.audience or ()):
            if segment not in segments:
                yield _unknown_segment(entry.place_of("audience", at), segment, segments)
    for index, line in enumerate(tools):
        for at, segment in enumerate(line.audience or ()):
            if segment not in segments:
                yield _unknown_segment(places.at("tools", index, "audience", at), segment, segments)


def unknown_sections(edition: Edition, standing: Standing) -> Iterator[Finding]:
    """Sections that standing texts belong to and that newsletter.yaml has not."""
    sections = [section.id for section in edition.sections]
    for index, block in enumerate(standing.blocks):
        if block.section not in sections:
            place = standing.blocks_at.at(index, "section")
            message = f"newsletter.yaml has no section {block.section!r}"
            yield _unknown(place, "section", message, did_you_mean(block.section, sections))


def _unknown_segment(place: Place, segment: str, segments: frozenset[str]) -> Finding:
    return _unknown(place, "segment", f"{segment!r} is not in segments.yaml", did_you_mean(segment, segments))


def _unknown(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, Level.ERROR, code, message, hint)
