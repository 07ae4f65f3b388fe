"""Postfix's `smtp-sink` as a context manager: a real server that has faults on demand (`man smtp-sink`)."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from composer.settings import Smtp
from tests.tools import needs

if TYPE_CHECKING:
    from types import TracebackType

_CONNECT = "connect (AF_INET"
_SAYS = re.compile(r"^smtp-sink: ([A-Z]{4}|\.)(?= |$)", re.MULTILINE)
_RECIPIENT = re.compile(r"^X-Rcpt-Args: <(.*)>$", re.MULTILINE)


class Sink:
    """A sink with these options; what it was told and what it took can be read after it has ended.

    with Sink("-f", "RCPT") as sink:
        asyncio.run(office.run(sink.smtp))
    assert sink.recipients == [...]
    """

    def __init__(self, *options: str) -> None:
        self._options = options
        self.port = 0
        self.recipients: list[str] = []
        """Whose messages it took, in order; twice means twice."""
        self.connections = 0
        self.verbs: Counter[str] = Counter()
        """How often it was told each command."""

    @property
    def smtp(self) -> Smtp:
        """The settings that lead here."""
        return Smtp(host="127.0.0.1", port=self.port, security="none")

    def __enter__(self) -> Self:
        needs("smtp-sink")
        self._folder = tempfile.TemporaryDirectory()
        Path(self._folder.name).chmod(0o777)  # the sink writes as nobody
        self.port = _free_port()
        command = ["smtp-sink", "-v", "-D", "taken", *self._options, f"127.0.0.1:{self.port}", "100"]
        if os.geteuid() == 0:
            command[1:1] = ["-u", "nobody"]
        with self._file("said").open("wb") as said:
            self._process = subprocess.Popen(command, cwd=self._folder.name, stdout=said, stderr=said)
        self._knocks = self._knock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        said = self._file("said").read_text(encoding="utf-8")
        self.connections = said.count(_CONNECT) - 1
        self.verbs = Counter(_SAYS.findall(said))
        with suppress(FileNotFoundError):
            self.recipients = _RECIPIENT.findall(self._file("taken").read_text(encoding="utf-8"))
        self._folder.cleanup()

    def _knock(self) -> None:
        """Wait until somebody opens: one connection, which is not counted."""
        while self._process.poll() is None:
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.002)
        raise AssertionError(self._file("said").read_text(encoding="utf-8"))

    def _file(self, name: str) -> Path:
        return Path(self._folder.name, name)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
