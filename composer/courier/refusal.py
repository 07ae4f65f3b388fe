"""Why no connection could be opened: aiosmtplib's exceptions → one sentence with what to do about it."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import aiosmtplib

from composer.courier.outcome import one_line
from composer.errors import ComposerError, TryAgainError

if TYPE_CHECKING:
    from composer.settings import Smtp

_WAS_REACHED = (aiosmtplib.SMTPException, ConnectionResetError, ConnectionAbortedError)
"""Ends of a connection that there was; the last of them while TLS was agreed on."""


def explained(error: Exception, smtp: Smtp) -> ComposerError:
    """The error to raise instead: `TryAgainError` (exit 75) where the same settings may work later."""
    server = _named(smtp)
    tls_error = error if isinstance(error, ssl.SSLError) else error.__cause__
    if isinstance(tls_error, ssl.SSLError):
        return _tls_refused(tls_error, server)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) and not _is_passing(error):
        return ComposerError(
            f"{server} refused the login of {smtp.username} ({_answer(error)}); "
            "check smtp.username and COMPOSER_SMTP_PASSWORD"
        )
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _turned_away(error, server) if error.code > 0 else _no_mail_server(error, server)
    return _silent(error, server)


def _tls_refused(error: ssl.SSLError, server: str) -> ComposerError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ComposerError(
            f"{server} shows a certificate that cannot be trusted ({error.verify_message}); correct smtp.host, "
            "or name the PEM file of its authority in smtp.certificates"
        )
    return ComposerError(
        f"{server} does not speak TLS as expected; check smtp.security and smtp.port in newsletter.yaml "
        "(usually starttls on 587, tls on 465)"
    )


def _turned_away(error: aiosmtplib.SMTPResponseException, server: str) -> ComposerError:
    if _is_passing(error):
        return TryAgainError(f"{server} is not ready ({_answer(error)}); try again later")
    return ComposerError(f"{server} turned us away ({_answer(error)}); check smtp.host and smtp.port")


def _no_mail_server(error: aiosmtplib.SMTPResponseException, server: str) -> ComposerError:
    return ComposerError(
        f"{server} does not answer as a mail server does ({one_line(error.message)}); check smtp.host and smtp.port"
    )


def _silent(error: Exception, server: str) -> TryAgainError:
    if isinstance(error, aiosmtplib.SMTPTimeoutError):
        return TryAgainError(
            f"{server} did not answer in time; check smtp.host, smtp.port and smtp.security, or try again later"
        )
    if isinstance(error, UnicodeError) or isinstance(error.__cause__, socket.gaierror):
        return TryAgainError(f"{server} cannot be found under this name; check smtp.host, or try again later")
    if isinstance(error, aiosmtplib.SMTPConnectError) and not isinstance(error.__cause__, _WAS_REACHED):
        return TryAgainError(f"{server} cannot be reached; check smtp.host and smtp.port, or try again later")
    return TryAgainError(f"{server} closed the connection; check smtp.port and smtp.security, or try again later")


def no_starttls(smtp: Smtp) -> ComposerError:
    """The server, or somebody in between, does not offer to encrypt."""
    return ComposerError(
        f"{_named(smtp)} offers no STARTTLS, so nothing was sent to it; "
        "set smtp.security: tls with its port for that (usually 465), or ask its operator"
    )


def no_login(smtp: Smtp) -> ComposerError:
    """The server knows no way to log in that we know too."""
    return ComposerError(f"{_named(smtp)} offers no login that we know; leave smtp.username out, or check smtp.port")


def no_password(smtp: Smtp) -> ComposerError:
    """A user name without its password."""
    return ComposerError(f"there is no password for {smtp.username}; set COMPOSER_SMTP_PASSWORD")


def _named(smtp: Smtp) -> str:
    return f"the mail server {smtp.host}:{smtp.port}"


def _is_passing(error: aiosmtplib.SMTPResponseException) -> bool:
    return error.code // 100 == 4  # noqa: PLR2004 - 4yz, a "transient negative" reply


def _answer(error: aiosmtplib.SMTPResponseException) -> str:
    return one_line(f"{error.code} {error.message}")
