"""The RSA key that signs, and under which name its public half is known."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Self

from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_BITS = 2048
"""A made key has so many, and no key may have fewer: receivers may refuse shorter ones (RFC 8301 §3.2)."""

_DNS_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: the domain (d=), the selector (s=), and which of all keys it is."""

    domain: str
    selector: str
    fingerprint: str
    """SHA-256 of the public key (SubjectPublicKeyInfo in DER), in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and under which name the domain publishes its public half (RFC 6376 §3.6.2.1)."""

    identity: Identity
    sign: Callable[[bytes], bytes] = field(repr=False, compare=False)
    """Signs octets with rsa-sha256 (RFC 6376 §3.3.2), which gives the same signature every time (RFC 8017 §8.2)."""

    @classmethod
    def from_pem(cls, pem: bytes, *, domain: str, selector: str) -> Self:
        """The signer of a private key in PEM.

        Raises `ComposerError` for a key that is damaged, not RSA or shorter than 2048 bits, and for names that DNS
        cannot hold.
        """
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - as in `private_key`
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415

        names = _named(domain, "dkim.domain"), _named(selector, "dkim.selector")
        key = private_key(pem, selector)
        sign = partial(key.sign, padding=padding.PKCS1v15(), algorithm=hashes.SHA256())
        return cls(Identity(*names, hashlib.sha256(public_der(key)).hexdigest()), sign)

    @property
    def fingerprint(self) -> str:
        """Which of all keys this is."""
        return self.identity.fingerprint


def make_key() -> bytes:
    """A new private key in PEM (PKCS #8), not encrypted: only its file's permissions protect it."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - as in `private_key`
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def private_key(pem: bytes, selector: str) -> RSAPrivateKey:
    """The key in `pem`; `ComposerError`, which names the file of that selector, when it is none to sign with."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - 50 ms, which only a signature is worth
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    where = f"the DKIM key (COMPOSER_DKIM_KEY, or state/dkim-{selector}.pem)"
    another = "make another with `composer dkim-key --selector NAME`"
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise ComposerError(f"{where} is locked with a password; store it without one") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ComposerError(f"{where} is damaged, or no private key in PEM; restore it from a backup") from None
    if not isinstance(key, RSAPrivateKey):
        raise ComposerError(f"{where} is not an RSA key, the one kind that every receiver can check; {another}")
    if key.key_size < _BITS:
        raise ComposerError(f"{where} has {key.key_size} bits, and a signature needs {_BITS}; {another}")
    return key


def public_der(key: RSAPrivateKey) -> bytes:
    """The public half as DNS publishes it: SubjectPublicKeyInfo in DER (RFC 6376 §3.6.1)."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - as in `private_key`

    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def is_dns_name(name: str) -> bool:
    """Whether DNS can hold this as a domain or a selector, and a signature name it (RFC 6376 §3.1)."""
    return _DNS_NAME.fullmatch(name.lower()) is not None


def _named(name: str, setting: str) -> str:
    if is_dns_name(name):
        return name.lower()
    raise ComposerError(
        f"newsletter.yaml: {setting}: {name!r} cannot stand in the DNS; write letters, digits, hyphens and dots"
    )
