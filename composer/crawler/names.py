"""Names of hosts looked up, each once in a round: where the resolver is silent, every question takes ten seconds."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from composer.crawler.target import FaultError

Lookup = Callable[[str, int], tuple[str, ...]]
"""From a host and a port to addresses as numbers. Raises `FaultError`."""

_UNKNOWN = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY") if hasattr(socket, name)
)


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host as the machine's own resolver knows them, best first. Raises `FaultError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in _UNKNOWN:
            raise FaultError(f"has a host that does not exist, {host}") from None
        raise FaultError from None  # the resolver itself did not answer, and it had asked more than once
    except (OSError, ValueError):  # UnicodeError is one too
        raise FaultError from None
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(slots=True)
class Names:
    """A `Lookup` that asks another one once for each host."""

    lookup: Lookup
    _known: dict[tuple[str, int], tuple[str, ...] | FaultError] = field(default_factory=dict)

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses, or the fault, of the first time."""
        if (host, port) not in self._known:
            try:
                self._known[host, port] = self.lookup(host, port)
            except FaultError as fault:
                self._known[host, port] = fault
        known = self._known[host, port]
        if isinstance(known, FaultError):
            raise FaultError(known.why)
        return known
