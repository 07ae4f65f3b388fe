"""A relay on paper: plays connections that are cut off anywhere, and writes the log that Postfix would write."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

BEGINNING = datetime(2025, 3, 14, 16, 2, 0, tzinfo=UTC)
HOST = "localhost[127.0.0.1]"
CLEANUP, QMGR, FREE = "cleanup[102]", "qmgr[103]", "free"
SHORT = ("4352A98C31F", "3044C98C320", "4ZDr2H1Kkvz3xYb", "C56E898C320", "D92AD98C31F", "08F7A98C323")
"""So few that each is used again and again."""
LONG = [f"4ZDr2H1Kkvz{number:04}" for number in range(1000)]
"""Never used twice."""


class End(Enum):
    """Where a client is cut off, or what else ends its connection."""

    LEAVES = "takes its leave"
    BEFORE_RCPT = "before the recipient was heard"
    BEFORE_DATA = "before the body"
    IN_HEADER = "so early that the Message-ID is read after the end"
    IN_BODY = "in the middle of the body"
    BEHIND_DOT = "behind the final dot"
    BEHIND_REFUSED_DOT = "behind the final dot of a message that is refused"
    RECEIVER_KILLED = "the relay's own process is killed in the middle of the body"


@dataclass(frozen=True)
class Call:
    """One connection: whole messages first, each taken or refused, and then its end."""

    name: str
    before: tuple[bool, ...]
    end: End
    domain: str = "example.org"
    is_ours: bool = True

    def message_id(self, number: int) -> str:
        return f"<{self.name}.{number}@{self.domain}>"


class Relay:
    """Plays calls beside each other, in an order that chance decides."""

    def __init__(self, chance: Random, queue_ids: Iterable[str] = SHORT) -> None:
        self.chance = chance
        self.lines: list[str] = []
        self.begun: dict[str, datetime] = {}
        """What is in doubt afterwards."""
        self.accepted: set[str] = set()
        self._now = BEGINNING
        self._later: list[deque[tuple[str, str]]] = []
        self._queue_ids = deque(queue_ids)
        self._processes = list(range(301, 304))

    def play(self, calls: Sequence[Call]) -> None:
        """Every call to its end; the log begins before them and goes on after them."""
        self.log("master[200]", "daemon started")
        self._now += timedelta(seconds=1)
        waiting = deque(calls)
        playing: list[Iterator[None]] = []
        while waiting or playing or self._later:
            if waiting and self._processes and self.chance.random() < 0.5:
                process = self._processes.pop(self.chance.randrange(len(self._processes)))
                playing.append(Conversation(self, waiting.popleft(), process).run())
            if playing:
                self._step(playing)
            if self._later:
                self._catch_up()
        self._now += timedelta(seconds=1)
        self.log("anvil[201]", "statistics")

    def log(self, program: str, text: str) -> None:
        """Write a line; a second passes now and then."""
        self.lines.append(f"{self._now:%b %d %H:%M:%S} relay postfix/{program}: {text}\n")
        self._now += timedelta(seconds=self.chance.randrange(2))

    def later(self, *lines: tuple[str, str]) -> None:
        """What other processes write, one after the other, each in its own time."""
        self._later.append(deque(lines))

    def begin(self, message_id: str) -> None:
        """Somebody writes down that it is about to be handed over."""
        self.begun[message_id] = self._now

    def queue_id(self) -> str | None:
        """The one that has been free for longest."""
        return self._queue_ids.popleft() if self._queue_ids else None

    def release(self, process: int) -> None:
        """It may serve somebody else."""
        self._processes.append(process)

    def _step(self, playing: list[Iterator[None]]) -> None:
        one = self.chance.choice(playing)
        if next(one, "over") == "over":
            playing.remove(one)

    def _catch_up(self) -> None:
        one = self.chance.choice(self._later)
        program, text = one.popleft()
        if program == FREE:
            self._queue_ids.append(text)
        else:
            self.log(program, text)
        if not one:
            self._later.remove(one)


class Conversation:
    """One call as smtpd sees it."""

    def __init__(self, relay: Relay, call: Call, process: int) -> None:
        self._relay = relay
        self._call = call
        self._process = process
        self._mails = self._tried = self._whole = 0
        self._queue_id = ""

    def run(self) -> Iterator[None]:
        """Line by line; between two of them others may write theirs."""
        self._say(f"connect from {HOST}")
        yield
        for number, taken in enumerate(self._call.before):
            yield from self._announce()
            yield from self._hand_over(self._call.message_id(number), taken=taken)
        yield from self._last()
        self._relay.release(self._process)

    def _last(self) -> Iterator[None]:
        end, message_id = self._call.end, self._call.message_id(len(self._call.before))
        if end is not End.LEAVES and self._call.is_ours:
            self._relay.begin(message_id)
            yield
        if end not in {End.LEAVES, End.BEFORE_RCPT}:
            yield from self._announce()
        if end in {End.BEHIND_DOT, End.BEHIND_REFUSED_DOT}:
            yield from self._hand_over(message_id, taken=end is End.BEHIND_DOT)
        elif end in {End.IN_BODY, End.RECEIVER_KILLED}:
            self._show(message_id)
            yield
        yield from self._close(message_id)

    def _close(self, message_id: str) -> Iterator[None]:
        end = self._call.end
        if end is End.RECEIVER_KILLED:
            self._relay.log("master[200]", f"warning: process /sbin/smtpd pid {self._process} killed by signal 9")
            self._relay.later((FREE, self._queue_id))
            return
        if end in {End.IN_HEADER, End.IN_BODY}:
            self._tried += 1
            self._say(f"lost connection after DATA (286 bytes) from {HOST}")
            yield
        elif end in {End.BEFORE_DATA, End.BEFORE_RCPT} and not (end is End.BEFORE_RCPT and self._tried):
            self._say(f"lost connection after {'EHLO' if end is End.BEFORE_RCPT else 'RCPT'} from {HOST}")
            yield
        self._say(f"disconnect from {HOST} {self._counts()}")
        if end is End.IN_HEADER:
            self._relay.later((CLEANUP, f"{self._queue_id}: message-id={message_id}"), (FREE, self._queue_id))
        elif end in {End.IN_BODY, End.BEFORE_DATA}:
            self._relay.later((FREE, self._queue_id))

    def _announce(self) -> Iterator[None]:
        while (queue_id := self._relay.queue_id()) is None:
            yield
        self._queue_id = queue_id
        self._mails += 1
        self._say(f"{queue_id}: client={HOST}")
        yield

    def _hand_over(self, message_id: str, *, taken: bool) -> Iterator[None]:
        self._show(message_id)
        yield
        self._tried += 1
        queue_id = self._queue_id
        if taken:
            self._whole += 1
            self._relay.accepted.add(message_id)
            active = f"{queue_id}: from=<update@example.org>, size=14692, nrcpt=1 (queue active)"
            self._relay.later((QMGR, active), (QMGR, f"{queue_id}: removed"), (FREE, queue_id))
        else:
            self._relay.log(CLEANUP, f"{queue_id}: milter-reject: END-OF-MESSAGE from {HOST}: 5.7.1 Command rejected")
            self._relay.later((FREE, queue_id))
        yield

    def _show(self, message_id: str) -> None:
        self._relay.log(CLEANUP, f"{self._queue_id}: message-id={message_id}")

    def _say(self, text: str) -> None:
        self._relay.log(f"smtpd[{self._process}]", text)

    def _counts(self) -> str:
        words = ["ehlo=1"]
        if self._mails:
            words += [f"mail={self._mails}", f"rcpt={self._mails}"]
        if self._tried:
            words.append(f"data={self._whole}" + (f"/{self._tried}" if self._tried > self._whole else ""))
        if self._call.end is End.LEAVES:
            words.append("quit=1")
        return " ".join([*words, "commands=9"])
