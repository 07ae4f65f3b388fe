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


class NoAddressError(ValueError):
    """Says why a text is no address, as the end of a sentence."""


def normalised(text: str) -> str:
    """The address in ASCII, its domain in lower case; `NoAddressError` for anything else. Asks no network."""
    if PLAIN.match(text):
        local, _, domain = text.partition("@")
        return text if domain.islower() else f"{local}@{domain.lower()}"
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
