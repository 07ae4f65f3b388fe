"""Hands one message over to the mail server and says what became of it: accepted, deferred, rejected or in doubt.

A server's answer is an `Outcome`; only what forbids going on at all (no such server, a refused login, a wrong
certificate) is an exception, raised by `open`. Nobody else knows aiosmtplib and its exceptions.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import aiosmtplib

from composer.courier.outcome import Kind, Outcome, Stage, judged, unanswered
from composer.courier.refusal import explained, no_login, no_password, no_starttls
from composer.errors import ComposerError
from composer.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from composer.message import Message
    from composer.settings import Smtp

__all__ = ["Courier", "Kind", "Outcome", "Stage", "Timeouts"]

_COMPLETED = 2
_START_INPUT = 354


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for the server, in seconds (RFC 5321 §4.5.3.2).

    Shorter waits save nothing: whoever gives up before the answer to the final dot makes duplicates.
    """

    connect: float = 30
    command: float = 300
    data: float = 120
    body: float = 180
    dot: float = 600
    quit: float = 300


class Courier:
    """One connection to the mail server, used for one message after the other.

        async with Courier(settings.smtp, password) as courier:
            outcome = await courier.deliver(message, begin)

    After an outcome with `connection_lost`, `open` connects anew.
    """

    def __init__(self, smtp: Smtp, password: str | None = None, *, timeouts: Timeouts | None = None) -> None:
        self._smtp = smtp
        self._password = password
        self._wait = timeouts or Timeouts()
        self._client = aiosmtplib.SMTP()
        self._stage = Stage.IDLE

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self.close()
        else:
            self._client.close()

    @property
    def is_open(self) -> bool:
        """Whether the connection still stands."""
        return self._client.is_connected

    async def open(self) -> None:
        """Connect, make the connection private and log in.

        Raises `TryAgainError` where waiting may help, `ComposerError` where only a change of the settings will.
        """
        self._client.close()
        self._client = self._prepared()
        self._stage = Stage.IDLE
        try:
            await self._client.connect()
            await self._greet()
            await self._encrypt()
            await self._log_in()
        except (aiosmtplib.SMTPException, ssl.SSLError, UnicodeError) as error:  # the last: a host name that is none
            self._client.close()
            raise explained(error, self._smtp) from error
        except BaseException:
            self._client.close()
            raise

    async def close(self) -> None:
        """Take leave of the server (RFC 5321 §4.1.1.10), or just go where it is past listening."""
        with suppress(aiosmtplib.SMTPException):
            if self.is_open:
                await self._client.quit(timeout=self._wait.quit)
        self._client.close()

    async def deliver(self, message: Message, begin: Callable[[], Awaitable[None]]) -> Outcome:
        """Hand one message over.

        `begin` is awaited when the server has agreed to the recipient and nothing of the message is sent: the last
        moment to write down that it is about to be. If it raises, nothing is sent and its exception goes on.
        """
        if not self.is_open:
            return unanswered(Stage.IDLE, "the connection is closed")
        try:
            return await self._transaction(message, begin)
        except aiosmtplib.SMTPException as error:
            self._client.close()
            is_late = isinstance(error, aiosmtplib.SMTPTimeoutError)
            return unanswered(self._stage, "no answer in time" if is_late else "the connection was lost")
        except asyncio.CancelledError:
            self._client.close()
            raise

    async def _transaction(self, message: Message, begin: Callable[[], Awaitable[None]]) -> Outcome:
        """MAIL, RCPT and DATA, ended by the first reply that is not a yes; `_stage` is kept up to date on the way."""
        if self._stage is not Stage.IDLE:
            self._stage = Stage.IDLE
            await self._client.rset(timeout=self._wait.command)
        for stage, argument in (
            (Stage.MAIL, f"FROM:<{message.envelope_sender}>"),
            (Stage.RECIPIENT, f"TO:<{message.envelope_recipient}>"),
        ):
            self._stage = stage
            reply = await self._client.execute_command(
                stage.encode(), argument.encode("ascii"), timeout=self._wait.command
            )
            if reply.code // 100 != _COMPLETED:
                return self._settled(reply)
        await begin()
        self._stage = Stage.DATA
        reply = await self._client.execute_command(b"DATA", timeout=self._wait.data)
        if reply.code != _START_INPUT:
            return self._settled(reply)
        outcome = self._settled(await self._send(message.data))
        self._stage = Stage.IDLE
        return outcome

    async def _send(self, data: bytes) -> aiosmtplib.SMTPResponse:
        """The message and its final dot in one write, with every line that starts with a dot given one more."""
        protocol = self._client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        protocol.write(_dot_stuffed(data))
        self._stage = Stage.DOT
        return await protocol.read_response(timeout=self._wait.body + self._wait.dot)

    def _settled(self, reply: aiosmtplib.SMTPResponse) -> Outcome:
        outcome = judged(self._stage, reply.code, reply.message)
        if outcome.connection_lost:
            self._client.close()
        return outcome

    def _prepared(self) -> aiosmtplib.SMTP:
        smtp = self._smtp
        if smtp.security == "none" and smtp.host not in LOOPBACK:
            raise ComposerError(
                f"newsletter.yaml: smtp.security: none would send the newsletter to {smtp.host} for all to read; "
                "set starttls or tls"
            )
        return aiosmtplib.SMTP(
            hostname=smtp.host,
            port=smtp.port,
            timeout=self._wait.connect,
            use_tls=smtp.security == "tls",
            start_tls=False,  # made certain of in _encrypt, before any password leaves
            tls_context=None if smtp.security == "none" else _trust(smtp.certificates),
            local_hostname="localhost",  # never said: _greet knows better
        )

    async def _greet(self) -> None:
        """EHLO with our address for a name (RFC 5321 §4.1.3): a lookup of the name can hang, and nobody reads it."""
        address = str(self._client.get_transport_info("sockname")[0]).partition("%")[0]
        literal = f"[IPv6:{address}]" if ":" in address else f"[{address}]"
        await self._client.ehlo(hostname=literal, timeout=self._wait.command)

    async def _encrypt(self) -> None:
        if self._smtp.security != "starttls":
            return
        if not self._client.supports_extension("starttls"):
            raise no_starttls(self._smtp)
        await self._client.starttls(timeout=self._wait.connect)
        await self._greet()

    async def _log_in(self) -> None:
        if self._smtp.username is None:
            return
        if self._password is None:
            raise no_password(self._smtp)
        if not self._client.supported_auth_methods:
            raise no_login(self._smtp)
        await self._client.login(self._smtp.username, self._password, timeout=self._wait.command)


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


def _dot_stuffed(data: bytes) -> bytes:
    """The data as it goes over the wire (RFC 5321 §4.5.2), with the line that ends it."""
    ending = b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n"
    stuffed = data.replace(b"\r\n.", b"\r\n..")
    return (b"." + stuffed if stuffed.startswith(b".") else stuffed) + ending
