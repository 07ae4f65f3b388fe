"""Where an address, a telephone number or a link has lost the space beside it: "Alma Mercercontact@example.org"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.lexicon import is_known, without_addresses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from composer.prose import Anchor

_WEB = re.compile(r"(?:^|(?<=[\s(\u201c\"]))[^\W\d_]+[.,;:)]*(?=https?://|www\.[a-z])")
_PHONE = re.compile(r"(?:[a-z]{2}|\))(?=(?:0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}|\+44[ \d]{9,})(?!\d))")
_MAIL = re.compile(r"(?P<local>[^\W_][\w.+-]*)@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_MARKS = "):,;]"
_ASKING = re.compile(
    r"(?P<head>contacting|contact|e-?mailing|e-?mail)(?P<rest>[a-z]+)(?P<more>[._-].+)?", re.IGNORECASE
)
_WORDS = re.compile(
    r"(?P<head>please|write|address|message|reach|from|via|ask|with|and|for|at|by|is|on|or|to)(?P<rest>[a-z]{3,})"
    r"(?P<more>[._-].+)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:^|[.!?]\s+|\b(?:please|or|and|can|should)\s+)\Z", re.IGNORECASE)
_CAMEL = re.compile(r"(?P<head>[a-z]{2,})[A-Z][a-z]+(?:[._-][A-Z]?[a-z]+)+")
_HEADED = re.compile(r"(?P<head>[A-Z][a-z]{2,})[a-z]{0,12}[._-]?(?P=head)", re.IGNORECASE)
_NAMED = re.compile(r"\b(?P<name>[A-Z][a-z\u2019'-]+)\s\Z")
_TASKS = (
    "admin", "bookings", "contact", "enquiries", "enquiry", "events", "feedback", "hello", "help", "info", "mail",
    "media", "news", "office", "press", "support", "team", "training",
)  # fmt: skip
"""What stands in front of the @ where no person does."""
_SHORTEST = 3
_ENDINGS = frozenset({"s", "es", "d", "ed", "er", "ers", "ing", "ly", "th", "st", "nd", "rd"})
"""What a writer hangs on a link: "two [report](…)s"."""
_WITHIN = 40
"""No word is longer."""
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_BEHIND = re.compile(r"[^\W\d_]+(?!\w*://)")


def glued_addresses(text: str, known: Collection[str] = ()) -> Iterator[int]:
    """Where an address or a number begins in a text that touches the word before it.

    `known` are the email addresses of contacts, in small letters.
    """
    for found in _WEB.finditer(text):
        yield found.end()
    for found in _PHONE.finditer(without_addresses(text)) if any(letter.isdigit() for letter in text) else ():
        yield found.end()
    for found in _MAIL.finditer(text) if "@" in text else ():
        at = _glued_at(found, text[: found.start()], known)
        if at is not None:
            yield found.start() + at


def glued_links(text: str, anchors: Sequence[Anchor]) -> Iterator[int]:
    """Where a link touches the word in front of it or behind it, and the two are no word together."""
    for anchor in anchors:
        for at in (anchor.start, anchor.end):
            before, behind = _LETTERS_BEFORE.search(text[max(0, at - _WITHIN) : at]), _LETTERS_BEHIND.match(text, at)
            if before and behind and not _is_one_word(before[0], behind[0], is_end=at == anchor.end):
                yield at


def _is_one_word(before: str, behind: str, *, is_end: bool) -> bool:
    """Whether only a part of a word is a link: "[report](…)s", "un[known](…)"."""
    together = f"{before}{behind}"
    return (is_end and behind in _ENDINGS) or is_known(together) or is_known(together.lower())


def _glued_at(mail: re.Match[str], before: str, known: Collection[str]) -> int | None:
    """How far into an email address it truly begins; None where it is right as it is."""
    if mail[0].lower() in known:
        return None
    if before and before[-1] in _MARKS and not before.lower().endswith("mailto:"):
        return 0 if re.search(r"\w\W\Z", before) else None
    lengths = (_behind_known(mail[0], known), _behind_name(mail["local"], before), _behind_word(mail["local"], before))
    return next((length for length in lengths if length), None)


def _behind_known(address: str, known: Collection[str]) -> int:
    """Of "tocontact.us@example.org" 2, where contact.us@example.org is known."""
    for each in known:
        head = address[: -len(each)]
        if address.lower().endswith(each) and head.isalpha() and len(head) > 1:
            is_plain = re.search(r"[._-].*@", each) or (head[0].isupper() and not is_known(head.lower()))
            return len(head) if is_plain else 0
    return 0


def _behind_name(local: str, before: str) -> int:
    """Of "Alma Mercercontact" 6: a surname with what is no part of it, where another name stands in front."""
    named = _NAMED.search(before)
    if not named or not local[0].isupper() or _ASKING.match(f"{named['name']}a"):
        return 0
    again = local.lower().find(named["name"].lower())
    if again >= _SHORTEST:
        return again
    if doubled := _HEADED.fullmatch(local):
        return len(doubled["head"])
    first = re.split(r"[._-]", local)[0].lower()
    lengths = (len(first) - len(task) for task in _TASKS if first.endswith(task))
    return next((length for length in lengths if length >= _SHORTEST), 0)


def _behind_word(local: str, before: str) -> int:
    """Of "emailrobin.tate" 5, of "torobin.tate" 2; nothing of "andrea.cole", "toby.lee" and "contactus"."""
    if asking := _ASKING.fullmatch(local):
        is_task = asking["rest"].lower() in _TASKS and _BEGINS.search(before)
        return len(asking["head"]) if asking["more"] or is_task else 0
    if camel := _CAMEL.fullmatch(local):
        return len(camel["head"]) if is_known(camel["head"]) else 0
    if word := _WORDS.fullmatch(local):
        whole, rest = f"{word['head']}{word['rest']}".lower(), word["rest"].lower()
        is_name = is_known(whole) or is_known(whole.capitalize())
        return 0 if is_name or not (is_known(rest) or is_known(rest.capitalize())) else len(word["head"])
    return 0
