"""The open connection during transactions: commands out in groups, replies in by their order (RFC 2920 §3.1).

aiosmtplib connects, encrypts and logs in; then its transport is given to a `Wire`, because aiosmtplib waits for every
single reply and drops one that it is not waiting for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, cast

import aiosmtplib

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST_REPLY = 32 * 1024
"""Octets: many times what RFC 5321 §4.5.3.1.5 allows a line; whoever sends more is no mail server."""

_BLOCK = 256 * 1024
"""Octets that are sent at a time: more than most messages have."""


class WireError(Exception):
    """The conversation cannot go on; says why, for the ledger."""


class NonsenseError(WireError):
    """The server said what is no reply (RFC 5321 §4.2)."""


class SilenceError(WireError):
    """The server did not answer, or did not listen, in time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply: its code, and its text with the lines joined by line feeds."""

    code: int
    text: str


class Wire(asyncio.Protocol):
    """Writes commands and messages, and hands out replies; never more than one reader at a time."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._lines: list[bytes] = []
        self._replies: deque[Reply] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._is_full = False
        self._lost: WireError | None = None
        self._watch = _Watch(self._loop, self._time_out)
        transport.set_write_buffer_limits(high=1, low=0)  # "full" until all is with the system; over TLS 0 is full
        transport.set_protocol(self)

    @classmethod
    def over(cls, client: aiosmtplib.SMTP) -> Self:
        """Take over the connection that the client has opened; aiosmtplib's own error when it is already lost."""
        if client.transport is None or client.transport.is_closing():
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        return cls(cast("asyncio.Transport", client.transport))

    @property
    def is_open(self) -> bool:
        """Whether more can be said and heard."""
        return self._lost is None and not self._transport.is_closing()

    @property
    def is_quiet(self) -> bool:
        """Whether the server has said nothing that nobody asked for."""
        return not (self._replies or self._received or self._lines)

    def say(self, commands: Sequence[str]) -> None:
        """Send these commands in one group."""
        self._transport.write("".join(f"{command}\r\n" for command in commands).encode("ascii"))

    async def send(self, data: memoryview, timeout_s: float) -> None:
        """Send octets; returns when the last of them is with the system, or when the server interrupts.

        `WireError` when a block of them takes too long: a slow line is no dead one (RFC 5321 §4.5.3.2.5).
        """
        for start in range(0, len(data), _BLOCK):
            self._transport.write(data[start : start + _BLOCK])
            if self._is_full and self._lost is None:
                self._drained = self._loop.create_future()
                await self._wait(self._drained, timeout_s)
            if self._replies:
                return
            if self._lost:
                raise self._lost

    def write(self, data: bytes) -> None:
        """Hand octets to the system without waiting."""
        self._transport.write(data)

    async def reply(self, timeout_s: float) -> Reply:
        """The next reply; `WireError` when there will be none in time."""
        while not self._replies:
            if self._lost:
                raise self._lost
            self._waiter = self._loop.create_future()
            await self._wait(self._waiter, timeout_s)
        return self._replies.popleft()

    def close(self) -> None:
        """Go without a word; what the server has not heard by now it never will."""
        self._watch.stop()
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take in what came; a waiting reader goes on as soon as a reply is complete."""
        self._received += data
        try:
            self._read()
        except NonsenseError as error:
            self._lose(error)
            self._transport.abort()
        if self._replies:
            _wake(self._waiter)
            _wake(self._drained)

    def pause_writing(self) -> None:
        """The system takes no more for now."""
        self._is_full = True

    def resume_writing(self) -> None:
        """The system has everything."""
        self._is_full = False
        _wake(self._drained)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why it was lost helps nobody
        """The end, from whichever side."""
        self._watch.stop()
        self._lose(WireError("the connection was lost"))

    async def _wait(self, future: asyncio.Future[None], timeout_s: float) -> None:
        self._watch.wake_at(self._loop.time() + timeout_s)
        try:
            await future
        finally:
            self._watch.rest()

    def _time_out(self) -> None:
        self._lose(SilenceError("no answer in time"))
        self._transport.abort()

    def _lose(self, error: WireError) -> None:
        if self._lost is None:
            self._lost = error
        _wake(self._waiter)
        _wake(self._drained)

    def _read(self) -> None:
        """Move complete replies over; the last line of each has no hyphen behind its code."""
        *lines, rest = self._received.split(b"\n")
        if len(self._received) + sum(map(len, self._lines)) > _LONGEST_REPLY:
            raise NonsenseError("the server's answer has no end")
        self._received = rest
        for line in lines:
            self._lines.append(bytes(line))
            if line[3:4] != b"-":
                self._replies.append(_parsed(self._lines))
                self._lines = []


class _Watch:
    """One timer for all waits of a connection: they begin and end far more often than it rings."""

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop = loop
        self._ring = ring
        self._due: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def wake_at(self, due: float) -> None:
        """Ring then, on the loop's clock, unless rest comes first."""
        self._due = due
        if self._timer is None or self._timer.when() > due:
            self._set(due)

    def rest(self) -> None:
        """The wait is over."""
        self._due = None

    def stop(self) -> None:
        """Never ring again."""
        self._due = None
        if self._timer is not None:
            self._timer.cancel()

    def _set(self, due: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(due, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._due is None:
            return
        if self._loop.time() >= self._due:
            self._ring()
        else:
            self._set(self._due)


def _parsed(lines: Sequence[bytes]) -> Reply:
    """The reply of these lines (RFC 5321 §4.2.1); the code is that of the last one."""
    code = lines[-1][:3]
    if not (len(code) == 3 and code.isdigit()):  # noqa: PLR2004 - three digits make a code
        raise NonsenseError(f"the server answered out of turn: {lines[-1].decode('utf-8', 'replace').strip()}")
    text = b"\n".join(line[4:].strip() for line in lines)
    return Reply(int(code), text.decode("utf-8", "surrogateescape"))


def _wake(future: asyncio.Future[None] | None) -> None:
    if future is not None and not future.done():
        future.set_result(None)
