"""Text with gaps, and how a value is written into each of them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from composer.message import folding, quoting
from composer.render import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.render import MergeField

_INSIDE_HTML_URL = re.compile(r"""(?:href|src)\s*=\s*["'][^"'<>]+$""", re.IGNORECASE)
_WHOLE_HTML_URL = re.compile(r"""(?:href|src)\s*=\s*["']$""", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_INSIDE_TEXT_URL = re.compile(r"(?:https?://|mailto:)\S*$", re.IGNORECASE)


class Manner(StrEnum):
    """How a value is written where its gap stands."""

    HEADER = "header"
    """As it is, into a header field that we made."""
    WORDS = "words"
    """Into the words of a subject; a value that a header must not hold gives way to the fallback."""
    TEXT = "text"
    HTML = "html"
    URL = "url"
    """Percent-encoded, as a part of a web address."""
    HTML_URL = "html-url"
    HTML_ADDRESS = "html-address"
    """The whole of a link's address; a value that is none, or that a browser would run, gives way to the fallback."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to fill: with the value called `name`, or with `fallback` where the recipient has none."""

    name: str
    fallback: str = ""
    manner: Manner = Manner.HEADER

    def words(self, values: Mapping[str, str]) -> str:
        """The value as it reads in this place, not yet encoded for the wire."""
        return _READ[self.manner](values.get(self.name) or self.fallback, self.fallback)

    def writer(self) -> Writer:
        """What writes the value as bytes; in a body it ends with a soft break, so that the next piece starts a line."""
        name, fallback, read_as = self.name, self.fallback, _READ[self.manner]
        if self.manner is Manner.HEADER:
            return lambda values: (values.get(name) or fallback).encode("ascii")
        return lambda values: quoting.in_body(read_as(values.get(name) or fallback, fallback))


Writer = Callable[["Mapping[str, str]"], bytes]

_READ: Mapping[Manner, Callable[[str, str], str]] = {
    Manner.HEADER: lambda value, _: value,
    Manner.WORDS: lambda value, fallback: value if folding.is_header_safe(value) else fallback,
    Manner.TEXT: lambda value, _: quoting.one_line(value),
    Manner.HTML: lambda value, _: html.escape(quoting.one_line(value)),
    Manner.HTML_ADDRESS: lambda value, fallback: html.escape(value if _leads_somewhere(value) else fallback),
    Manner.URL: lambda value, _: quote(quoting.one_line(value), safe="@"),
    Manner.HTML_URL: lambda value, _: quote(quoting.one_line(value), safe="@"),
}
"""How a value reads in each manner; the second argument is the gap's fallback."""


def _leads_somewhere(value: str) -> bool:
    return _ADDRESS.fullmatch(value) is not None and quoting.one_line(value) == value


Script = tuple["str | Gap", ...]
"""Text with gaps."""

Pieces = tuple["bytes | Gap", ...]
"""Finished octets with gaps."""


class Own(StrEnum):
    """The gaps that a press fills from what it knows itself; no column of a list can be called so."""

    TO = ":to"
    SUBJECT = ":subject"
    DATE = ":date"
    MESSAGE_ID = ":message-id"
    TOKEN = ":token"  # noqa: S105 - the name of one
    """What every link to leave ends with."""


def read(script: Iterable[str | Gap], values: Mapping[str, str]) -> str:
    """The text with its gaps filled, as a reader sees it."""
    return "".join(part.words(values) if isinstance(part, Gap) else part for part in script)


def cut(text: str, fields: Iterable[MergeField], manner: Manner) -> Script:
    """The text cut at the tokens of its merge fields, each of which becomes a gap."""
    by_token = {field.token: field for field in fields}
    if not by_token:
        return (text,)
    longest_first = sorted(by_token, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    script: list[str | Gap] = []
    for index, part in enumerate(parts):
        if part in by_token:
            field = by_token[part]
            script.append(Gap(field.name.casefold(), field.fallback, _manner(manner, field, parts[index - 1])))
        elif part:
            script.append(part)
    return tuple(script)


def _manner(manner: Manner, field: MergeField, before: str) -> Manner:
    """A value inside a web address is percent-encoded, except the link to leave, which is one already."""
    if field.name.casefold() == LINK:
        return manner
    if manner is Manner.HTML and _INSIDE_HTML_URL.search(before):
        return Manner.HTML_URL
    if manner is Manner.HTML and _WHOLE_HTML_URL.search(before):
        return Manner.HTML_ADDRESS
    if manner is Manner.TEXT and _INSIDE_TEXT_URL.search(before):
        return Manner.URL
    return manner


def leading_out(script: Script, link: str) -> Iterator[str | Gap]:
    """The script with the link to leave written out, so that only the token at its end is still to be filled in."""
    for part in script:
        if isinstance(part, Gap) and part.name == LINK:
            yield html.escape(link) if part.manner is Manner.HTML else link
            yield Gap(Own.TOKEN, manner=Manner.TEXT)
        else:
            yield part


def joined(pieces: Iterable[bytes | Gap]) -> Pieces:
    """The same pieces, neighbours that are the same for everybody made one."""
    together: list[bytes | Gap] = []
    for piece in pieces:
        if isinstance(piece, bytes) and together and isinstance(together[-1], bytes):
            together[-1] += piece
        else:
            together.append(piece)
    return tuple(together)
