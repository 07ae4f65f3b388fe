"""Who takes part: Composer with its ledger, and its peers; each hands the same letter over through ten connections."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.process import Cost, run
from bench.sink import HOST, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.homes import Homes

PEERS = Path(__file__).resolve().parent / "peers"

PEER = "nodemailer"
"""Whom Composer is measured against."""
WIRE = "smtp-source"
"""What no client can be much faster than."""

_FAST, _SLOW = 8000, 3000


@dataclass(frozen=True, slots=True)
class Client:
    """A program that hands over so many messages to a port of this machine, and ends when the last was taken."""

    name: str
    messages: int
    """How many take it some seconds."""
    command: Callable[[int, int], tuple[str, ...]]
    """From a port and a number of messages; makes everything ready."""

    def send(self, port: int, messages: int) -> Cost:
        """Hand so many over; `SystemExit` when the server did not take all of them."""
        cost = run(*self.command(port, messages))
        taken = cost.said.get("taken", messages)
        if taken != messages:
            raise SystemExit(f"{self.name}: the server took {taken} of {messages} messages")
        return cost


def composer(homes: Homes) -> Client:
    """Composer, its ledger on the disk."""
    name = "Composer, DKIM" if homes.key else "Composer"
    return Client(name, _FAST, lambda port, messages: homes.sending(messages, port))


def whole_command(homes: Homes) -> Client:
    """What the programme manager types: the list is read, the issue composed, the plan frozen, the report written."""
    return Client("Composer, whole command", _FAST, lambda port, messages: homes.whole(messages, port))


def sendmail(message: Path) -> Client:
    """The SMTP client that Composer connects with, and its own way to send finished bytes."""
    program = (sys.executable, str(PEERS / "sendmail.py"), str(message))
    return Client("aiosmtplib, one finished message", _SLOW, _with_arguments(*program))


def nodemailer(letter: Path, key: Path) -> Iterator[Client]:
    """The pool of nodemailer, without and with a signature; nobody where it cannot be installed."""
    if _install():
        program = ("node", str(PEERS / "nodemailer.mjs"), str(letter))
        yield Client(PEER, _SLOW, _with_arguments(*program))
        yield Client(f"{PEER}, DKIM", _SLOW, lambda port, messages: (*program, str(port), str(messages), str(key)))


def wire(octets: float) -> Client:
    """Postfix's own load generator with messages of the same size; its own header comes on top of what it is told."""
    told = round(octets)
    header = weigh(lambda port, messages: run(*_source(port, messages, octets=told))) - told
    return Client(WIRE, _FAST, lambda port, messages: _source(port, messages, octets=round(octets - header)))


def _source(port: int, messages: int, *, octets: int) -> tuple[str, ...]:
    return ("smtp-source", "-d", "-s", "10", "-l", str(octets), "-m", str(messages), f"{HOST}:{port}")


def _with_arguments(*program: str) -> Callable[[int, int], tuple[str, ...]]:
    return lambda port, messages: (*program, str(port), str(messages))


def _install() -> bool:
    """Whether nodemailer is there, or could be fetched as `package-lock.json` pins it."""
    if not (shutil.which("node") and shutil.which("npm")):
        sys.stderr.write("nodemailer is left out: node and npm are not on this machine\n")
        return False
    done = subprocess.run(["npm", "ci", "--silent"], cwd=PEERS, check=False)
    if done.returncode:
        sys.stderr.write(f"nodemailer is left out: `npm ci` in {PEERS} failed\n")
    return not done.returncode
