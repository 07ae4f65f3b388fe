"""OpenDKIM as a second verifier, in a network of its own where we are the name server.

`opendkim-testmsg` looks keys up in the DNS and nowhere else. So it runs in name spaces (`unshare`) that have no network
but a loopback interface, with port 53 served from here and a `resolv.conf` that says so.
"""

from __future__ import annotations

import json
import socketserver
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import dns.message
import dns.rrset
import pytest

from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.dkim import Record

APART = ["unshare", "--map-root-user", "--net", "--mount"]


def verdicts(folder: Path, messages: Mapping[str, bytes], record: Record) -> dict[str, str]:
    """What OpenDKIM says of each message while this record is in the DNS: of one that it verifies, nothing."""
    for program in ("opendkim-testmsg", "unshare", "ip", "mount"):
        needs(program)
    if subprocess.run([*APART, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody make a name space")
    for name, data in messages.items():
        (folder / f"{name}.eml").write_bytes(data)
    (folder / "zone.json").write_text(json.dumps([record.name, *record.strings]), encoding="utf-8")
    command = [*APART, sys.executable, "-m", "tests.dkim.opendkim", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    said: dict[str, str] = json.loads(done.stdout)
    return said


def main(folder: Path) -> None:
    """Be the name server, ask the tools, print what they say as JSON."""
    resolver = folder / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\n", encoding="ascii")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "--bind", resolver, Path("/etc/resolv.conf").resolve()], check=True)
    Zone.name, *Zone.strings = json.loads((folder / "zone.json").read_text(encoding="utf-8"))
    with socketserver.UDPServer(("127.0.0.1", 53), Zone) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        said = {path.stem: _said(path.read_bytes()) for path in folder.glob("*.eml")}
        server.shutdown()
    json.dump(said, sys.stdout)


class Zone(socketserver.BaseRequestHandler):
    """Answers every question with the one record there is, or with none."""

    name: str
    strings: list[str]

    def handle(self) -> None:
        packet, socket = self.request
        question = dns.message.from_wire(packet)
        answer = dns.message.make_response(question)
        asked = question.question[0].name
        if asked.to_text(omit_final_dot=True).lower() == self.name:
            value = " ".join(f'"{string}"' for string in self.strings)
            answer.answer.append(dns.rrset.from_text(asked, 60, "IN", "TXT", value))
        socket.sendto(answer.to_wire(), self.client_address)


def _said(data: bytes) -> str:
    done = subprocess.run(["opendkim-testmsg"], input=data, check=False, capture_output=True, timeout=30)
    words = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    return words or ("it failed without a word" if done.returncode else "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
