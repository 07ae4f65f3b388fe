r"""DKIM: a signature by which receivers know that the sender's domain answers for a message (RFC 6376).

rsa-sha256, relaxed/relaxed, over the whole body and all header fields of ours.

signer = Signer.from_pem(make_key(), domain="news.example.org", selector="composer")
seal = Seal(signer, ["From", "To", "Subject"], moment=moment)
message = seal.field(header, sha256(relaxed_body(body)).digest()) + header + b"\r\n" + body
"""

from composer.dkim.key import Identity, Signer, is_dns_name, make_key
from composer.dkim.record import Record, dns_record
from composer.dkim.relaxed import relaxed_body, relaxed_header
from composer.dkim.seal import Seal

__all__ = [
    "Identity",
    "Record",
    "Seal",
    "Signer",
    "dns_record",
    "is_dns_name",
    "make_key",
    "relaxed_body",
    "relaxed_header",
]
