"""Follows a log line by line: which process serves which connection, which queue id is whose, and what became of it.

Kept are the connections that are open, those of the moments that matter, and the messages that are asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.maillog.counts import Counts
from composer.maillog.identity import bare, domain
from composer.maillog.session import Ending, Session
from composer.maillog.transaction import Fate, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from composer.maillog.entry import Entry
    from composer.maillog.moment import Moment

_QUEUE_ID = r"(?!NOQUEUE)([0-9A-Za-z]{5,}): "
_CLIENT = re.compile(_QUEUE_ID + "client=")
_CUT = re.compile(r"(?:lost connection|timeout|too many errors) after (?:DATA|BDAT) \(\d+ bytes\) from ")
_CLOSED = re.compile(r"disconnect from \S+?\[[^\]\s]*\](?::\d+)?(.*)")
_REFUSED = re.compile(_QUEUE_ID + r"(?:milter-)?reject: (?:DATA|END-OF-MESSAGE) ")
_NAMED = re.compile(_QUEUE_ID + r"message-id=(.*)")
_UNWANTED = re.compile(_QUEUE_ID + r"(?:milter-)?reject: ")
_ACTIVE = re.compile(_QUEUE_ID + r"from=<.*>, size=\d+, nrcpt=\d+ \(queue active\)")
_DEAD = re.compile(r"warning: process (?:\S*/)?smtpd pid (\d+) (?:killed by signal|exit status) ")


class Trail:
    """What the log has shown so far."""

    def __init__(self, asked: Collection[str], moments: Sequence[Moment]) -> None:
        """`asked` are Message-IDs as `bare` makes them."""
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.found: dict[str, list[Transaction]] = {one: [] for one in asked}
        """Where each Message-ID has been seen."""
        self.domains = frozenset(map(domain, asked))
        self.unknown = set(self.domains)
        """The domains of which the log has shown no Message-ID at all."""
        self.moments = moments
        """Those that matter."""
        self.ended: list[Session] = []
        """The connections of those moments that are over, except those whose client took its leave."""
        self._sessions: dict[tuple[str, int], Session] = {}
        self._transactions: dict[tuple[str, str], Transaction] = {}
        self._read: dict[str, Callable[[Entry], None]] = {
            "smtpd": self._smtpd,
            "cleanup": self._cleanup,
            "qmgr": self._qmgr,
            "master": self._master,
        }

    def follow(self, entry: Entry) -> None:
        """Read on."""
        self.first = self.first or entry.at
        self.last = entry.at
        reader = self._read.get(entry.program)
        if reader is not None:
            reader(entry)

    def endings(self, moment: Moment) -> set[Ending]:
        """How the connections of that moment ended, except those whose client took its leave."""
        return {one.ending for one in (*self.ended, *self._sessions.values()) if one.touches(moment)}

    def _smtpd(self, entry: Entry) -> None:
        if entry.text.startswith("connect from "):
            self._connect(entry)
        elif found := _CLIENT.match(entry.text):
            self._begin(entry, found[1])
        elif _CUT.match(entry.text):
            self._session(entry).cut(entry.at)
        elif found := _CLOSED.fullmatch(entry.text):
            self._session(entry).close(entry.at, Counts.read(found[1]))
            self._leave(entry.host, entry.process)
        elif found := _REFUSED.match(entry.text):
            self._refuse(entry, found[1])

    def _cleanup(self, entry: Entry) -> None:
        if found := _NAMED.fullmatch(entry.text):
            self._name(entry, found[1], bare(found[2]))
        elif found := _UNWANTED.match(entry.text):
            self._refuse(entry, found[1])

    def _qmgr(self, entry: Entry) -> None:
        if found := _ACTIVE.fullmatch(entry.text):
            transaction = self._transactions.get((entry.host, found[1]))
            if transaction and transaction.message_id in self.found and transaction.instance == entry.instance:
                transaction.take(entry.at)

    def _master(self, entry: Entry) -> None:
        found = _DEAD.match(entry.text)
        session = self._sessions.get((entry.host, int(found[1]))) if found else None
        if found and session:
            session.die(entry.at)
            self._leave(entry.host, int(found[1]))

    def _session(self, entry: Entry) -> Session:
        """The connection that the process serves; one that the log has not shown until now was there before it."""
        return self._sessions.setdefault((entry.host, entry.process), Session(None))

    def _connect(self, entry: Entry) -> None:
        key = entry.host, entry.process
        if key in self._sessions:
            self._sessions[key].vanish(entry.at)
            self._leave(*key)
        self._sessions[key] = Session(entry.at)

    def _begin(self, entry: Entry, queue_id: str) -> None:
        session = self._session(entry)
        self._forget(entry.host, session.transaction)
        transaction = Transaction(queue_id, session)
        session.begin(transaction, entry.at)
        self._transactions[entry.host, queue_id] = transaction

    def _name(self, entry: Entry, queue_id: str, message_id: str) -> None:
        """A second name for a queue id is that of a second message, whose connection the log does not show."""
        self.unknown.discard(domain(message_id))
        key = entry.host, queue_id
        transaction = self._transactions.get(key)
        if transaction is None or transaction.message_id not in {None, message_id}:
            self._transactions.pop(key, None)
            if message_id not in self.found:
                return
            transaction = self._transactions[key] = Transaction(queue_id, fate=Fate.UNTOLD, at=entry.at)
        if transaction.message_id is None:
            transaction.name(message_id, entry.instance)
            self.found.get(message_id, []).append(transaction)

    def _refuse(self, entry: Entry, queue_id: str) -> None:
        transaction = self._transactions.get((entry.host, queue_id))
        if transaction:
            transaction.refuse(entry.at)

    def _leave(self, host: str, process: int) -> None:
        """A connection is over: keep it where it may matter, and what can still become of its last message."""
        session = self._sessions.pop((host, process))
        if session.ending is not Ending.LEAVE and any(map(session.touches, self.moments)):
            self.ended.append(session)
        else:
            self._forget(host, session.transaction)

    def _forget(self, host: str, transaction: Transaction | None) -> None:
        if transaction and transaction.message_id not in self.found:
            key = host, transaction.queue_id
            if self._transactions.get(key) is transaction:
                del self._transactions[key]
