"""DKIM: a signature by which receivers know that the sender's domain answers for a message (RFC 6376).

rsa-sha256, relaxed/relaxed, over the whole body and every header field of ours; From is signed twice, so that nobody
can add another one (RFC 6376 §8.15).
"""

from composer.dkim.key import Identity, Signer, make_key

__all__ = ["Identity", "Signer", "make_key"]
