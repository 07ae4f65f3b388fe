"""What Postfix's log says about deliveries in doubt: accepted, not accepted, or nothing that is certain.

    judgements = settle(read(Path("/var/log/mail.log")), {delivery.message_id: delivery.begun_at}, zone=zone)

The log names a message by its Message-ID once, with the queue id it was given; a queue id that the queue manager has
taken up ("queue active") was accepted. That a message was *not* accepted has to be seen, never only missed: the log
reaches from before its beginning to after it, its connection is seen to end before the message did, and so is every
other connection of that moment whose message nobody can name. Anything less is `Verdict.UNKNOWN`, and the doubt stays.

It has to be the log of the one relay that was spoken to, and of one that does not change Message-IDs: where it shows
none of ours at all, nothing is concluded from its silence.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from composer.maillog.entry import entries
from composer.maillog.files import read
from composer.maillog.identity import bare
from composer.maillog.judging import Court, Judgement, Verdict
from composer.maillog.moment import moments
from composer.maillog.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

__all__ = ["SKEW", "Judgement", "Verdict", "read", "settle"]

SKEW = timedelta(minutes=1)
"""How far the relay's clock and ours may be apart, unless the caller knows better.

On one machine too it is more than nothing: a log may show the second before for some hundredths of a second.
"""


def settle(
    lines: Iterable[str], asked: Mapping[str, datetime | Sequence[datetime]], *, zone: tzinfo, skew: timedelta = SKEW
) -> dict[str, Judgement]:
    """Judge every Message-ID that is asked about, from the lines of the log in their order, oldest first.

    `asked` says when each was begun, as an aware moment; one that was sent again while in doubt has several. `zone` is
    that of the relay, for timestamps that name none; their year is the one that brings them nearest to what is asked.
    Memory grows with what is asked and with the connections of those moments, not with the log.
    """
    begun = {bare(one): (at,) if isinstance(at, datetime) else tuple(at) for one, at in asked.items()}
    if not all(begun.values()):
        raise ValueError("a Message-ID is asked about without the moment at which it was begun")
    if not begun:
        return {}
    everything = [*chain.from_iterable(begun.values())]
    trail = Trail(begun, moments(everything, skew))
    for entry in entries(lines, zone=zone, near=min(everything)):
        trail.follow(entry)
    court = Court(trail, begun, zone=zone, skew=skew)
    return {one: court.judge(bare(one)) for one in asked}
