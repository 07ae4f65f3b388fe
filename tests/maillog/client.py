"""A raw SMTP client that goes no further than it is told: `python -m tests.maillog.client PORT MESSAGE_ID SIZE STOP`.

Octets of the message are sent until STOP of them are out, the final dot among them; then the process kills itself.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
from datetime import UTC, datetime

ANSWERED = -1
"""Stop only when the answer to the dot is there."""
UNSENT = -2
"""Stop before DATA."""


def message(message_id: str, size: int) -> bytes:
    """A message of about that many octets, with the dot that ends it."""
    head = f"From: update@example.org\r\nSubject: Update\r\nMessage-ID: {message_id}\r\n\r\n".encode()
    return head + b"x" * 62 + b"\r\n" + (b"y" * 62 + b"\r\n") * (size // 64) + b".\r\n"


class Client:
    """One connection that has introduced itself."""

    def __init__(self, port: int, helo: str = "[127.0.0.1]") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._answers = self._socket.makefile("rb")
        self.answer()
        self.say(f"EHLO {helo}")

    def say(self, command: str) -> str:
        self._socket.sendall(command.encode("utf-8", "surrogateescape") + b"\r\n")
        return self.answer()

    def answer(self) -> str:
        while (line := self._answers.readline())[3:4] == b"-":
            pass
        return line.decode("utf-8", "surrogateescape").rstrip()

    def announce(self) -> None:
        """Sender and recipient."""
        assert self.say("MAIL FROM:<update@example.org>").startswith("250")
        assert self.say("RCPT TO:<morgan@example.org>").startswith("250")

    def open_data(self) -> None:
        self.announce()
        assert self.say("DATA").startswith("354")

    def send(self, octets: bytes) -> None:
        self._socket.sendall(octets)

    def leave(self) -> None:
        self.say("QUIT")
        self.hang_up()

    def hang_up(self) -> None:
        self._answers.close()
        self._socket.close()

    def break_off(self) -> None:
        """As a network does it: the other side hears of a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.hang_up()


def main(port: str, message_id: str, size: str, stop: str) -> None:
    client = Client(int(port))
    print(datetime.now(UTC).isoformat(), flush=True)  # noqa: T201 - read by the test
    client.announce()
    if int(stop) != UNSENT:
        client.say("DATA")
        octets = message(message_id, int(size))
        client.send(octets if int(stop) == ANSWERED else octets[: int(stop)])
    if int(stop) == ANSWERED:
        client.answer()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
