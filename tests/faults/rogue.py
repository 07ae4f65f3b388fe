"""A mail server without manners: what RFC 5321 forbids and some server does all the same, each with a name.

async with Rogue(half_closes("."), manners=Manners(piece=1)) as server:
    result = await office.run(server.smtp)
"""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.smtp_server import OFFERS, Fault, HungUpError, Moment, Session, SmtpServer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from ssl import SSLContext

FOREVER_S = 3600.0
RESETS = struct.pack("ii", 1, 0)
"""SO_LINGER: whoever closes the connection resets it."""


@dataclass
class Mischief(Fault):
    """A fault that is more than a wrong reply: the deed is done where the reply was due."""

    deed: Callable[[RogueSession], Awaitable[None]] | None = None


def resets(at: Moment, times: int = 1_000_000, *, takes_it: bool = False) -> Mischief:
    """The connection is not closed but torn off (RFC 9293 §3.5.2)."""

    async def tear(session: RogueSession) -> None:
        session.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESETS)
        session.transport.abort()
        raise HungUpError

    return Mischief(at, None, times=times, takes_it=takes_it, deed=tear)


def half_closes(at: Moment, times: int = 1_000_000, *, takes_it: bool = False) -> Mischief:
    """The server says that it has no more to say, and listens on."""

    async def fall_silent(session: RogueSession) -> None:
        session.transport.write_eof()
        await session.hear_nothing_but_the_end()

    return Mischief(at, None, times=times, takes_it=takes_it, deed=fall_silent)


def answers_without_end(at: Moment, line: str = "250-and so on", times: int = 1_000_000) -> Mischief:
    """One reply of more lines than anybody wants to hear; an empty one: of one line."""

    async def go_on(session: RogueSession) -> None:
        while True:
            await session.write(f"{line}\r\n".encode() * 100 if line else b"250 " * 100)

    return Mischief(at, None, times=times, deed=go_on)


def trickles(at: Moment, times: int = 1_000_000) -> Mischief:
    """Never quite silent, and never done."""

    async def mumble(session: RogueSession) -> None:
        while True:
            await session.write(b"2")
            await asyncio.sleep(0.01)

    return Mischief(at, None, times=times, deed=mumble)


def stops_reading(times: int = 1_000_000) -> Mischief:
    """The middle of a message, and nobody takes the rest off the line."""

    async def wait(session: RogueSession) -> None:
        session.transport.pause_reading()
        await asyncio.sleep(FOREVER_S)

    return Mischief("BODY", None, times=times, deed=wait)


def reads_slowly(pauses: int, pause_s: float) -> Mischief:
    """The message is taken, a little at a time."""

    async def sip(session: RogueSession) -> None:
        for _ in range(pauses):
            session.transport.pause_reading()
            await asyncio.sleep(pause_s)
            session.transport.resume_reading()
            for _ in range(20):
                await asyncio.sleep(0)

    return Mischief("BODY", None, goes_on=True, deed=sip)


def answers_early(reply: str, times: int = 1_000_000, *, reads_on: bool = True) -> Mischief:
    """The answer to the dot comes before the dot."""

    async def interrupt(session: RogueSession) -> None:
        await session.write(f"{reply}\r\n".encode())
        if not reads_on:
            session.transport.pause_reading()
            await asyncio.sleep(FOREVER_S)
        await session.hear_nothing_but_the_end()

    return Mischief("BODY", None, times=times, deed=interrupt)


def hangs_up_after_each() -> Mischief:
    """Every connection serves for one message."""

    async def leave(session: RogueSession) -> None:
        await session.write(b"250 2.0.0 Taken\r\n")
        raise HungUpError

    return Mischief(".", None, takes_it=True, deed=leave)


def speaks_unasked(said: str = "421 4.4.2 Idle too long", *, after_s: float = 0.01, times: int = 1) -> Mischief:
    """A message is taken, and a moment later the server has enough."""

    async def close_down(session: RogueSession) -> None:
        await session.write(b"250 2.0.0 Taken\r\n")
        await asyncio.sleep(after_s)
        await session.write(f"{said}\r\n".encode("utf-8", "surrogateescape"))
        raise HungUpError

    return Mischief(".", None, times=times, takes_it=True, deed=close_down)


@dataclass(frozen=True)
class Manners:
    """How a server talks, whatever it says."""

    piece: int | None = None
    """So many octets of a reply at a time."""
    gathers: bool = False
    """The replies to a group of commands come together."""
    forgets: bool = False
    """Of a group only the first command is heard."""
    offers_in_private: Sequence[str] | None = None
    """What is named after STARTTLS; before it, no more than `offers`."""


class Rogue(SmtpServer):
    """A server with such manners and such faults."""

    def __init__(
        self,
        *faults: Fault,
        manners: Manners | None = None,
        offers: Sequence[str] = OFFERS,
        tls: SSLContext | None = None,
        password: str | None = None,
    ) -> None:
        super().__init__(*faults, tls=tls, password=password, offers=offers)
        self.manners = manners or Manners()


class RogueSession(Session):
    """One conversation with such a server."""

    _server: Rogue
    _unsaid = b""

    @property
    def server(self) -> Rogue:
        """Whose conversation it is."""
        return self._server

    @property
    def transport(self) -> asyncio.Transport:
        """Of the connection as it is."""
        return self._writer.transport  # type: ignore[return-value] # a WriteTransport to whom it concerns

    @property
    def socket(self) -> socket.socket:
        """Under all of it."""
        return self._writer.get_extra_info("socket")._sock  # type: ignore[no-any-return]

    async def write(self, data: bytes) -> None:
        """Say these octets, in pieces if that is the manner."""
        size = self._server.manners.piece or len(data)
        for start in range(0, len(data), size):
            self._writer.write(data[start : start + size])
            await self._writer.drain()
            await asyncio.sleep(0)

    async def hear_something(self) -> None:
        """Whatever is said next."""
        await self._reader.read(2**16)

    async def hear_nothing_but_the_end(self) -> None:
        """Until the other side goes."""
        while await self._reader.read(2**16):
            pass
        raise HungUpError

    def _count_group(self) -> None:
        super()._count_group()
        if self._server.manners.forgets and self._more:
            self._reader._buffer.clear()  # type: ignore[attr-defined]

    def _offers(self) -> list[str]:
        private = self._server.manners.offers_in_private
        if private is None:
            return super()._offers()
        offers = private if self._is_private else (*self._server.offers, "STARTTLS")
        return ["250-test", *(f"250-{offer}" for offer in offers), "250 HELP"]

    async def _strike(self, at: Moment, said: str) -> None:
        """In the middle of the message, of which nothing is swallowed."""
        fault = self._fault(at, said)
        if fault is not None:
            first = await self._reader.read(1)
            self._reader._buffer[:0] = first  # type: ignore[attr-defined]
            await self._play(fault)

    async def _play(self, fault: Fault | None, *lines: str) -> bool:
        if isinstance(fault, Mischief) and fault.deed is not None:
            await asyncio.sleep(fault.delay_s)
            await fault.deed(self)
            return fault.goes_on
        return await super()._play(fault, *lines)

    async def _say(self, *lines: str) -> None:
        self._unsaid += "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")
        if not (self._server.manners.gathers and self._more):
            data, self._unsaid = self._unsaid, b""
            await self.write(data)


Rogue.session = RogueSession
