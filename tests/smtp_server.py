"""A real SMTP server on loopback whose faults have names, so that a test reads as a sentence.

async with SmtpServer(defers_recipient("morgan@example.org"), drops_after_the_dot(times=1)) as server:
    async with Courier(server.smtp) as courier: ...
    assert server.recipients == [...]
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from composer.settings import Smtp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

OFFERS = ("8BITMIME", "PIPELINING", "ENHANCEDSTATUSCODES")
"""The extensions that the server names unless a test says otherwise."""

Moment = Literal["CONNECT", "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BODY", ".", "RSET", "QUIT"]
"""When a fault strikes: at a command, in the middle of the message ("BODY"), or at the dot that ends it."""


@dataclass
class Fault:
    """What the server does wrong: its reply at a moment, or a dropped connection instead of one.

    `about` limits it to commands that hold this text, `times` to its first occurrences; `takes_it` says whether the
    message is taken all the same, `goes_on` whether the server then behaves as if it had said yes. A lone surrogate in
    the reply is an octet (PEP 383).
    """

    at: Moment
    reply: str | None
    about: str = ""
    times: int = 1_000_000
    takes_it: bool = False
    goes_on: bool = False
    delay_s: float = 0

    def strikes(self, at: Moment, said: str) -> bool:
        """Whether it strikes now; counts as one time if so."""
        if at != self.at or self.about.casefold() not in said.casefold() or not self.times:
            return False
        self.times -= 1
        return True


def refuses_connection() -> Fault:
    """The server turns everybody away before a word is said."""
    return Fault("CONNECT", "554 5.3.2 No service here")


def is_busy(times: int = 1_000_000) -> Fault:
    """The server asks to come back later."""
    return Fault("CONNECT", "421 4.3.2 Too many connections", times=times)


def says_nothing() -> Fault:
    """The server takes the connection and never greets."""
    return Fault("CONNECT", "220 late", delay_s=3600)


def refuses_login() -> Fault:
    """No password is good enough."""
    return Fault("AUTH", "535 5.7.8 Authentication credentials invalid")


def cannot_check_logins() -> Fault:
    """The server's own password service is down."""
    return Fault("AUTH", "454 4.7.0 Temporary authentication failure")


def refuses_starttls() -> Fault:
    """STARTTLS is offered and then not to be had."""
    return Fault("STARTTLS", "454 4.7.0 TLS not available")


def refuses_sender(reply: str = "550 5.7.1 Sender not allowed") -> Fault:
    """The envelope sender is not welcome."""
    return Fault("MAIL", reply)


def defers_recipient(address: str, times: int = 1_000_000) -> Fault:
    """This mailbox cannot take a message now."""
    return Fault("RCPT", "450 4.2.1 Mailbox busy", about=f"<{address}>", times=times)


def rejects_recipient(address: str, reply: str = "550 5.1.1 No such user") -> Fault:
    """This mailbox does not exist."""
    return Fault("RCPT", reply, about=f"<{address}>")


def drops_at(at: Moment, times: int = 1_000_000) -> Fault:
    """The connection ends where a reply was due."""
    return Fault(at, None, times=times)


def drops_before_the_dot(times: int = 1_000_000) -> Fault:
    """The connection ends while the message is on its way; the server keeps nothing."""
    return Fault("BODY", None, times=times)


def drops_after_the_dot(times: int = 1_000_000) -> Fault:
    """The server takes the message, and the connection ends before it can say so."""
    return Fault(".", None, times=times, takes_it=True)


def answers_421(at: Moment = "MAIL", times: int = 1_000_000) -> Fault:
    """The server closes down at this command."""
    return Fault(at, "421 4.3.2 Closing down", times=times)


def answers(at: Moment, reply: str, times: int = 1_000_000) -> Fault:
    """The server says this at that command."""
    return Fault(at, reply, times=times)


def never_answers(at: Moment) -> Fault:
    """The server falls silent."""
    return Fault(at, "250 late", delay_s=3600)


@dataclass(frozen=True)
class Received:
    """One message that the server took, with its dots as they were before stuffing."""

    sender: str
    recipient: str
    data: bytes


class SmtpServer:
    """A server that does as RFC 5321 says, but for its faults.

    With `tls` it offers STARTTLS, or speaks TLS from the start where `implicit_tls`. With `password` it offers AUTH.
    A server that lacks the manners of this one has a `session` of its own.
    """

    session: type[Session]

    def __init__(
        self,
        *faults: Fault,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
        password: str | None = None,
        offers: Sequence[str] = OFFERS,
    ) -> None:
        self.faults, self.tls, self.implicit_tls, self.password = faults, tls, implicit_tls, password
        self.messages: list[Received] = []
        self.commands: list[str] = []
        self.groups: list[int] = []
        """How many commands came together, each time something came."""
        self.octets = 0
        """How much of messages has arrived."""
        self.offers = tuple(offers)
        self.connections = 0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()

    @property
    def smtp(self) -> Smtp:
        """The settings that lead here, without TLS."""
        return Smtp(host="127.0.0.1", port=self.port, security="none")

    @property
    def recipients(self) -> list[str]:
        """Who has got a message, in order; twice means twice."""
        return [message.recipient for message in self.messages]

    @property
    def verbs(self) -> list[str]:
        """The commands without their arguments."""
        return [command.split(" ")[0].split(":")[0].upper() for command in self.commands]

    async def __aenter__(self) -> Self:
        context = self.tls if self.implicit_tls else None
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, ssl=context, limit=2**26)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for session in self._sessions:
            session.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)
        await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._sessions.add(task)
        self.connections += 1
        try:
            with suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self.session(self, reader, writer).converse()
        finally:
            self._sessions.discard(task)
            with suppress(ConnectionError, ssl.SSLError):
                writer.close()


def _address(command: str) -> str:
    return command.partition("<")[2].partition(">")[0]


class HungUpError(ConnectionError):
    """The server hung up on purpose."""


class Session:
    """One connection's conversation."""

    def __init__(self, server: SmtpServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._is_private = server.implicit_tls
        self._sender = self._recipient = ""
        self._more = False

    async def converse(self) -> None:
        """From the greeting to the end."""
        await self._answer("CONNECT", "", "220 test ESMTP")
        does = {
            "EHLO": lambda said: self._answer("EHLO", said, *self._offers()),
            "HELO": lambda said: self._answer("HELO", said, "250 test"),
            "STARTTLS": self._start_tls,
            "AUTH": self._log_in,
            "MAIL": self._from,
            "RCPT": self._to,
            "DATA": self._take,
            "RSET": self._reset,
        }
        while line := await self._reader.readline():
            self._count_group()
            command = line.decode("ascii").rstrip("\r\n")
            self._server.commands.append(command)
            verb = command.split(" ")[0].upper()
            if verb == "QUIT":
                await self._answer("QUIT", "", "221 2.0.0 Bye")
                return
            await does.get(verb, self._wonder)(command)

    def _count_group(self) -> None:
        """A command belongs to the last group while more of it was there already when the one before was read."""
        if self._more:
            self._server.groups[-1] += 1
        else:
            self._server.groups.append(1)
        self._more = bool(self._reader._buffer)  # type: ignore[attr-defined]

    async def _wonder(self, _: str) -> None:
        await self._say("500 5.5.2 Unknown command")

    async def _reset(self, _: str) -> None:
        if await self._answer("RSET", "", "250 2.0.0 Ok"):
            self._sender = self._recipient = ""

    async def _from(self, command: str) -> None:
        if self._sender:
            await self._say("503 5.5.1 Nested MAIL command")
        elif await self._answer("MAIL", command, "250 2.1.0 Ok"):
            self._sender = _address(command)

    async def _to(self, command: str) -> None:
        if not self._sender:
            await self._say("503 5.5.1 MAIL first")
        elif await self._answer("RCPT", command, "250 2.1.5 Ok"):
            self._recipient = _address(command)

    def _offers(self) -> list[str]:
        offers = list(self._server.offers)
        if self._server.tls and not self._is_private:
            offers.append("STARTTLS")
        if self._server.password is not None:
            offers.append("AUTH PLAIN LOGIN")
        return ["250-test", *(f"250-{offer}" for offer in offers), "250 HELP"]

    async def _start_tls(self, _: str) -> None:
        if await self._answer("STARTTLS", "", "220 2.0.0 Ready"):
            assert self._server.tls is not None
            await self._writer.start_tls(self._server.tls)
            self._is_private = True

    async def _log_in(self, command: str) -> None:
        password = ""
        if command.upper().startswith("AUTH PLAIN"):
            password = base64.b64decode(command.split(" ")[2]).split(b"\0")[2].decode()
        is_right = password == self._server.password
        await self._answer("AUTH", command, "235 2.7.0 Welcome" if is_right else "535 5.7.8 Wrong password")

    async def _take(self, _: str) -> None:
        if not self._recipient:
            await self._say("503 5.5.1 RCPT first")
            return
        if not await self._answer("DATA", "", "354 Go ahead"):
            return
        await self._strike("BODY", self._recipient)
        data = await self._body()
        lines = data.removesuffix(b".\r\n").split(b"\r\n")
        received = Received(self._sender, self._recipient, b"\r\n".join(line.removeprefix(b".") for line in lines))
        fault = self._fault(".", self._recipient)
        if fault is None or fault.takes_it or (fault.reply or "").startswith("2"):
            self._server.messages.append(received)
        self._sender = self._recipient = ""
        await self._play(fault, "250 2.0.0 Taken")

    async def _body(self) -> bytes:
        """Everything up to the dot; a lone dot ends nothing (RFC 2920 §3.1)."""
        lines: list[bytes] = []
        while not lines or lines[-1] != b".\r\n":
            lines.append(await self._reader.readuntil(b"\r\n"))
            self._server.octets += len(lines[-1])
        return b"".join(lines)

    def _fault(self, at: Moment, said: str) -> Fault | None:
        return next((fault for fault in self._server.faults if fault.strikes(at, said)), None)

    async def _strike(self, at: Moment, said: str) -> None:
        fault = self._fault(at, said)
        if fault is not None:
            await self._reader.read(1)
            await self._play(fault)

    async def _answer(self, at: Moment, said: str, *lines: str) -> bool:
        """Whether the server went on as it should."""
        return await self._play(self._fault(at, said), *lines)

    async def _play(self, fault: Fault | None, *lines: str) -> bool:
        if fault is None:
            await self._say(*lines)
            return True
        await asyncio.sleep(fault.delay_s)
        if fault.reply is None:
            raise HungUpError
        await self._say(fault.reply)
        if fault.reply.startswith("421") or fault.at == "CONNECT":
            raise HungUpError
        return fault.goes_on

    async def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape"))
        await self._writer.drain()


SmtpServer.session = Session
