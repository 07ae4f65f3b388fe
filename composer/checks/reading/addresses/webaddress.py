"""The addresses of links, taken apart and shortened as rules need it."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from composer.checks.passages import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.hyperlinks import Hyperlink
    from composer.checks.sheet import Sheet

_FIELD = ("[[", "%5B%5B", "%5b%5b")
_LONGEST = 60
_PRIVATE = (".local", ".internal", ".intranet", ".lan", ".corp", ".localdomain", ".localhost", ".home.arpa")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_TOP = re.compile(r"xn--[a-z0-9-]+|[^\W\d_]{2,}")


def written_links(sheet: Sheet) -> Iterator[Hyperlink]:
    """The links that were written for this issue or stand in every one, and whose address is known to the letter."""
    for link in sheet.links:
        if link.source is not Source.REMINDER and not has_field(link.url):
            yield link


def has_field(url: str) -> bool:
    """Whether a merge field is part of the address."""
    return any(brackets in url for brackets in _FIELD)


def host(url: str) -> str:
    """The host of an http or https address in lower case; "" where there is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def is_at(name: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of these, or below one of them."""
    labels = name.split(".")
    return any(".".join(labels[at:]) in hosts for at in range(len(labels)))


def cut(url: str) -> str:
    """An address short enough for a sentence."""
    return url if len(url) <= _LONGEST else f"{url[: _LONGEST - 1]}…"


def host_fault(name: str) -> str:
    """Why no reader can get to a host, whatever the web says; "" where that is not certain.

    A name that begins with a dot lost a merge field.
    """
    number = _address(name)
    if number is not None:
        return "" if number.is_global else "is an address inside one network only"
    if name.endswith(_PRIVATE) or name in {"localhost", "intranet"}:
        return "is a name inside one network only"
    labels = name.removesuffix(".").removeprefix(".").split(".")
    if len(labels) == 1 and name:
        return "is not the whole name of a site"
    is_name = not name.isascii() or all(map(_LABEL.fullmatch, labels))
    return "" if not name or (is_name and _TOP.fullmatch(labels[-1])) else "cannot be the name of a site"


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name.strip("[]"))
    except ValueError:
        return None
