"""The RSA key that signs, and who is known by it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from composer.errors import ComposerError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_BITS = 2048
"""A made key has so many, and no key may have fewer (RFC 8301 §3.2)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: the domain (d=), the selector (s=), and which of all keys it is."""

    domain: str
    selector: str
    fingerprint: str
    """SHA-256 of the public key (DER, SubjectPublicKeyInfo), in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and under which name the domain publishes its public half (RFC 6376 §3.6)."""

    identity: Identity
    _key: RSAPrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_pem(cls, pem: bytes, *, domain: str, selector: str) -> Self:
        """The signer of a key in PEM; `ComposerError` for what is no RSA key of at least 2048 bits."""
        key = private_key(pem)
        return cls(Identity(domain.lower(), selector.lower(), hashlib.sha256(public_der(key)).hexdigest()), key)

    @property
    def fingerprint(self) -> str:
        """Which of all keys this is."""
        return self.identity.fingerprint


def make_key() -> bytes:
    """A new private key: PEM, PKCS #8, not encrypted."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - 50 ms, for those alone who sign
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def private_key(pem: bytes) -> RSAPrivateKey:
    """The key in `pem`; `ComposerError` when there is none, or none to sign with."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - 50 ms, for those alone who sign
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ComposerError("the DKIM key is damaged; restore it from a backup") from None
    if not isinstance(key, RSAPrivateKey):
        raise ComposerError("the DKIM key is not an RSA key, which is the one kind that every receiver can check")
    if key.key_size < _BITS:
        raise ComposerError(f"the DKIM key has {key.key_size} bits, and receivers trust none under {_BITS}")
    return key


def public_der(key: RSAPrivateKey) -> bytes:
    """The public half as DNS publishes it: DER, SubjectPublicKeyInfo (RFC 6376 §3.6.1)."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - 50 ms, for those alone who sign

    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
