"""Where a link of author text leads: one definition, for what is printed and for what is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from composer.errors import did_you_mean
from composer.prose.mergefields import merge_fields, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.standing import Contact

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[^0-9+]")
_HINT = "a link starts with https://, mailto:, tel: or contact:"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads: for a machine to follow, and as a reader of plain text sees and copies it."""

    href: str
    shown: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a link leads nowhere."""

    code: str
    message: str
    hint: str = ""


def resolved(href: str, contacts: Mapping[str, Contact]) -> Destination | Refusal:  # noqa: PLR0911 - one per scheme
    """Where a link of author text leads, or why it may not be printed as a link.

    A merge field may give the whole address (`[[unsubscribe_link]]`) or any part of it but the scheme; then its
    fallback, if there is one, has to be a whole address too.
    """
    if not href.strip():
        return Refusal("link-target", "this link leads nowhere", "write the address between the round brackets")
    leading = next((field for field in merge_fields(href) if href.startswith(field.token)), None)
    if leading:
        otherwise = resolved(shown(href), contacts) if leading.fallback else None
        return otherwise if isinstance(otherwise, Refusal) else Destination(href, href)
    scheme = _SCHEME.match(href)
    if not scheme:
        return Refusal("link-relative", f"{_quoted(href)} is not a whole address", _HINT)
    rest = unquote(href[scheme.end() :])
    match scheme[1].lower():
        case "contact":
            return _contact(rest, contacts)
        case "http" | "https" if _has_host(href):
            return Destination(href, href)
        case "mailto" | "tel" if rest:
            return Destination(href, rest.partition("?")[0])
        case "http" | "https" | "mailto" | "tel":
            return Refusal("link-target", f"{_quoted(href)} is not complete", _HINT)
        case other:
            return Refusal("link-scheme", f"a link cannot lead to {other}:", _HINT)


def _contact(contact_id: str, contacts: Mapping[str, Contact]) -> Destination | Refusal:
    contact = contacts.get(contact_id)
    if contact is None:
        return Refusal("contact", f"there is no contact {shown(contact_id)!r}", did_you_mean(contact_id, contacts))
    if contact.email:
        return Destination(f"mailto:{contact.email}", contact.email)
    if contact.phone:
        return Destination(f"tel:{_NOT_DIALLED.sub('', contact.phone)}", contact.phone)
    return Refusal("contact", f"{contact.name} has neither email nor phone", "add one to contacts.yaml")


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _quoted(href: str) -> str:
    return repr(shown(unquote(href)))
