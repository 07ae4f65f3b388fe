"""Which addresses may be connected to: public ones, so that a link in a file cannot knock at an office's own doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_PORTS = frozenset({80, 443})
_CLOSED = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network (RFC 791 §3.2)
            "10.0.0.0/8",  # private (RFC 1918)
            "100.64.0.0/10",  # shared by the customers of a provider (RFC 6598)
            "127.0.0.0/8",  # this machine (RFC 1122 §3.2.1.3)
            "169.254.0.0/16",  # link-local (RFC 3927); clouds tell secrets there
            "172.16.0.0/12",  # private (RFC 1918)
            "192.0.0.0/24",  # of protocols (RFC 6890 §2.1)
            "192.0.2.0/24",  # documentation (RFC 5737)
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "192.168.0.0/16",  # private (RFC 1918)
            "198.18.0.0/15",  # benchmarks (RFC 2544)
            "198.51.100.0/24",  # documentation (RFC 5737)
            "203.0.113.0/24",  # documentation (RFC 5737)
            "224.0.0.0/3",  # multicast, reserved, broadcast (RFC 1112 §4, RFC 8190)
            "2001::/23",  # of protocols, Teredo among them (RFC 2928)
            "2001:db8::/32",  # documentation (RFC 3849)
            "2002::/16",  # 6to4, which holds any IPv4 address (RFC 3056)
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)
_ASSIGNED = ip_network("2000::/3")
"""All that is public in IPv6 (RFC 4291 §2.4); private, link-local, multicast and IPv4-mapped addresses are outside."""
_TRANSLATED = ip_network("64:ff9b::/96")
"""An IPv4 address as a network without IPv4 tells it (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets public addresses pass, at the ports of the web."""

    exceptions: frozenset[tuple[str, int]] = field(default=frozenset())
    """Address and port that may be connected to all the same; tests name their own server."""

    def allows_port(self, port: int) -> bool:
        """Whether anything at all may be asked for at this port."""
        return port in _PORTS or any(port == allowed for _, allowed in self.exceptions)

    def allows(self, address: str, port: int) -> bool:
        """Whether this address, as a number, may be connected to at this port."""
        if (address, port) in self.exceptions:
            return True
        try:
            return port in _PORTS and is_public(ip_address(address))
        except ValueError:
            return False


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet."""
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _ASSIGNED:
            return False
    return not any(address.version == network.version and address in network for network in _CLOSED)
