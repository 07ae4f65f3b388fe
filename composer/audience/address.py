"""One cell of an `email` column → a `Mailbox`, or why it is none.

Forgiven, because the meaning is certain: spaces, no-break spaces and invisible characters around the address, a
comma or semicolon after it, `mailto:` in front, and `Name <address>`, whose name is kept. Everything else that is not
one address (RFC 5321 §4.1.2) is refused with a sentence that says what to do.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from composer.address import PLAIN, NoAddressError, normalised

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters that pasted text brings along unseen: soft hyphen, zero-width spaces and joiners, marks of direction."""

_AROUND = string.whitespace + "\u00a0\u2007\u202f" + INVISIBLE + ",;"

_ANGLED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as it is written to, and the display name that stood with it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NoMailbox:
    """Why a cell holds no address that can be written to, and what to do about it."""

    why: str
    hint: str


def mailbox(cell: str) -> Mailbox | NoMailbox:
    """The one address of a cell."""
    text = cell.strip(_AROUND)
    if PLAIN.match(text):
        return Mailbox(normalised(text))
    angled = _ANGLED.fullmatch(text)
    if angled:
        inside = _bare(angled["address"])
        return Mailbox(inside.address, _unquoted(angled["name"])) if isinstance(inside, Mailbox) else inside
    return _bare(text)


def _unquoted(name: str) -> str:
    return name.strip(_AROUND).strip("\"'").strip(_AROUND)


def _bare(text: str) -> Mailbox | NoMailbox:
    """The address of a text without a display name."""
    text = text.strip(_AROUND)
    if text[:7].casefold() == "mailto:":
        text = text[7:].strip(_AROUND)
    if not text:
        return NoMailbox("the row has no address", "write one into its email cell, or delete the row")
    if text.count("@") > 1 and re.search(r"[\s,;]", text):
        return NoMailbox(f"{text!r} is more than one address", "give each address a row of its own")
    return _validated(text)


def _validated(text: str) -> Mailbox | NoMailbox:
    local, _, _ = text.rpartition("@")
    if not local.isascii():
        why = f"{text!r} has letters before the @ that few mail servers take (SMTPUTF8, RFC 6531)"
        return NoMailbox(why, "ask for an address in unaccented letters")
    try:
        return Mailbox(normalised(text))
    except NoAddressError as error:
        return NoMailbox(f"{text!r} is not an address: {error}", "correct it, or delete the row")
