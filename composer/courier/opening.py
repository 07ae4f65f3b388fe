"""Opens a connection: it is made, made private, and logged in on; whatever cannot be had of these, nothing is said."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import aiosmtplib

from composer.courier.refusal import explained, no_login, no_password, no_starttls
from composer.courier.wire import Wire
from composer.errors import ComposerError
from composer.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.settings import Smtp


async def opened(smtp: Smtp, password: str | None) -> tuple[Wire, Mapping[str, str]]:
    """An open connection, and what the server offers on it, by the names of the extensions in lower case.

    Raises `TryAgainError` where waiting may help, `ComposerError` where only a change of the settings will.
    """
    client = _prepared(smtp)
    try:
        await client.connect()
        await _greet(client, smtp)
        await _encrypt(client, smtp)
        await _log_in(client, smtp, password)
        return Wire.over(client), client.esmtp_extensions
    except (aiosmtplib.SMTPException, ssl.SSLError, UnicodeError) as error:  # the last: a host name that is none
        client.close()
        raise explained(error, smtp) from error
    except BaseException:
        client.close()
        raise


def _prepared(smtp: Smtp) -> aiosmtplib.SMTP:
    if smtp.security == "none" and smtp.host not in LOOPBACK:
        raise ComposerError(
            f"newsletter.yaml: smtp.security: none would send the newsletter to {smtp.host} for all to read; "
            "set starttls or tls"
        )
    return aiosmtplib.SMTP(
        hostname=smtp.host,
        port=smtp.port,
        timeout=smtp.timeouts.connect,
        use_tls=smtp.security == "tls",
        start_tls=False,  # made certain of in _encrypt, before any password leaves
        tls_context=None if smtp.security == "none" else _trust(smtp.certificates),
        local_hostname="localhost",  # never said: _greet knows better
    )


async def _greet(client: aiosmtplib.SMTP, smtp: Smtp) -> None:
    """EHLO with our address for a name (RFC 5321 §4.1.3): a lookup of the name can hang, and nobody reads it."""
    address = str(client.get_transport_info("sockname")[0]).partition("%")[0]
    literal = f"[IPv6:{address}]" if ":" in address else f"[{address}]"
    try:
        await client.ehlo(hostname=literal, timeout=smtp.timeouts.command)
    except aiosmtplib.SMTPHeloError as error:
        if not _may_do_without_ehlo(smtp, error.code):
            raise
        await client.helo(hostname=literal, timeout=smtp.timeouts.command)


def _may_do_without_ehlo(smtp: Smtp, code: int) -> bool:
    """An old server knows HELO only (RFC 5321 §3.2); there is no STARTTLS and no AUTH without EHLO."""
    return code // 100 == 5 and smtp.security != "starttls" and smtp.username is None  # noqa: PLR2004 - 5yz


async def _encrypt(client: aiosmtplib.SMTP, smtp: Smtp) -> None:
    if smtp.security != "starttls":
        return
    if not client.supports_extension("starttls"):
        raise no_starttls(smtp)
    await client.starttls(timeout=smtp.timeouts.connect)
    await _greet(client, smtp)


async def _log_in(client: aiosmtplib.SMTP, smtp: Smtp, password: str | None) -> None:
    if smtp.username is None:
        return
    if password is None:
        raise no_password(smtp)
    if not client.supported_auth_methods:
        raise no_login(smtp)
    await client.login(smtp.username, password, timeout=smtp.timeouts.command)


def _trust(certificates: str | None) -> ssl.SSLContext:
    """Whom to believe: the authorities that this machine knows, and a private one where the settings name it."""
    context = ssl.create_default_context()
    if certificates is not None:
        try:
            context.load_verify_locations(cafile=certificates)
        except OSError as error:  # ssl.SSLError is one too
            raise ComposerError(
                f"newsletter.yaml: smtp.certificates: {certificates} is not a PEM file of certificates ({error})"
            ) from error
    return context
