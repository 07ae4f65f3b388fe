"""Which addresses the crawler connects to."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as some

from composer.crawler import Guard
from composer.crawler.guard import is_public

GUARD = Guard()
CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.255 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.168.0.1 198.18.0.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::127.0.0.1 fe80::1 fec0::1 fc00::1 fd00::1 ff02::1 2001::1 2001:db8::1
2002:7f00:1::1 3fff::1 64:ff9b::10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 4000::1
"""
OPEN = (
    "8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 192.169.0.1 223.255.255.254 2606:4700::1111 2a00:1450::1 64:ff9b::808:808"
)
PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10")


@pytest.mark.parametrize("port", [80, 443])
def test_by_hand(port: int) -> None:
    assert [address for address in CLOSED.split() if GUARD.allows(address, port)] == []
    assert [address for address in OPEN.split() if not GUARD.allows(address, port)] == []


@given(some.ip_addresses())
def test_whatever_passes_is_public(address: IPv4Address | IPv6Address) -> None:
    if is_public(address):
        inside = IPv4Address(int(address) & 0xFFFFFFFF) if str(address).startswith("64:ff9b::") else address
        assert inside.is_global
        assert not any((inside.is_private, inside.is_loopback, inside.is_link_local, inside.is_reserved))
        assert not any((inside.is_multicast, inside.is_unspecified))
        assert not isinstance(inside, IPv6Address) or not any((inside.ipv4_mapped, inside.sixtofour, inside.teredo))


@given(some.sampled_from(PRIVATE_NETWORKS).flatmap(lambda network: some.ip_addresses(network=network)))
def test_no_private_address_passes_in_any_dress(address: IPv4Address) -> None:
    number = int(address)
    dresses = [number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    for dressed in dresses:
        assert not GUARD.allows(str(IPv6Address(dressed)), 80)
    assert not GUARD.allows(str(address), 443)


@given(some.ip_addresses(v=4))
def test_an_ordinary_address_passes(address: IPv4Address) -> None:
    odd = any(address in IPv4Network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/3"))
    assert is_public(address) == (address.is_global and not odd)


@given(some.integers(0, 65535))
def test_only_the_ports_of_the_web(port: int) -> None:
    assert GUARD.allows("8.8.8.8", port) == GUARD.allows_port(port) == (port in {80, 443})


@given(some.text())
def test_what_is_no_address(text: str) -> None:
    assert not GUARD.allows(f"x{text}", 80)


def test_an_exception_is_one_address_at_one_port() -> None:
    guard = Guard(frozenset({("127.0.0.1", 8080)}))
    assert guard.allows("127.0.0.1", 8080)
    assert not guard.allows("127.0.0.1", 80)
    assert not guard.allows("127.0.0.2", 8080)
    assert not guard.allows("8.8.8.8", 8080)
