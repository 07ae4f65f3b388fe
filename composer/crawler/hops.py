"""From one address to the page it leads to: HEAD, GET where HEAD is refused, and every redirection anew."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from composer.checks import Visit
from composer.crawler.target import FaultError, target

if TYPE_CHECKING:
    from composer.crawler.asking import Answer, Asker
    from composer.crawler.pace import Turns
    from composer.crawler.target import Target

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_REFUSED = 400
_MOST_HOPS = 5
_SHOWN = 100
_PDF = frozenset({"application/pdf", "application/x-pdf"})
_ANY_FILE = frozenset({"application/octet-stream", "binary/octet-stream", "application/force-download"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of an address, and where its document is if that is a PDF."""

    visit: Visit
    pdf: Target | None = None
    is_silent: bool = False
    """Whether a server was asked twice and did not answer."""


@dataclass(frozen=True, slots=True)
class Traveller:
    """Follows addresses."""

    asker: Asker
    turns: Turns

    def arrive(self, url: str) -> Arrival:
        """Where an address leads; whatever goes wrong is part of the visit."""
        trail = [url]
        try:
            return self._followed(trail)
        except FaultError as fault:
            return Arrival(Visit(url, fault=_told(fault.why, url, trail[-1])), is_silent=fault.may_pass)

    def _followed(self, trail: list[str]) -> Arrival:
        """The end of a trail that begins with one address and grows with each redirection. Raises `FaultError`."""
        is_permanent, has_cookies = True, False
        while len(trail) <= _MOST_HOPS + 1:
            to = target(trail[-1], self.asker.guard)
            answer = self._answer(to)
            if answer.status not in _REDIRECTS or not answer.location:
                return _arrival(trail, to, answer, is_permanent=is_permanent and len(trail) > 1)
            is_permanent = is_permanent and answer.status in _FOR_GOOD
            has_cookies = has_cookies or answer.sets_cookie
            following = _next(trail[-1], answer.location)
            if urldefrag(following).url in {urldefrag(before).url for before in trail}:
                break
            trail.append(following)
        # A site that sets a cookie may send in circles only whoever does not bring it back.
        return Arrival(Visit(trail[0], fault="" if has_cookies else "is redirected in a circle or without end"))

    def _answer(self, to: Target) -> Answer:
        """The answer to HEAD; to GET where that was refused or failed; a request that fails is tried once more."""
        wait_s, failed = 0.0, False
        for method in ("HEAD", "GET"):
            time.sleep(wait_s)
            try:
                answer = self._ask(method, to)
            except FaultError as fault:
                if not fault.may_pass or failed:
                    raise
                wait_s, failed = self.asker.pace.again_s, True
                continue
            if method == "GET" or answer.status < _REFUSED:
                return answer
            wait_s = answer.retry_after_s if answer.retry_after_s <= self.asker.pace.longest_wait_s else 0.0
        time.sleep(wait_s)
        return self._ask("GET", to)

    def _ask(self, method: str, to: Target) -> Answer:
        with self.turns.at(to.host):
            return self.asker.ask(method, to)


def _arrival(trail: list[str], to: Target, answer: Answer, *, is_permanent: bool) -> Arrival:
    visit = Visit(trail[0], answer.status, trail[-1] if len(trail) > 1 else "", is_permanent)
    is_pdf = answer.kind in _PDF or (answer.kind in _ANY_FILE and to.path.partition("?")[0].lower().endswith(".pdf"))
    return Arrival(visit, to if is_pdf and answer.status < _REFUSED else None)


def _next(at: str, location: str) -> str:
    """The address of a redirection; it inherits the fragment (RFC 9110 §10.2.2). Raises `FaultError`."""
    try:
        to = urljoin(at, location)
        return to if "#" in to or "#" not in at else f"{to}#{urldefrag(at).fragment}"
    except ValueError:
        raise FaultError("is redirected to what is no address") from None


def _told(why: str, url: str, at: str) -> str:
    """A fault with the address that it is about, if that is not the one that was typed."""
    return why if not why or at == url else f"is redirected to {at[:_SHOWN]}, which {why}"
