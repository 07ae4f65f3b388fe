"""Email addresses as people type them in sentences, and what is wrong with one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.address import NoAddressError, normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s<>()\[\]{},;:\"“”\u2018/|\u2013—…£$€@]+@[^\s<>()\[\]{};:\"“”/|\u2013—…]+")
_SPACED = re.compile(
    r"\b[A-Za-z][\w.+-]* @ [a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"  # name @ example.org
    r"|\b[A-Za-z][\w.+-]*@ [a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"  # name@ example.org
    r"|\b[A-Za-z]\w*[.\d][\w.]*\w @[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"  # name.surname @example.org
    r"|\b[A-Za-z][\w.+-]*@[a-z0-9-]+\.? \.?(?:org|com|net|(?:gov|ac|org|co|nhs)\.uk)\b"  # name@example. org
)
_COMMA = re.compile(r"@[\w-]+(?:\.[\w-]+)*,(?=(?:org|com|net|co|gov|ac|nhs|uk|eu|info)\b)")
_ASKED = re.compile(
    r"(?:e-?mail|contact|write|send|reply|rsvp)\b(?:[^.!?]|[.!?](?=\S))*$|(?:\b(?:to|at)|:)\s*$", re.IGNORECASE
)
_BEHIND = re.compile(r"(?:['\u2019]s)?[.,!?'\u2019*_~-]+$|['\u2019]s$")


def fault(address: str) -> str:
    """Why this is no address; "" where it is one."""
    try:
        normalised(address.strip())
    except NoAddressError as error:
        return str(error)
    return ""


def broken(text: str) -> Iterator[tuple[int, str, str]]:
    """The email addresses in a text that are none: index, what was typed, why.

    A handle (`@example`), a price (`3 @ £5`) and a name (`Learning@Work`) are no addresses and none of ours.
    """
    if "@" not in text:
        return
    plain = _WEB.sub(lambda found: " " * len(found[0]), text)
    covered: list[range] = []
    for spaced in _SPACED.finditer(plain):
        local, before = spaced[0].partition("@")[0], plain[: spaced.start()]
        covered.append(range(*spaced.span()))
        if " @ " not in spaced[0] or not before.strip() or _is_meant(local.strip(), before):
            yield spaced.start(), spaced[0], "there is a space in it"
    for token in _TOKEN.finditer(plain):
        if any(token.start() in part or token.end() - 1 in part for part in covered):
            continue
        typed, why = _judged(token[0], plain[: token.start()])
        if why:
            yield token.start(), typed, why


def _judged(token: str, before: str) -> tuple[str, str]:
    if _COMMA.search(token):
        typed = _BEHIND.sub("", token)
        return typed, "there is a comma where the dot belongs"
    typed = _BEHIND.sub("", token.partition(",")[0]).lstrip(".*_'\u2019-")
    local, _, domain = typed.partition("@")
    if not re.search(r"[^\W\d_]", local) or before.endswith("@"):
        return typed, ""
    if "." not in domain and "@" not in domain and not _is_meant(local, before):
        return typed, ""
    return typed, fault(typed)


def _is_meant(local: str, before: str) -> bool:
    """Whether `local@word` is meant as an address and not as a name that somebody liked to write so."""
    return local.islower() and ("." in local or _ASKED.search(before) is not None)
