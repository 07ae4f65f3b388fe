"""From what the log has shown to one verdict for each Message-ID, with a line for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from composer.maillog.session import Ending
from composer.maillog.transaction import Fate
from composer.maillog.witness import strangers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime, timedelta, tzinfo

    from composer.maillog.moment import Moment
    from composer.maillog.trail import Trail
    from composer.maillog.transaction import Transaction


class Verdict(StrEnum):
    """Whether the relay took responsibility for a message (RFC 5321 §4.2.5)."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not-accepted"
    """Nothing of it is left that could still be accepted: the same bytes may be sent again."""
    UNKNOWN = "unknown"
    """The log does not say for certain, or not yet."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the log says about one Message-ID."""

    verdict: Verdict
    queue_id: str | None
    words: str
    """One line: "Postfix took it: queue id 4XyZ3k0Wq7zB at 16:02:11"."""


_NOT_YET = "it does not go on long enough yet; ask again later"
_HOW = {
    Fate.CUT: "the connection ended in the middle of it",
    Fate.DIED: "the process that received it died",
    Fate.REFUSED: "refused",
}


class Court:
    """Judges from a log that was read to its end."""

    def __init__(self, trail: Trail, begun: Mapping[str, Sequence[datetime]], *, zone: tzinfo, skew: timedelta) -> None:
        """`begun` says when each of the Message-IDs was, once or more often; those of the trail."""
        self._trail = trail
        self._begun = begun
        self._strangers = strangers(trail, begun, skew)
        self._loose_ends = {one: _loose_end(trail.endings(one)) for one in trail.moments}
        self._zone = zone
        self._skew = skew

    def judge(self, message_id: str) -> Judgement:
        """The verdict about one of them."""
        found = self._trail.found[message_id]
        for one in found:
            if one.fate is Fate.TAKEN and one.at:
                at = one.at.astimezone(self._zone)
                words = f"Postfix took it: queue id {one.queue_id} at {at:%H:%M:%S}"
                return Judgement(Verdict.ACCEPTED, one.queue_id, words)
        queue_id = found[-1].queue_id if found else None
        if doubt := self._doubt(message_id):
            return Judgement(Verdict.UNKNOWN, queue_id, f"Postfix's log leaves it open: {doubt}")
        how = f"queue id {queue_id}, {_HOW[found[-1].fate]}" if found else "it never saw the Message-ID"
        return Judgement(Verdict.NOT_ACCEPTED, queue_id, f"Postfix did not take it: {how}")

    def _doubt(self, message_id: str) -> str | None:
        """Why it may have been accepted all the same, or may still be; None when it cannot."""
        own = map(self._future, self._trail.found[message_id])
        others = map(self._past, self._begun[message_id])
        doubt = next(filter(None, chain(own, others)), None)
        if doubt is None and message_id in self._strangers:
            return "no connection in it can have been this one; is it the log of this relay?"
        return doubt

    def _future(self, found: Transaction) -> str | None:
        """What may still become of a message that the log shows."""
        if found.fate is Fate.OPEN:
            return f"the connection of queue id {found.queue_id} is still open; ask again when the relay has closed it"
        if found.fate is Fate.UNTOLD:
            return f"queue id {found.queue_id} may be waiting for the queue manager; ask again later"
        if found.fate is Fate.DIED and self._trail.last and found.at and self._trail.last < found.at + self._skew:
            return _NOT_YET
        return None

    def _past(self, begun_at: datetime) -> str | None:
        """What may have become of it then, unseen."""
        moment = next(one for one in self._trail.moments if one.holds(begun_at))
        return self._gap(moment) or self._loose_ends[moment]

    def _gap(self, moment: Moment) -> str | None:
        """What the log does not cover."""
        if self._trail.first is None or self._trail.last is None:
            return "there is nothing from Postfix in it"
        if self._trail.first >= moment.start:
            return "it begins too late, its older parts are gone"
        return _NOT_YET if self._trail.last < moment.end else None


def _loose_end(endings: AbstractSet[Ending]) -> str | None:
    """What may still become of a message that the log does not show, over the connections that ended like this."""
    if Ending.OPEN in endings:
        return "a connection of that moment is still open; ask again when the relay has closed it"
    if Ending.UNTOLD in endings:
        return "it does not say how a connection of that moment ended, lines are missing"
    return None
