"""The mail servers of the bench: Postfix's smtp-sink, which throws everything away, and scales, which weigh it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
_PATIENCE_S = 10


class Sink:
    """An smtp-sink on a port that nobody else has."""

    def __init__(self) -> None:
        self.port = _free_port()
        # Started by root, it wants to know who else to be.
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        self._process = subprocess.Popen(["smtp-sink", *user, f"{HOST}:{self.port}", "1000"])

    def __enter__(self) -> Self:
        given_up = time.monotonic() + _PATIENCE_S
        while not _answers(self.port):
            if time.monotonic() > given_up or self._process.poll() is not None:
                self._process.kill()
                raise SystemExit("smtp-sink does not answer; try `smtp-sink -u nobody 127.0.0.1:2525 100` by hand")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def cpu_s(self) -> float:
        """User and system time that it has taken so far (proc(5), stat), to a hundredth of a second."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Scales:
    """Notes the octets of every message that arrives, without dots that were stuffed (RFC 5321 §4.5.2)."""

    def __init__(self) -> None:
        self.octets: list[int] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's hook
        self.octets.append(len(envelope.content or b""))
        return "250 2.0.0 Weighed"


def weigh(send: Callable[[int, int], object], *, messages: int = 1) -> float:
    """Octets of a message on the wire: the mean of so many that `send` hands over to the port that it is given."""
    scales = _Scales()
    controller = Controller(scales, hostname=HOST, port=_free_port())
    controller.start()
    try:
        send(controller.port, messages)
    finally:
        controller.stop()
    return sum(scales.octets) / len(scales.octets)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False
