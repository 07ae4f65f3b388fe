from __future__ import annotations

from base64 import b64decode

import dns.rrset
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from composer.dkim import dns_record
from tests.dkim.making import pem, record


def test_the_record_publishes_the_public_half() -> None:
    name, value = record()
    assert name == "composer._domainkey.example.org"
    tags = dict(tag.split("=", 1) for tag in value.split("; "))
    public = b64decode(tags.pop("p"), validate=True)
    key = serialization.load_pem_private_key(pem(), password=None)
    assert serialization.load_der_public_key(public) == key.public_key()
    assert tags == {"v": "DKIM1", "k": "rsa"}
    assert "PRIVATE" not in value


def test_a_zone_file_takes_the_line() -> None:
    """Read by dnspython, in strings that DNS can hold (RFC 1035 §3.3)."""
    name, *rest = record().zone_line.split(" ", 3)
    text = rest[2].removeprefix("( ").removesuffix(" )")
    (answer,) = dns.rrset.from_text(name, 3600, rest[0], rest[1], text)
    assert name == "composer._domainkey.example.org."
    assert b"".join(answer.strings).decode("ascii") == record().value
    assert all(len(string) <= 255 for string in answer.strings)


def test_a_longer_key_takes_more_strings() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=4096)
    longer = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    record = dns_record(longer, domain="Example.org", selector="B")
    assert record.name == "b._domainkey.example.org"
    assert "".join(record.strings) == record.value
    assert len(record.strings) == 3
