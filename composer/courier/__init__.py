"""Hands one message over to the mail server and says what became of it: accepted, deferred, rejected or in doubt.

A server's answer is an `Outcome`; only what forbids going on at all (no such server, a refused login, a wrong
certificate) is an exception, raised by `open`. Nobody else knows aiosmtplib and its exceptions.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import aiosmtplib

from composer.courier.offers import Offers, Step
from composer.courier.outcome import Kind, Outcome, Stage, judged, unanswered
from composer.courier.refusal import explained, no_login, no_password, no_starttls
from composer.courier.wire import Reply, SilenceError, Wire, WireError
from composer.errors import ComposerError
from composer.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from types import TracebackType

    from composer.message import Message
    from composer.settings import Smtp

__all__ = ["Courier", "Kind", "Outcome", "Stage"]

DOT = b".\r\n"
"""The line that ends a message (RFC 5321 §4.1.1.4)."""

_SAID_IN_GROUPS = frozenset({Stage.RECIPIENT, Stage.DATA})
"""Where a server falls silent that has promised PIPELINING and listens to the first command only."""


class Courier:
    """One connection to the mail server, used for one message after the other.

        async with Courier(settings.smtp, password) as courier:
            outcome = await courier.deliver(message, begin)

    After an outcome with `connection_lost`, `open` connects anew.
    """

    def __init__(self, smtp: Smtp, password: str | None = None) -> None:
        self._smtp = smtp
        self._password = password
        self._wait = smtp.timeouts
        self._client = aiosmtplib.SMTP()
        self._offers = Offers()
        self._wire: Wire | None = None
        self._is_unfinished = False
        self._groups_were_lost = False
        self.stage = Stage.IDLE
        """How far the last message came; at the dot it may have been taken."""

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self.close()
        else:
            self._drop()

    @property
    def is_open(self) -> bool:
        """Whether the connection still stands, and the server has not begun to speak of its own accord."""
        return self._wire is not None and self._wire.is_open and self._wire.is_quiet

    async def open(self) -> None:
        """Connect, make the connection private and log in.

        Raises `TryAgainError` where waiting may help, `ComposerError` where only a change of the settings will.
        """
        self._drop()
        self._client = self._prepared()
        try:
            await self._client.connect()
            await self._greet()
            await self._encrypt()
            await self._log_in()
            self._wire = Wire.over(self._client)
        except (aiosmtplib.SMTPException, ssl.SSLError, UnicodeError) as error:  # the last: a host name that is none
            self._client.close()
            raise explained(error, self._smtp) from error
        except BaseException:
            self._client.close()
            raise
        self._offers = Offers.of(self._client.esmtp_extensions, in_groups=not self._groups_were_lost)
        self._is_unfinished = False

    async def close(self) -> None:
        """Take leave of the server (RFC 5321 §4.1.1.10), or just go where it is past listening."""
        try:
            if self._wire is not None and self.is_open:
                with suppress(WireError):
                    self._wire.say(["QUIT"])
                    await self._wire.reply(self._wait.quit)
        finally:
            self._drop()

    async def deliver(self, message: Message, begin: Callable[[], Awaitable[None]]) -> Outcome:
        """Hand one message over.

        `begin` writes down that the message is about to be handed over. It is started at once and runs beside the
        first commands; nothing of the message is sent before it has returned. If it raises, nothing is sent, the
        connection is given up and its exception goes on. `ComposerError` for a message that the server is sure to
        refuse for its size (RFC 1870).
        """
        self.stage = Stage.IDLE
        wire = self._wire
        if wire is None or not self.is_open:
            self._drop()
            return unanswered(Stage.IDLE, "the connection is closed")
        self._offers.weigh(message, self._smtp)
        begun = asyncio.ensure_future(begin())
        try:
            return await self._transaction(wire, message, begun)
        except WireError as error:
            self._drop()
            self._groups_were_lost |= isinstance(error, SilenceError) and self.stage in _SAID_IN_GROUPS
            await begun
            return unanswered(self.stage, str(error))
        except BaseException:
            self._drop()
            raise

    async def _transaction(self, wire: Wire, message: Message, begun: Awaitable[None]) -> Outcome:
        """The commands of RFC 5321 §3.3, in groups where the server takes groups; `stage` is true on the way."""
        no = await self._introduce(wire, message)
        await begun
        if no is not None:
            return self._settled(no)
        await wire.send(memoryview(message.wire)[: -len(DOT)], self._wait.body)
        if not wire.is_quiet:
            return await self._interrupted(wire)
        self.stage = Stage.DOT
        wire.write(DOT)
        reply = await wire.reply(self._wait.dot)
        self._is_unfinished = False
        return self._settled(reply)

    async def _interrupted(self, wire: Wire) -> Outcome:
        """The server answers before the dot, so it takes nothing; what it says unasked for is no yes (RFC 5321 §3.3).

        The connection goes too: a server that has not heard the end might take the rest for commands.
        """
        reply = await wire.reply(self._wait.dot)
        self._drop()
        return self._settled(reply)

    async def _introduce(self, wire: Wire, message: Message) -> Reply | None:
        """Sender, recipient and DATA; the first reply that is not a yes, or None when the message is awaited.

        `stage` is then that of the refused command.
        """
        steps = self._offers.steps(message, again=self._is_unfinished)
        self._is_unfinished = True
        for group in [steps] if self._offers.pipelining else [[step] for step in steps]:
            wire.say([step.command for step in group])
            for index, step in enumerate(group):
                self.stage = step.stage
                reply = await wire.reply(self._patience(step))
                if not step.is_yes(reply):
                    with suppress(WireError):  # whoever hangs up after a "no" has said it all the same
                        await self._hear_out(wire, group[index:])
                    return reply
        return None

    async def _hear_out(self, wire: Wire, refused: Sequence[Step]) -> None:
        """The replies to what was said behind a command that was refused, the first of these.

        Where DATA is agreed to though nobody is to get it, a lone dot ends it (RFC 2920 §3.1); where somebody would,
        only hanging up keeps an empty message from them.
        """
        has_recipient = False
        for step in refused[1:]:
            is_yes = step.is_yes(await wire.reply(self._patience(step)))
            has_recipient |= is_yes and step.stage is Stage.RECIPIENT
            if is_yes and step.stage is Stage.DATA:
                if has_recipient:
                    self._drop()
                    return
                wire.write(DOT)
                await wire.reply(self._wait.dot)

    def _patience(self, step: Step) -> float:
        return self._wait.data if step.stage is Stage.DATA else self._wait.command

    def _settled(self, reply: Reply) -> Outcome:
        outcome = judged(self.stage, reply.code, reply.text)
        if outcome.connection_lost or not self.is_open:
            self._drop()
            return replace(outcome, connection_lost=True)
        return outcome

    def _drop(self) -> None:
        """Leave without a word."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None

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
        try:
            await self._client.ehlo(hostname=literal, timeout=self._wait.command)
        except aiosmtplib.SMTPHeloError as error:
            if not self._may_do_without_ehlo(error):
                raise
            await self._client.helo(hostname=literal, timeout=self._wait.command)

    def _may_do_without_ehlo(self, refusal: aiosmtplib.SMTPHeloError) -> bool:
        """An old server knows HELO only (RFC 5321 §3.2); there is no STARTTLS and no AUTH without EHLO."""
        return refusal.code // 100 == 5 and self._smtp.security != "starttls" and self._smtp.username is None  # noqa: PLR2004 - 5yz

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
