from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from composer.dkim import Identity, Signer, is_dns_name, make_key
from composer.errors import ComposerError
from tests.dkim.making import pem, signer


def as_pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey, password: bytes | None = None) -> bytes:
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def test_a_made_key_signs() -> None:
    key = serialization.load_pem_private_key(pem(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 2048
    assert pem().startswith(b"-----BEGIN PRIVATE KEY-----\n")  # PKCS #8
    assert make_key() != pem()


def test_a_signer_is_known_by_its_names_and_the_fingerprint_of_its_public_key() -> None:
    key = serialization.load_pem_private_key(pem(), password=None)
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert signer().identity == Identity("example.org", "composer", hashlib.sha256(der).hexdigest())
    assert signer().fingerprint == signer().identity.fingerprint
    assert Signer.from_pem(pem(), domain="Example.ORG", selector="Composer") == signer()
    assert Signer.from_pem(make_key(), domain="example.org", selector="composer") != signer()


def test_a_longer_key_and_the_older_form_of_pem_are_taken() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    older = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    both = [Signer.from_pem(one, domain="example.org", selector="a") for one in (older, as_pem(key))]
    assert both[0].fingerprint == both[1].fingerprint
    assert len(both[0].sign(b"x")) == 3072 // 8


def test_no_secret_is_shown() -> None:
    assert "sign" not in repr(signer())


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (b"", "is damaged, or no private key in PEM; restore it from a backup"),
        (b"\xff\0", "is damaged"),
        (pem()[: len(pem()) // 2], "is damaged"),
        (pem().replace(b"M", b"N", 5), "is damaged"),
        (as_pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)), "has 1024 bits, .* needs 2048"),
        (as_pem(ed25519.Ed25519PrivateKey.generate()), "is not an RSA key"),
        (as_pem(ed25519.Ed25519PrivateKey.generate(), b"secret"), "is locked with a password; store it without one"),
    ],
    ids=["empty", "binary", "half", "changed", "short", "ed25519", "locked"],
)
def test_what_cannot_sign_is_refused_by_name(damaged: bytes, said: str) -> None:
    with pytest.raises(ComposerError, match=rf"\(COMPOSER_DKIM_KEY, or state/dkim-a\.pem\) {said}"):
        Signer.from_pem(damaged, domain="example.org", selector="a")


@pytest.mark.parametrize(
    "name", ["", "a b", "a;b", "é.example.org", "a..b", f"{'a' * 64}.org", "a\n", "a." * 127 + "org"]
)
def test_a_name_that_would_break_the_signature_is_refused(name: str) -> None:
    assert not is_dns_name(name)
    with pytest.raises(ComposerError, match=r"newsletter\.yaml: dkim\.domain: .* cannot stand in the DNS"):
        Signer.from_pem(pem(), domain=name, selector="a")
    with pytest.raises(ComposerError, match=r"newsletter\.yaml: dkim\.selector: .* cannot stand in the DNS"):
        Signer.from_pem(pem(), domain="example.org", selector=name)
