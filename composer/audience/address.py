"""One cell of an `email` column → a `Mailbox`, or why it is none.

Forgiven, because the meaning is certain: spaces, no-break spaces and invisible characters around the address, a
comma or semicolon after it, `mailto:` in front, and `Name <address>`, whose name is kept. Everything else that is not
one address (RFC 5321 §4.1.2) is refused with a sentence that says what to do.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters that pasted text brings along unseen: soft hyphen, zero-width spaces and joiners, marks of direction."""

_AROUND = string.whitespace + "\u00a0\u2007\u202f" + INVISIBLE + ",;"

_ANGLED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")

# The local parts are those of RFC 2142, which email-validator lower-cases when they are written in capitals.
_PLAIN = re.compile(
    r"""
    (?! (?i: abuse|ftp|hostmaster|info|marketing|news|noc|postmaster|sales|security|support|usenet|uucp
           | webmaster|www ) @ )
    (?= [^@]{1,64} @ [^@]{1,180} \Z )                                    # inside RFC 5321 §4.5.3.1
    [a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+ (?: \. [a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+ )*
    @
    (?: (?! ..-- ) [a-zA-Z0-9] (?: [a-zA-Z0-9\-]{0,61} [a-zA-Z0-9] )? \. )+  # no Punycode
    (?! (?i: arpa|invalid|local|localhost|onion ) \Z ) [a-zA-Z]{2,63} \Z     # no special-use domain (RFC 6761)
    """,
    re.VERBOSE | re.ASCII,
)


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
    """The one address of a cell.

    Nearly every address of a real list is plain ASCII and passes a strict expression in 2 µs; only the others ask
    email-validator, which takes 25.
    """
    text = cell.strip(_AROUND)
    if _PLAIN.match(text):
        local, _, domain = text.partition("@")
        return Mailbox(text if domain.islower() else f"{local}@{domain.lower()}")
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
    # Imported here: it costs 30 ms, and most lists never need it.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    local, _, _ = text.rpartition("@")
    if not local.isascii():
        why = f"{text!r} has letters before the @ that few mail servers take (SMTPUTF8, RFC 6531)"
        return NoMailbox(why, "ask for an address in unaccented letters")
    try:
        found = validate_email(
            text, allow_smtputf8=False, strict=True, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError as error:
        return NoMailbox(f"{text!r} is not an address: {_lowered(str(error))}", "correct it, or delete the row")
    return Mailbox(str(found.ascii_email))


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
