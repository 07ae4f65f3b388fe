"""An address taken apart for a request; what cannot be asked for says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from urllib3.exceptions import HTTPError
from urllib3.util import parse_url

if TYPE_CHECKING:
    from composer.crawler.guard import Guard
    from composer.crawler.names import Lookup

_LONGEST = 8000


class FaultError(Exception):
    """Why there was no answer; goes on from "the address ". Empty: nothing that speaks against the link."""

    def __init__(self, why: str = "", *, may_pass: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.may_pass = may_pass
        """Whether it is worth asking again."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a request needs of an address."""

    is_secure: bool
    host: str
    """A name in ASCII (RFC 5890), or an address as a number without brackets."""
    port: int
    path: str
    """With the query; as it goes into the request line."""

    @property
    def authority(self) -> str:
        """The `Host` field (RFC 9110 §7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_secure else 80) else f"{host}:{self.port}"


def target(url: str, guard: Guard) -> Target:
    """The target of an http or https address (RFC 3986). Raises `FaultError`."""
    try:
        parts = parse_url(url) if len(url) <= _LONGEST else None
    except (HTTPError, ValueError):  # a name that cannot be written in ASCII, a port of six figures
        parts = None
    if parts is None or not parts.host or parts.scheme not in {"http", "https"}:
        raise FaultError("cannot be asked for")
    if parts.auth:
        raise FaultError("holds a user name or password")
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    if not guard.allows_port(port):
        raise FaultError
    return Target(is_secure, parts.host.strip("[]").rstrip("."), port, parts.request_uri)


def checked(to: Target, guard: Guard, lookup: Lookup) -> tuple[str, ...]:
    """The addresses of a target that may be connected to; at least one. Raises `FaultError`."""
    allowed = tuple(address for address in lookup(to.host, to.port) if guard.allows(address, to.port))
    if not allowed:
        raise FaultError("leads into a private network")
    return allowed
