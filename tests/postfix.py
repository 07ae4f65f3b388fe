"""A real Postfix of one's own on loopback: queue, settings and log in folders of its own; its clock shows UTC.

with Postfix(tmp_path) as postfix:
    async with Courier(postfix.smtp) as courier: ...
    postfix.go_on()
    assert postfix.queued() == {...}
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from composer.settings import Smtp
from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Mapping

# Kept, deferred at once, so that the queue is a second witness; `settings` may say otherwise.
SETTINGS = {
    "compatibility_level": "3.6",
    "myhostname": "relay.example.org",
    "mydestination": "",
    "mynetworks": "127.0.0.0/8",
    "inet_interfaces": "127.0.0.1",
    "inet_protocols": "ipv4",
    "alias_maps": "",
    "alias_database": "",
    "local_recipient_maps": "",
    "default_transport": "discard",
    "defer_transports": "discard",
    "smtpd_relay_restrictions": "permit_mynetworks, reject",
    "smtpd_peername_lookup": "no",
    "smtpd_client_connection_count_limit": "0",
}
SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60 1 pickup
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
proxymap  unix - - n - - proxymap
showq     unix n - n - - showq
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
anvil     unix - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Started on entering, stopped on leaving; the test is skipped where there is none, or nobody may start it."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.log = folder / "mail.log"
        self.port = _free_port()
        self._config = folder / "postfix"
        self._settings = SETTINGS | dict(settings or {})

    @property
    def smtp(self) -> Smtp:
        """How to reach it."""
        return Smtp(host="127.0.0.1", port=self.port, security="none")

    def __enter__(self) -> Self:
        needs("postfix")
        if os.geteuid() != 0:
            pytest.skip("Postfix can be started by root only")
        self._home = Path(tempfile.mkdtemp(prefix="postfix-"))  # short enough for sockets, open to Postfix's own user
        try:
            self._write()
            self._run("postfix", "start")
            self.go_on()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(self._command("postfix", "stop"), check=False, capture_output=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def go_on(self) -> None:
        """Let the log go on until it shows a later second than now, with a tenth to spare on either side."""
        time.sleep(0.1)
        begun = self._noted()
        while self._noted() == begun:
            time.sleep(0.1)
        time.sleep(0.1)

    def wait_for(self, pattern: str, times: int = 1) -> list[re.Match[str]]:
        """Wait until so many lines of the log fit the pattern."""
        while len(found := [*re.finditer(pattern, self.log.read_text("utf-8", "replace"), re.MULTILINE)]) < times:
            time.sleep(0.01)
        return found

    def rotate(self) -> None:
        """What logrotate does: the log moves aside, the old ones are packed, and Postfix begins a new one."""
        old = self.log.with_name(f"{self.log.name}.1")
        if old.exists():
            packed = self.log.with_name(f"{self.log.name}.2.gz")
            packed.write_bytes(gzip.compress(old.read_bytes()))
        self.log.rename(old)
        self._run("postfix", "reload")
        self.go_on()

    def queued(self) -> set[str]:
        """The Message-IDs of all messages in the queue, from the queue's own files."""
        listed = re.findall(r'"queue_id": "(\w+)"', self._run("postqueue", "-j"))
        heads = [self._run("postcat", "-qh", queue_id) for queue_id in listed]
        return {found for head in heads for found in re.findall(r"^Message-ID:\s*(\S+)", head, re.MULTILINE)}

    def _noted(self) -> str:
        """Write a line into the log; the second that it shows."""
        before = self.log.stat().st_size if self.log.exists() else 0
        self._run("postlog", "-t", "postfix/note", "going on")
        while not (found := re.search(r"^(.{15}) .*: going on$", self._since(before), re.MULTILINE)):
            time.sleep(0.005)
        return found[1]

    def _since(self, position: int) -> str:
        return self.log.read_bytes()[position:].decode("utf-8", "replace") if self.log.exists() else ""

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [program, "-c", str(self._config), *arguments]

    def _run(self, program: str, *arguments: str) -> str:
        command, zone = self._command(program, *arguments), os.environ | {"TZ": "UTC"}
        ended = subprocess.run(command, check=False, capture_output=True, text=True, env=zone)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def _write(self) -> None:
        self._home.chmod(0o755)
        data = self._home / "data"
        data.mkdir()
        shutil.chown(data, "postfix")
        places = {
            "queue_directory": self._home / "queue",
            "data_directory": data,
            "maillog_file": self.log,
            "maillog_file_prefixes": self.log.parent,
        }
        for folder in (self._home / "queue", self._config):
            folder.mkdir()
        lines = [f"{name} = {value}\n" for name, value in (self._settings | places).items()]
        (self._config / "main.cf").write_text("".join(lines), encoding="utf-8")
        (self._config / "master.cf").write_text(SERVICES.format(port=self.port), encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
