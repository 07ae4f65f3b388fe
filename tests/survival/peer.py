"""A mail server in a process of its own that remembers whatever becomes of those who send to it.

    python -m tests.survival.peer RECORD [--seed 7] [--trouble 0.02 --only FATE --after 30] [--keep FOLDER]

What happens goes into RECORD, one JSON object a line, before anybody is answered: a message that was acknowledged, or
may have been, is there though the sender, the test or the peer itself dies in the next moment. (It is with the
system then, not on a disk: the power is only ever cut for the sender's ledger.) The port is printed. A line "calm"
on the standard input ends all trouble, and the end of the input ends the peer, which therefore outlives no test.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import json
import os
import re
import sys
from pathlib import Path

from tests.survival.fates import GOOD, Fate, Fates

GONE = "gone"
"""Mailboxes whose names begin like this do not exist."""

_END = b"\r\n.\r\n"
_ADDRESS = re.compile(rb"<(.*?)>")
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_STUFFED = re.compile(rb"^\.", re.MULTILINE)
_OFFERS = b"250-peer.example.org\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"


class Journal:
    """Where the peer writes down what happens, and keeps the messages themselves if it is asked to."""

    def __init__(self, path: Path, keep: Path | None) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._keep = keep
        self._kept = itertools.count(1)

    def note(self, what: str, session: int, **details: str) -> None:
        """Write one line; it is with the system when this returns."""
        line = json.dumps({"what": what, "session": session, **details})
        os.write(self._descriptor, f"{line}\n".encode())

    def take(self, session: int, recipient: str, data: bytes) -> None:
        """Take responsibility for a message (RFC 5321 §4.2.5)."""
        found = _MESSAGE_ID.search(data)
        message_id = found[1].decode() if found else ""
        if self._keep:
            (self._keep / f"{next(self._kept):06}.eml").write_bytes(_STUFFED.sub(b"", data))
        digest = hashlib.sha256(data).hexdigest()
        self.note("taken", session, recipient=recipient, message_id=message_id, sha256=digest)


class Session(asyncio.Protocol):
    """One connection: as much of RFC 5321 as a sender of ours can tell."""

    def __init__(self, number: int, journal: Journal, fates: Fates) -> None:
        self._number = number
        self._journal = journal
        self._fates = fates
        self._fate = GOOD
        self._recipient = ""
        self._received = bytearray()
        self._in_body = False
        self._searched = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._journal.note("opened", self._number)
        self._say(b"220 peer.example.org ESMTP\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        self._journal.note("closed", self._number)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while not self._transport.is_closing() and (self._body() if self._in_body else self._command()):
            pass

    def _say(self, reply: bytes) -> None:
        self._transport.write(reply)

    def _command(self) -> bool:
        """Obey the next command; whether there was one."""
        line, end, rest = self._received.partition(b"\r\n")
        if not end:
            return False
        self._received = rest
        match bytes(line[:4]).upper():
            case b"EHLO":
                self._say(_OFFERS)
            case b"MAIL":
                self._begin()
            case b"RCPT":
                self._address(bytes(line))
            case b"DATA":
                self._invite()
            case b"QUIT":
                self._say(b"221 2.0.0 Bye\r\n")
                self._transport.close()
            case _:
                self._say(b"250 2.0.0 OK\r\n")
        return True

    def _begin(self) -> None:
        self._fate, self._recipient = self._fates.draw(), ""
        if self._fate is Fate.CLOSES_DOWN:
            self._say(b"421 4.3.2 Closing down\r\n")
            self._transport.close()
        else:
            self._say(b"250 2.1.0 OK\r\n")

    def _address(self, line: bytes) -> None:
        found = _ADDRESS.search(line)
        recipient = found[1].decode() if found else ""
        if recipient.startswith(GONE):
            self._say(b"550 5.1.1 No such user\r\n")
        elif self._fate is Fate.MAILBOX_BUSY:
            self._say(b"450 4.2.1 Mailbox busy\r\n")
        else:
            self._recipient = recipient
            self._say(b"250 2.1.5 OK\r\n")

    def _invite(self) -> None:
        if not self._recipient:
            self._say(b"503 5.5.1 No recipient\r\n")
        elif self._fate is Fate.LOST_BEFORE_BODY:
            self._transport.abort()
        else:
            self._in_body, self._searched = True, 0
            self._say(b"354 Go on\r\n")

    def _body(self) -> bool:
        """Take the message in; whether all of it is here."""
        if self._fate is Fate.LOST_IN_BODY and self._received:
            self._leave_in_doubt()
            return False
        end = self._received.find(_END, max(0, self._searched - len(_END)))
        if end < 0:
            self._searched = len(self._received)
            return False
        data = bytes(self._received[: end + 2])
        del self._received[: end + len(_END)]
        self._in_body = False
        self._judge(data)
        return True

    def _judge(self, data: bytes) -> None:
        if self._fate is Fate.NOT_NOW:
            self._say(b"451 4.3.0 Not now\r\n")
            return
        if self._fate is not Fate.LOST_UNTAKEN:
            self._journal.take(self._number, self._recipient, data)
        if self._fate in (Fate.LOST_UNTAKEN, Fate.LOST_TAKEN):
            self._leave_in_doubt()
        elif self._fate is Fate.SLOW:
            asyncio.get_running_loop().call_later(self._fates.delay_s(), self._say, b"250 2.0.0 Taken\r\n")
        elif self._fate is not Fate.SILENT:
            self._say(b"250 2.0.0 Taken\r\n")

    def _leave_in_doubt(self) -> None:
        """Be gone: whoever has written the dot, or may have, will hear nothing of it."""
        self._journal.note("unanswered", self._number, recipient=self._recipient)
        self._transport.abort()


async def serve(journal: Journal, fates: Fates) -> None:
    """Take messages until the standard input ends."""
    numbers = itertools.count(1)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Session(next(numbers), journal, fates), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - read by the test
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while order := await orders.readline():
        if order.strip() == b"calm":
            fates.calm_down()
            journal.note("calm", 0)


def main() -> None:
    grammar = argparse.ArgumentParser()
    grammar.add_argument("record", type=Path)
    grammar.add_argument("--seed", type=int, default=0)
    grammar.add_argument("--trouble", type=float, default=0.0)
    grammar.add_argument("--only", type=Fate)
    grammar.add_argument("--after", type=int, default=0)
    grammar.add_argument("--keep", type=Path)
    options = grammar.parse_args()
    fates = Fates(options.seed, options.trouble, only=options.only, after=options.after)
    asyncio.run(serve(Journal(options.record, options.keep), fates))


if __name__ == "__main__":
    main()
