"""What stands in every issue until somebody changes it: contacts, network meetings, short texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from composer.fields import Line, MailAddress, Markdown, Slug
from composer.issue import Event
from composer.source import Model

if TYPE_CHECKING:
    from composer.source import Places


class Contact(Model):
    """Somebody to turn to, printed in the contact details."""

    id: Slug
    role: Line
    name: Line
    organisation: Line | None = None
    email: MailAddress | None = None
    phone: Line | None = Field(None, description="As it is dialled, 07700 900111")


class Meeting(Event):
    """One date of a network; it vanishes by itself once past."""

    name: Line | None = Field(None, description="Where it differs from the network's name")
    more: Line | None = Field(None, description="Whom to ask: an address or a few words")


class Network(Model):
    """A standing group with its next dates."""

    name: Line
    contact: Slug | None = Field(None, description='An id in contacts.yaml: "More from …"')
    note: Markdown | None = Field(None, description="A sentence of its own")
    meetings: tuple[Meeting, ...] = ()


class NetworkGroup(Model):
    """Networks under one heading."""

    heading: Line
    networks: tuple[Network, ...]


class Block(Model):
    """A short text that appears in its section every week."""

    section: Slug = Field(description="A section of newsletter.yaml")
    heading: Line | None = None
    body: Markdown


@dataclass(frozen=True)
class Standing:
    """The three standing files together, each with the places of its values."""

    contacts: tuple[Contact, ...]
    networks: tuple[NetworkGroup, ...]
    blocks: tuple[Block, ...]
    contacts_at: Places
    networks_at: Places
    blocks_at: Places

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of that id."""
        return next((contact for contact in self.contacts if contact.id == contact_id), None)
