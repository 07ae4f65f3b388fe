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

    id: Slug = Field(description="By which items and texts name this contact")
    role: Line = Field(description="What they are responsible for")
    name: Line = Field(description="First name and surname")
    organisation: Line | None = Field(None, description="Where they work")
    email: MailAddress | None = Field(None, description="Where to write to")
    phone: Line | None = Field(None, description="As it is dialled, 07700 900111")


class Meeting(Event):
    """One date of a network; it vanishes by itself once past."""

    name: Line | None = Field(None, description="Where it differs from the network's name")
    more: Line | None = Field(None, description="Whom to ask: an address or a few words")


class Network(Model):
    """A standing group with its next dates."""

    name: Line = Field(description="What it is called")
    contact: Slug | None = Field(None, description='An id in contacts.yaml: "More from …"')
    note: Markdown | None = Field(None, description="A sentence of its own")
    meetings: tuple[Meeting, ...] = Field((), description="Its dates; past ones are left out of the email")


class NetworkGroup(Model):
    """Networks under one heading."""

    heading: Line = Field(description="Printed above them")
    networks: tuple[Network, ...] = Field(min_length=1, description="In the order in which they are printed")


class Block(Model):
    """A short text that appears in its section every week."""

    section: Slug = Field(description="A section of newsletter.yaml")
    heading: Line | None = Field(None, description="Printed above it; left out: none")
    body: Markdown = Field(description="Markdown: paragraphs, lists, links")


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
