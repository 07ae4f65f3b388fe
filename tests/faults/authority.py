"""A certificate authority of the test's own, which can make every certificate that nobody should trust."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

HERE = "127.0.0.1"
_DAY = timedelta(days=1)
_MAY_SIGN = x509.KeyUsage(
    digital_signature=True,
    key_cert_sign=True,
    crl_sign=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


@dataclass
class Authority:
    """Signs for whomever it is told to; the settings may name it by `pem`."""

    folder: Path
    name: str = "authority"

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """Its own."""
        return ec.generate_private_key(ec.SECP256R1())

    @cached_property
    def certificate(self) -> x509.Certificate:
        """That by which it is known."""
        builder = _blank(self.name, self.name, self.key.public_key(), _now() - _DAY, _now() + _DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        return builder.add_extension(_MAY_SIGN, critical=True).sign(self.key, hashes.SHA256())

    @cached_property
    def pem(self) -> Path:
        """For `smtp.certificates`."""
        path = self.folder / f"{self.name}.pem"
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return path

    def server(self, name: str = HERE, *, since: timedelta = -_DAY, until: timedelta = _DAY) -> ssl.SSLContext:
        """A server with a certificate for this name or address, valid from then to then, as seen from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _blank(name, self.name, key.public_key(), _now() + since, _now() + until)
        known_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(x509.SubjectAlternativeName([_general(name)]), critical=False)
        builder = builder.add_extension(known_by, critical=False)
        return self._context(builder.sign(self.key, hashes.SHA256()), key)

    def itself(self) -> ssl.SSLContext:
        """A server that shows what it has signed for itself."""
        return self._context(self.certificate, self.key)

    def _context(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> ssl.SSLContext:
        path = self.folder / f"{certificate.serial_number}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path)
        return context


def _blank(
    subject: str, issuer: str, key: ec.EllipticCurvePublicKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _now() -> datetime:
    return datetime.now(UTC)
