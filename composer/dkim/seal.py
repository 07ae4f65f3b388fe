"""What signs the messages of one run: everything of a signature but what differs between them is written once."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from composer.dkim.relaxed import relaxed_field, relaxed_header

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from composer.dkim.key import Signer

_LINE = 76
_HEADER_NAMES = re.compile(rf"\S{{1,{_LINE}}}(?::|$)")


class Seal:
    """Makes the DKIM-Signature field (RFC 6376 §3.5) of messages that have header fields of these names, each once.

    All of them are signed, and From once more than there are, so that another one would break the signature (§5.4,
    §8.15). There is no l=, which would let anybody add to the body (§8.2). `moment` is when they were signed (t=); as
    RSA with PKCS #1 v1.5 is deterministic, the same message has the same signature whenever it is made again.
    """

    def __init__(self, signer: Signer, names: Iterable[str], *, moment: datetime) -> None:
        self._signer = signer
        self._opening = _opening(signer, names, moment).encode("ascii")
        self._relaxed_opening = relaxed_field(self._opening)

    def field(self, header: bytes, body_hash: bytes) -> bytes:
        """The field for a message with this header; `body_hash` is the SHA-256 of its body's canonical form.

        What is signed is the header and this field itself, its b= still empty (RFC 6376 §3.7).
        """
        digest = b64encode(body_hash)
        signed = relaxed_header(header) + self._relaxed_opening + digest + b"; b="
        signature = b64encode(self._signer.sign(signed))
        lines = [signature[at : at + _LINE - 2] for at in range(0, len(signature), _LINE - 2)]
        return self._opening + digest + b";\r\n b=" + b"\r\n ".join(lines) + b"\r\n"


def _opening(signer: Signer, names: Iterable[str], moment: datetime) -> str:
    """The field up to where the hash of the body comes, folded."""
    identity = signer.identity
    signed = ":".join(("From", *names))
    lines = (
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
        f"d={identity.domain}; s={identity.selector}; t={int(moment.timestamp())};",
        *_HEADER_NAMES.findall(f"h={signed};"),
        "bh=",
    )
    return "\r\n ".join(lines)
