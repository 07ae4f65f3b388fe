"""Somebody on the way between us and the mail server, who hears every octet and may change what the server says."""

from __future__ import annotations

import asyncio
import base64
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from composer.settings import Smtp

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

USER, PASSWORD = "composer", "correct horse"
SECRETS = (
    PASSWORD.encode(),
    base64.b64encode(PASSWORD.encode()),
    base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()),
    b"AUTH PLAIN ",
    b"AUTH LOGIN ",
    b"MAIL FROM:",
    b"RCPT TO:",
    b"@example.org",
    b"Update no 653",
    b"News of the week",
)
"""What nobody on the way may hear: the password as it is and as it is said, the envelope, the message."""


def unchanged(_connection: int, said: bytes) -> bytes:
    """An honest line."""
    return said


class Wiretap:
    """A line to the server at this port.

    async with server, Wiretap(server.port, strips) as tap:
        await office.run(tap.smtp)
    assert tap.secrets == []
    """

    def __init__(self, port: int, changes: Callable[[int, bytes], bytes] = unchanged) -> None:
        """`changes` is given the number of the connection, from 0, and what the server says on it."""
        self._server_port = port
        self._changes = changes
        self.heard = bytearray()
        """Everything that we have said."""
        self.connections = 0
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def smtp(self) -> Smtp:
        """The settings that lead through here; `security` is the test's business."""
        return Smtp(host="127.0.0.1", port=self._port, username=USER)

    @property
    def secrets(self) -> list[bytes]:
        """Those that were heard."""
        return [secret for secret in SECRETS if secret in self.heard]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self._port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        await self._server.wait_closed()

    async def _connect(self, ours: asyncio.StreamReader, to_us: asyncio.StreamWriter) -> None:
        number, self.connections = self.connections, self.connections + 1
        task = asyncio.current_task()
        assert task is not None
        self._calls.add(task)
        theirs, to_them = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            await asyncio.gather(self._listen(ours, to_them), self._answer(number, theirs, to_us))
        finally:
            self._calls.discard(task)
            to_us.close()
            to_them.close()

    async def _listen(self, ours: asyncio.StreamReader, to_them: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await ours.read(2**16):
                self.heard += said
                to_them.write(said)
        to_them.close()

    async def _answer(self, number: int, theirs: asyncio.StreamReader, to_us: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await theirs.read(2**16):
                to_us.write(self._changes(number, said))
        to_us.close()
