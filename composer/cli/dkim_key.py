"""`composer dkim-key`: the key that signs, made once, and how the domain publishes it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from composer.dkim import Signer, dns_record, is_dns_name, make_key
from composer.errors import ComposerError, Exit, UsageError
from composer.state import create_once, secret_file

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from composer.cli.desk import Desk
    from composer.dkim import Record

_SELECTOR = "composer"

_HOW_TO = """
1. Publish this TXT record in the DNS of {domain}:

   name   {record.name}
   value  {record.value}

   A zone file wants it in strings of at most 255 characters:

   {record.zone_line}

2. When `nslookup -type=TXT {record.name}` shows it, write into newsletter.yaml:

   dkim:
     selector: {selector}
     domain: {domain}

   From then on every message is signed. Leave the record published for a week after the last message under it.
"""


def dkim_key(desk: Desk, options: argparse.Namespace) -> Exit:
    """Make the key unless it is there, and say how to publish it."""
    selector, domain = _selector(desk, options.selector), _domain(desk)
    if desk.settings.dkim_key is not None:
        news = "the key is the one in COMPOSER_DKIM_KEY"
    else:
        path = _path(desk, selector)
        name = path.relative_to(desk.home.root).as_posix()
        news = f"{name} is made: keep a backup of it, show it to nobody, and never put it into git"
        if not _make_once(path, name):
            news = f"{name} was there already"
    record = dns_record(_pem(desk, selector), domain=domain, selector=selector)
    sys.stdout.write(f"{news}\n{_how_to(record, domain, selector)}")
    return Exit.DONE


def signer(desk: Desk) -> Signer | None:
    """What signs the messages of this newsletter; None where its settings want no signature.

    Raises `ComposerError` for a key that is missing or cannot sign.
    """
    if desk.settings.dkim is None:
        return None
    selector = desk.settings.dkim.selector
    return Signer.from_pem(_pem(desk, selector), domain=_domain(desk), selector=selector)


def _how_to(record: Record, domain: str, selector: str) -> str:
    return _HOW_TO.format(record=record, domain=domain, selector=selector)


def _selector(desk: Desk, asked: str | None) -> str:
    """The one asked for, or that of the settings, or the usual one; it names a file and a place in the DNS."""
    if asked is not None and not is_dns_name(asked):
        raise UsageError(f"--selector: {asked!r} cannot stand in the DNS; write letters, digits, hyphens and dots")
    configured = desk.settings.dkim.selector if desk.settings.dkim else _SELECTOR
    return (asked or configured).lower()


def _domain(desk: Desk) -> str:
    settings = desk.settings
    configured = settings.dkim.domain if settings.dkim else None
    return configured or settings.sender.email.rpartition("@")[2]


def _path(desk: Desk, selector: str) -> Path:
    return desk.home.state / f"dkim-{selector}.pem"


def _pem(desk: Desk, selector: str) -> bytes:
    if desk.settings.dkim_key is not None:
        return desk.settings.dkim_key.get_secret_value().encode("utf-8")
    path = _path(desk, selector)
    name = path.relative_to(desk.home.root).as_posix()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ComposerError(
            f"{name} is missing: restore it from a backup, or make a key with `composer dkim-key --selector {selector}`"
        ) from None
    except OSError as error:
        raise ComposerError(f"{name}: the DKIM key cannot be read: {error.strerror or error}") from error


def _make_once(path: Path, name: str) -> bool:
    try:
        return create_once(path, _write_key)
    except OSError as error:
        raise ComposerError(f"{name}: the DKIM key cannot be made: {error.strerror or error}") from error


def _write_key(path: Path) -> None:
    with secret_file(path) as file:
        file.write(make_key())
