"""The DNS record by which receivers find the public key (RFC 6376 §3.6)."""

from __future__ import annotations

from base64 import b64encode
from typing import NamedTuple

from composer.dkim.key import private_key, public_der

_LONGEST_STRING = 255
"""Octets of one character-string of a TXT record (RFC 1035 §3.3)."""


class Record(NamedTuple):
    """A TXT record: its name, without a dot at the end, and its value."""

    name: str
    value: str

    @property
    def strings(self) -> tuple[str, ...]:
        """The value in strings of at most 255 octets, which DNS puts together again (RFC 6376 §3.6.2.2)."""
        return tuple(self.value[at : at + _LONGEST_STRING] for at in range(0, len(self.value), _LONGEST_STRING))

    @property
    def zone_line(self) -> str:
        """The record as a line of a zone file (RFC 1035 §5.1)."""
        strings = " ".join(f'"{string}"' for string in self.strings)
        return f"{self.name}. IN TXT ( {strings} )"


def dns_record(pem: bytes, *, domain: str, selector: str) -> Record:
    """The record that publishes the public half of a private key; `ComposerError` for a key that cannot sign."""
    public = b64encode(public_der(private_key(pem, selector))).decode("ascii")
    return Record(f"{selector}._domainkey.{domain}".lower(), f"v=DKIM1; k=rsa; p={public}")
