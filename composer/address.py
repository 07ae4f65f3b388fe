"""One mailbox address (RFC 5321 §4.1.2) judged by its form alone, and as it is written to.

Nearly every real address is plain ASCII and passes a strict expression in 2 µs; only the others ask email-validator,
which takes 25 and costs 30 ms to import.
"""

from __future__ import annotations

import re

# The local parts are those of RFC 2142, which email-validator lower-cases when they are written in capitals.
PLAIN = re.compile(
    r"""
    (?! (?i: abuse|ftp|hostmaster|info|marketing|news|noc|postmaster|sales|security|support|usenet|uucp
           | webmaster|www ) @ )
    (?= [^@]{1,64} @ [^@]{1,180} \Z )                                    # inside RFC 5321 §4.5.3.1
    [a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+ (?: \. [a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+ )*
    @
    (?: (?! ..-- ) [a-zA-Z0-9] (?: [a-zA-Z0-9\-]{0,61} [a-zA-Z0-9] )? \. )+  # no Punycode
    (?! (?i: arpa|invalid|local|localhost|onion ) \Z ) [a-zA-Z]{2,63} \Z     # no special-use domain (RFC 6761)
    """,
    re.VERBOSE | re.ASCII,
)


_DOTS = frozenset(".\u3002\uff0e\uff61")
"""The full stops that separate the labels of a domain name (UTS #46 §2.3)."""


class NoAddressError(ValueError):
    """Says why a text is no address, as the end of a sentence."""


def normalised(text: str) -> str:
    """The address in ASCII, its domain in lower case; `NoAddressError` for anything else. Asks no network."""
    local, at, domain = text.rpartition("@")
    if PLAIN.match(text):
        return text if domain.islower() else f"{local}@{domain.lower()}"
    if not at:
        raise NoAddressError("it has no @")
    if not _DOTS.intersection(domain):
        raise NoAddressError("the part after the @ has no dot")
    return _asked(text)


def _asked(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - as above

    try:
        found = validate_email(
            text, allow_smtputf8=False, strict=True, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError as error:
        sentence = str(error).rstrip(".")
        raise NoAddressError(sentence[:1].lower() + sentence[1:]) from None
    return str(found.ascii_email)
