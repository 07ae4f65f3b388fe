"""The way out: signed tokens that name nobody, and the header fields by which a list is recognised and left.

Everything here is pure. Whoever holds the key can tell what a token stands for; nobody else can read or make one.
"""

from __future__ import annotations

import base64
import hashlib
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from itsdangerous import BadSignature, Signer

from composer.issue import slug

if TYPE_CHECKING:
    from composer.settings import Newsletter

TOKEN_LENGTH = 26
"""Characters of an opaque token: 128 bits in base 32."""

UNSUBSCRIBE_TOKEN_LENGTH = TOKEN_LENGTH + len(".") + 43
"""An opaque token and its signature: 256 bits in base 64."""

_OPAQUE_BYTES = 16
_BASE_32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = ["".join(pair) for pair in product(_BASE_32, repeat=2)]
_SHIFTS = range((TOKEN_LENGTH - 2) * 5, -1, -10)
_BLOCK = 64
_INNER, _OUTER = (bytes(octet ^ pad for octet in range(256)) for pad in (0x36, 0x5C))
_URL_SAFE = "/?#[]@!$&'()*+,;=:%~"


class Tokens:
    """Makes and reads the tokens of one newsletter, each purpose with a key of its own derived from `key`.

    An opaque token is 26 lower-case letters and digits (128 bits in base 32), so that it survives mail servers that
    change the case of a local part. `mailing` says which sending it belongs to: "653", or that of one proof.
    """

    def __init__(self, key: str) -> None:
        self._address = _Purpose(key, "address")
        self._unsubscribe = _Purpose(key, "unsubscribe")
        self._bounce = _Purpose(key, "bounce")
        self._message = _Purpose(key, "message")

    def address_hash(self, key_of_address: str) -> str:
        """What stands for a person where no address may: the keyed hash of `Recipient.key`."""
        return self._address.opaque(key_of_address)

    def unsubscribe(self, key_of_address: str) -> str:
        """The signed token of a link to leave; it carries the address's hash and never ends in punctuation."""
        return self._unsubscribe.sign(self.address_hash(key_of_address))

    def who_leaves(self, token: str) -> str | None:
        """The address's hash that an unsubscribe token carries, or None when we did not sign it."""
        return self._unsubscribe.unsign(token)

    def bounce(self, mailing: str, key_of_address: str) -> str:
        """The opaque token in the envelope sender, by which a bounce is known as ours (VERP)."""
        return self._bounce.opaque(mailing, key_of_address)

    def message(self, mailing: str, key_of_address: str) -> str:
        """The opaque token in the Message-ID, the same however often the message is tried."""
        return self._message.opaque(mailing, key_of_address)


class _Purpose:
    """One use of the key, cut off from all others by its salt.

    A million messages need four keyed hashes each, so what is the same in all of them is reckoned once.
    """

    def __init__(self, key: str, name: str) -> None:
        self._signer = Signer(key, salt=f"composer.{name}", key_derivation="hmac", digest_method=hashlib.sha256)
        block = self._signer.derive_key().ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(block.translate(_INNER))
        self._outer = hashlib.sha256(block.translate(_OUTER))

    def opaque(self, *values: str) -> str:
        """A token from which nothing can be read back: the digest's first half in base 32 (RFC 4648 §6)."""
        number = int.from_bytes(self._digest("\n".join(values))[:_OPAQUE_BYTES], "big") << 2
        return "".join([_PAIRS[number >> shift & 0x3FF] for shift in _SHIFTS])

    def sign(self, value: str) -> str:
        """The value and its signature."""
        signature = base64.urlsafe_b64encode(self._digest(value)).rstrip(b"=").decode("ascii")
        return f"{value}.{signature}"

    def _digest(self, text: str) -> bytes:
        """The keyed hash: HMAC-SHA-256 (RFC 2104 §2), from states in which the key has been hashed already (§4)."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode("utf-8"))
        outer.update(inner.digest())
        return outer.digest()

    def unsign(self, token: str) -> str | None:
        """The value, if the token is ours to the letter: base 64 has more than one way to write a signature."""
        try:
            value = self._signer.unsign(token).decode("ascii")
        except (BadSignature, UnicodeError):
            return None
        return value if self.sign(value) == token else None


def unsubscribe_link(newsletter: Newsletter, token: str) -> str:
    """The link that a reader clicks: the web page where there is one, else a prepared email."""
    return _web_link(newsletter, token) or _mail_link(newsletter, token)


def list_headers(newsletter: Newsletter, token: str) -> tuple[tuple[str, str], ...]:
    """The header fields of an announcement list, for the holder of an unsubscribe token; values in ASCII.

    List-Id (RFC 2919), List-Unsubscribe and List-Archive (RFC 2369 §3.2 and §3.6), and the promise that a POST to the
    https link is enough (RFC 8058 §3.1), which may stand only where there is such a link.
    """
    web, mail = _web_link(newsletter, token), _mail_link(newsletter, token)
    headers = [
        ("List-Id", _described(newsletter)),
        ("List-Unsubscribe", ", ".join(f"<{link}>" for link in (web, mail) if link)),
    ]
    if web.startswith("https:"):
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if newsletter.archive_url:
        headers.append(("List-Archive", f"<{_ascii(newsletter.archive_url)}>"))
    return tuple(headers)


def list_id(newsletter: Newsletter) -> str:
    """The list's identifier (RFC 2919 §2): as set, or made from the name and the sender's domain."""
    return newsletter.list_id or f"{slug(newsletter.name)}.{newsletter.sender.email.rpartition('@')[2]}"


def _described(newsletter: Newsletter) -> str:
    name = newsletter.name
    plain = name.isascii() and name.isprintable() and not set(name) & set('"\\<>') and "=?" not in name
    return f'"{name}" <{list_id(newsletter)}>' if plain else f"<{list_id(newsletter)}>"


def _web_link(newsletter: Newsletter, token: str) -> str:
    url = newsletter.unsubscribe.url
    return f"{_ascii(url).rstrip('/')}/unsubscribe/{token}" if url else ""


def _mail_link(newsletter: Newsletter, token: str) -> str:
    address = newsletter.unsubscribe.email or newsletter.sender.email
    return f"mailto:{quote(address, safe='@+')}?subject=unsubscribe%20{token}"


def _ascii(url: str) -> str:
    """The URL of an IRI (RFC 3987 §3.1), since a header field holds ASCII only."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    return quote(urlunsplit(parts._replace(netloc=host)), safe=_URL_SAFE)
