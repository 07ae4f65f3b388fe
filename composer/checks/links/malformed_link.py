"""An address that leads nowhere, or only inside somebody's own network.

A scheme pasted twice, a host without a dot, a space or the sentence's full stop caught in the address, an address of
an intranet, a shared drive or somebody's own mailbox: it opens for nobody, or only for the editor. Likewise a mail
link whose address cannot be one, a link with a space in its address or before it, which prints as its brackets, and
an address that begins with www. in a text and is no link. A full stop at the end of a Wikipedia address may belong to
it. Links without a host or with another scheme are refused before any rule looks.

Passes:

    updates:
      - {title: A short item, body: "Read [the guide](https://www.example.org/guide)."}

Fails:

    updates:
      - {title: A short item, body: "Read [the guide](https://https://www.example.org/guide)."}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from composer.checks.reading.addresses.mailaddress import fault
from composer.checks.reading.addresses.webaddress import cut, host, host_fault, is_at, written_links
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.hyperlinks import Hyperlink
    from composer.checks.passages import Passage
    from composer.checks.sheet import Sheet

LEVEL = Level.ERROR

_TWICE = re.compile(r"https?:/*(?=https?(?::|/|%3a))", re.IGNORECASE)
_WWW = re.compile(r"(?:w{4,}|www\.www|ww)\.(?=[^.]+\.)")
_SPACE = re.compile(r"(?:\s|%20|%C2%A0|%E2%80%8B|%09|%0A|\u200b)+$", re.IGNORECASE)
_CAUGHT = re.compile(r"(?:[.,;:>”“\"]|%22|%3E|%E2%80%9[CD])+$", re.IGNORECASE)
_OWN_DRIVE = re.compile(r"-my\.sharepoint\.com$")
_WITH_ACCESS = re.compile(r"/:[a-z]:/r/")
_MAILBOXES = frozenset({"mail.google.com", "outlook.office.com", "outlook.office365.com", "outlook.live.com"})
_MAY_END_SO = frozenset({"wikipedia.org", "wikimedia.org", "wiktionary.org"})
_TYPED = re.compile(r"(?<![\w./@-])www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"“”]*)?", re.IGNORECASE)
_DRIVE = re.compile(r"(?<![\w/])(?:file://|[A-Z]:\\)[^\s<>\"“”]+")
_BRACKETS = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,80})\] ?\((?P<url>(?:https?:|mailto:|tel:|contact:|www\.)[^()\n]{0,200})\)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 3


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every address, then for those that are typed in a text."""
    for link in written_links(sheet):
        scheme, _, rest = link.url.partition(":")
        match scheme.lower():
            case "http" | "https":
                yield from _web(link)
            case "mailto":
                yield from _mail(link, unquote(rest.partition("?")[0]))
            case "tel" if rest and sum(map(str.isdigit, rest)) < _FEWEST_DIGITS:
                yield Remark(link.place(), f"{rest!r} is not a phone number", "write tel: and the number")
    for passage in sheet.written:
        if passage.is_prose and ("." in passage.text or ":" in passage.text):
            yield from _typed(passage)


def _web(link: Hyperlink) -> Iterator[Remark]:
    url, name = link.url, host(link.url)
    why = host_fault(name)
    twice, extra = _TWICE.match(url), _WWW.match(name)
    if twice:
        yield Remark(link.place(), f"this address begins twice: {cut(url)}", f"write {_once(url)}")
    elif extra:
        better = url.replace(extra[0], "www.", 1)
        yield Remark(link.place(), f"{extra[0]} is not www.: {cut(url)}", f"write {better}", Level.WARNING)
    elif why:
        yield Remark(link.place(), f"{name} {why}", "copy the address that others can open")
    else:
        yield from _ending(link, name)
        yield from _closed(link, name)


def _once(url: str) -> str:
    rest = re.sub(r"^(?:https?(?::|%3a)?/*)+", "", url, flags=re.IGNORECASE)
    return f"https://{rest}"


def _ending(link: Hyperlink, name: str) -> Iterator[Remark]:
    url = link.url
    space, caught = _SPACE.search(url), _CAUGHT.search(url)
    if space:
        yield Remark(link.place(), f"a space is caught at the end of {cut(url)}", f"write {url[: space.start()]}")
    elif caught and not is_at(name, _MAY_END_SO):
        message = f"{unquote(caught[0])!r} is caught at the end of {cut(url)}"
        yield Remark(link.place(), message, f"write {url[: caught.start()]}", Level.WARNING)
    elif url.endswith((")", "]", "%5D")) and not _is_balanced(unquote(url)):
        better = re.sub(r"(?:[)\]]|%5D)$", "", url)
        message = f"a bracket is caught at the end of {cut(url)}"
        yield Remark(link.place(), message, f"write {better}", Level.WARNING)


def _is_balanced(url: str) -> bool:
    return url.count("(") == url.count(")") and url.count("[") == url.count("]")


def _closed(link: Hyperlink, name: str) -> Iterator[Remark]:
    """What opens for whoever is signed in as the right person."""
    hint = "share it with everybody and copy that link, or put it on a page that all can open"
    if _OWN_DRIVE.search(name) and "/personal/" in link.url and "guestaccess" not in link.url.lower():
        yield Remark(link.place(), "this lies on somebody's own OneDrive", hint, Level.WARNING)
    elif name.endswith(".sharepoint.com") and _WITH_ACCESS.search(link.url):
        yield Remark(link.place(), "this opens only for those who may see it already", hint, Level.WARNING)
    elif name in _MAILBOXES:
        yield Remark(link.place(), f"{name} shows each reader their own mailbox", "link to a page instead")


def _mail(link: Hyperlink, written: str) -> Iterator[Remark]:
    for address in written.split(","):
        why = fault(address)
        if why:
            hint = "write mailto: and the address, with a comma between two"
            yield Remark(link.place(), f"{address!r} is not an email address: {why}", hint)


def _typed(passage: Passage) -> Iterator[Remark]:
    for link in _BRACKETS.finditer(passage.text) if "](" in passage.text.replace(" ", "") else ():
        url = link["url"].replace(" ", "" if "@" in link["url"] else "%20")
        message = f"{cut(link[0])} is no link and prints as these characters"
        hint = f"no space belongs into it: [{link['words']}]({url})"
        yield Remark(passage.place(link.start()), message, hint)
    for typed in _TYPED.finditer(passage.text) if "www." in passage.text.lower() else ():
        if not any(anchor.start <= typed.start() < anchor.end for anchor in passage.anchors):
            url = typed[0].rstrip(".,;:!?)'\u2019")
            message = f"{cut(url)} is no link and prints as text"
            yield Remark(passage.place(typed.start()), message, f"write [{url}](https://{url})", Level.WARNING)
    for drive in _DRIVE.finditer(passage.text):
        hint = "put the file where all can open it, and link to it"
        yield Remark(passage.place(drive.start()), f"{cut(drive[0])} is on one computer", hint)
