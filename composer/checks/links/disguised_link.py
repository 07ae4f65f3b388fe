"""A link that leads elsewhere than its words say.

The words are an address, and the link behind them is another: an old link under new words, or a wrong paste. Spam
filters take it for fraud. The words may leave out https://, www. and the rest of the way; a link that a mail scanner
rewrote is left to shortener.

Passes:

    updates:
      - {title: A short item, body: "Book at [example.org/book](https://www.example.org/book?page=1)."}

Fails:

    updates:
      - {title: A short item, body: "Book at [example.org/book](https://www.example.com/book)."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from composer.checks.reading.addresses.rewritten import hidden
from composer.checks.reading.addresses.webaddress import cut, host, is_at, written_links
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_SITE = re.compile(
    r"(?:https?://)?(?P<host>(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|uk|com|net|eu|info|scot|wales))(?:/\S*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def check(sheet: Sheet) -> Iterator[Remark]:
    """Compare the words that are an address with the address."""
    for link in written_links(sheet):
        words = link.text.strip(" .,;:()<>")
        if _leads_elsewhere(words, link.url) and hidden(link.url) is None:
            message = f"the words say {cut(words)}, and the link leads to {cut(link.url)}"
            yield Remark(link.place(), message, "correct the one that is wrong")


def _leads_elsewhere(words: str, url: str) -> bool:
    scheme, _, rest = url.partition(":")
    if scheme.lower() == "mailto":
        return bool(_MAIL.fullmatch(words)) and words.casefold() != unquote(rest).partition("?")[0].strip().casefold()
    told, name = _SITE.fullmatch(words), host(url).removeprefix("www.")
    if told is None or not name:
        return False
    said = told["host"].lower().removeprefix("www.")
    if words[0].isupper() and words.lower() == said:  # a firm's name, as Booking.com is
        return False
    return not is_at(name, frozenset({said})) and not is_at(said, frozenset({name}))
