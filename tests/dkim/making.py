"""A key for the tests, its DNS record, and dkimpy as the first verifier."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import dkim as dkimpy  # type: ignore[import-untyped]

from composer.dkim import Record, Signer, dns_record, make_key
from composer.message import compile_message
from tests.message.making import MOMENT, TOKENS, newsletter

if TYPE_CHECKING:
    from composer.render import Email

DOMAIN, SELECTOR = "example.org", "composer"


@cache
def pem() -> bytes:
    return make_key()


@cache
def signer() -> Signer:
    return Signer.from_pem(pem(), domain=DOMAIN, selector=SELECTOR)


@cache
def record() -> Record:
    return dns_record(pem(), domain=DOMAIN, selector=SELECTOR)


def signed(email: Email, **fields: str) -> bytes:
    compiled = compile_message(email, newsletter(), number=653, signer=signer())
    return compiled.press(TOKENS, moment=MOMENT, signer=signer()).fill("morgan@example.org", fields).data


def verifies(data: bytes) -> bool:
    """What dkimpy says, with our record in its DNS and no other."""
    return bool(dkimpy.verify(data, dnsfunc=_look_up))


def _look_up(name: bytes, timeout: int = 5) -> bytes | None:
    return record().value.encode("ascii") if name.decode("ascii") == f"{record().name}." else None
