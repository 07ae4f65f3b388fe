"""A certificate is asked for the name of the site, though the connection goes to a number."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from composer.checks import Visit
from composer.crawler import Crawler
from tests.crawler.web import served

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 3, 14, 9, 0, tzinfo=UTC)


def made(folder: Path, name: str, until: datetime) -> tuple[ssl.SSLContext, str]:
    """A server's side of TLS with a certificate for a name, and the file of the authority that signed it."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Harbour Test Authority")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(own)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, own_key = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    own_key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, own_key)
    return context, str(pem)


@pytest.mark.parametrize(
    ("name", "until", "status", "fault"),
    [
        ("www.example.org", datetime(2124, 1, 1, tzinfo=UTC), 200, ""),
        ("other.example.org", datetime(2124, 1, 1, tzinfo=UTC), None, "has the certificate of another site"),
        ("www.example.org", datetime(2021, 1, 1, tzinfo=UTC), None, "has a certificate that has run out"),
    ],
    ids=["right", "another's", "expired"],
)
def test_certificates(name: str, until: datetime, status: int | None, fault: str, tmp_path: Path) -> None:
    context, authority = made(tmp_path, name, until)
    with served(context) as web:
        url = web.url("/page", scheme="https")
        [visit] = Crawler(web.asker(certificates=authority), tmp_path, NOW)([url]).values()
    assert visit == Visit(url, status, fault=fault)


def test_an_authority_that_only_browsers_know_speaks_against_nobody(tmp_path: Path) -> None:
    context, _ = made(tmp_path, "www.example.org", datetime(2124, 1, 1, tzinfo=UTC))
    with served(context) as web:
        urls = [web.url("/page", scheme="https"), web.url("/page")]
        visits = Crawler(web.asker(), tmp_path, NOW + timedelta(days=1))(urls)
    assert [visits[url] for url in urls] == [Visit(urls[0]), Visit(urls[1])]
