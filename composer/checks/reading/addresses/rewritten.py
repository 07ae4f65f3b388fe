"""Addresses behind which another one hides: short links, and links that a mail scanner or a list rewrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from composer.checks.reading.addresses.webaddress import host, is_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

SHORTENERS = frozenset(
    """
    amzn.to bit.ly bitly.com bl.ink buff.ly cutt.ly dlvr.it eepurl.com fb.me goo.gl hubs.la hubs.ly ift.tt is.gd j.mp
    lnkd.in lnks.gd ow.ly ow.li qrco.de rb.gy rebrand.ly s.id shorturl.at t.co t.ly tiny.cc tiny.one tinyurl.com
    trib.al v.gd wp.me
    """.split()  # noqa: SIM905 - words read best as words
)
"""Not those of one organisation that lead only to itself: youtu.be, forms.gle, aka.ms, gov.uk's own."""

_V3 = re.compile(r"/v3/__(?P<url>.+?)__;")
_CHECKPOINT = re.compile(r"___(?P<url>https?.+?)___")
_INSIDE_PATH = re.compile(r"/(?P<url>https?(?:%3A|:)(?:%2F|/){1,2}[^/\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """A service that puts its own address in front of another."""

    hosts: frozenset[str]
    what: str
    """What it is, and did."""
    inside: Callable[[SplitResult], str] = lambda _: ""
    """The address inside; "" where it cannot be read."""
    path: str = ""
    """Only addresses whose path holds this are meant."""


def _of_query(*names: str) -> Callable[[SplitResult], str]:
    def inside(parts: SplitResult) -> str:
        query = parse_qs(parts.query)
        return next((query[name][0] for name in names if name in query), "")

    return inside


def _of_proofpoint(parts: SplitResult) -> str:
    """URL Defense, of which there are two spellings in use; in the older `-3A` is `%3A` and `_` is `/`."""
    found = _V3.search(f"{parts.path}?{parts.query}")
    if found:
        return "" if "*" in found["url"] else found["url"]  # a star is a letter that stands elsewhere, encoded
    return unquote(_of_query("u")(parts).translate({ord("-"): "%", ord("_"): "/"}))


def _of_path(parts: SplitResult) -> str:
    found = _INSIDE_PATH.search(parts.path)
    return unquote(found["url"]) if found else ""


def _of_checkpoint(parts: SplitResult) -> str:
    found = _CHECKPOINT.search(parts.path)
    return found["url"] if found else ""


_INBOX = "was copied from an inbox, where {} rewrote it"
_REWRITERS = (
    Rewriter(frozenset({"safelinks.protection.outlook.com"}), _INBOX.format("Outlook"), _of_query("url")),
    Rewriter(frozenset({"urldefense.com", "urldefense.proofpoint.com"}), _INBOX.format("Proofpoint"), _of_proofpoint),
    Rewriter(frozenset({"linkprotect.cudasvc.com"}), _INBOX.format("Barracuda"), _of_query("a")),
    Rewriter(frozenset({"mimecast.com", "mimecastprotect.com"}), _INBOX.format("Mimecast"), path="/s/"),
    Rewriter(frozenset({"secure-web.cisco.com"}), _INBOX.format("Cisco"), _of_path),
    Rewriter(frozenset({"protect.checkpoint.com"}), _INBOX.format("Check Point"), _of_checkpoint),
    Rewriter(frozenset({"protection.sophos.com"}), _INBOX.format("Sophos")),
    Rewriter(frozenset({"clicktime.symantec.com"}), _INBOX.format("Symantec"), _of_query("u")),
    Rewriter(frozenset({"google.com", "google.co.uk"}), "was copied from a search", _of_query("url", "q"), "/url"),
    Rewriter(frozenset({"l.facebook.com", "lm.facebook.com"}), "was copied from Facebook", _of_query("u"), "/l.php"),
    Rewriter(frozenset({"list-manage.com"}), "counts who clicks on another newsletter", path="/track/click"),
    Rewriter(frozenset({"mandrillapp.com"}), "counts who clicks on another newsletter", path="/track/click"),
    Rewriter(frozenset({"sendgrid.net"}), "counts who clicks on another newsletter", path="/ls/click"),
    Rewriter(frozenset({"govdelivery.com"}), "counts who clicks on another newsletter", _of_path, "/CL0/"),
    Rewriter(frozenset({"govdelivery.com"}), "counts who clicks on another newsletter", path="/track"),
)  # fmt: skip
_KNOWN = SHORTENERS.union(*(rewriter.hosts for rewriter in _REWRITERS))


@dataclass(frozen=True, slots=True)
class Hidden:
    """What hides an address, as the end of a sentence, and the address itself where it can be read."""

    why: str
    real: str = ""


def hidden(url: str) -> Hidden | None:
    """Whether another address hides behind this one."""
    name = host(url)
    if not is_at(name, _KNOWN):
        return None
    parts = urlsplit(url)
    if name.removeprefix("www.") in SHORTENERS and parts.path.strip("/"):
        return Hidden("hides where this link leads")
    for rewriter in _REWRITERS:
        if is_at(name, rewriter.hosts) and rewriter.path in parts.path:
            real = rewriter.inside(parts)
            return Hidden(rewriter.what, real if host(real) else "")
    return None
