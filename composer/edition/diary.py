"""The standing part of an edition: networks with the meetings still to come, contacts in alphabetical order."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from composer.edition.shapes import NetworkEntry, NetworkGroupEntry
from composer.issue import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.standing import Contact, Network, Standing


def coming_networks(standing: Standing, on: date) -> Iterator[NetworkGroupEntry]:
    """The groups with something to say on a day: a coming meeting, somebody to ask, or a note."""
    for group in standing.networks:
        coming = (_coming(network, on) for network in group.networks)
        entries = tuple(
            NetworkEntry(network, standing.contact(network.contact) if network.contact else None)
            for network in coming
            if network.meetings or network.contact or network.note
        )
        if entries:
            yield NetworkGroupEntry(group.heading, entries)


def _coming(network: Network, on: date) -> Network:
    coming = [meeting for meeting in network.meetings if on <= meeting.last_day]
    coming.sort(key=lambda meeting: _moment(meeting.start))
    return network.model_copy(update={"meetings": tuple(coming)})


def _moment(start: date | datetime) -> datetime:
    """A start to sort by; a day without a time comes before that day's times."""
    return start if isinstance(start, datetime) else datetime.combine(start, time.min)


def alphabetical(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """The contacts by their printed name, whatever its accents and case."""
    return tuple(sorted(contacts, key=lambda contact: (unaccented(contact.name), contact.name, contact.id)))
