"""Which connection may have carried which message that the log never shows: each of them needs one of its own.

Without that the log may be another relay's, or that of one of two; nor is it ours if it shows no message of ours at
all, or of a relay that gives them other Message-IDs.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING

from composer.maillog.identity import domain
from composer.maillog.moment import around
from composer.maillog.session import Ending

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import timedelta

    from composer.maillog.session import Session
    from composer.maillog.trail import Trail


Attempt = tuple[str, datetime]
"""A Message-ID, and when it was begun."""


def strangers(trail: Trail, begun: Mapping[str, Sequence[datetime]], skew: timedelta) -> set[str]:
    """The Message-IDs, of those begun at these moments, that may be without one."""
    cut_off = [one for one in trail.ended if _could_be_ours(one, trail)]
    wishes: dict[Attempt, list[Session]] = {}
    for message_id, at in ((one, at) for one, moments in begun.items() for at in moments):
        moment = around(at, skew)
        if not any(found.session and found.session.touches(moment) for found in trail.found[message_id]):
            is_known = domain(message_id) not in trail.unknown
            wishes[message_id, at] = [one for one in cut_off if is_known and one.touches(moment)]
    return {message_id for message_id, _ in unseated(wishes)}


def unseated(wishes: Mapping[Attempt, Sequence[Session]]) -> set[Attempt]:
    """Which may have to stand, if each takes one of the seats they wish for and as many as can are seated."""
    sitters: dict[Session, Attempt] = {}
    standing: set[Attempt] = set()
    for one in wishes:
        way: dict[Session, tuple[Attempt, Session | None]] = {}
        free = next(_free_seats(one, wishes, sitters, way), None)
        if free is None:
            standing |= {one, *(sitters[seat] for seat in way)}
        while free is not None:
            sitters[free], free = way[free]
    return standing


def _free_seats(
    one: Attempt,
    wishes: Mapping[Attempt, Sequence[Session]],
    sitters: Mapping[Session, Attempt],
    way: dict[Session, tuple[Attempt, Session | None]],
) -> Iterator[Session]:
    """Seats that come free when some move over; `way` says for each seat met who would take it, and leave which."""
    movers: deque[tuple[Attempt, Session | None]] = deque([(one, None)])
    while movers:
        mover = movers.popleft()
        for seat in wishes[mover[0]]:
            if seat not in way:
                way[seat] = mover
                if seat in sitters:
                    movers.append((sitters[seat], seat))
                else:
                    yield seat


def _could_be_ours(session: Session, trail: Trail) -> bool:
    """Whether it was cut off with a message on its way that the log does not show, or before the next one.

    Behind a whole message only if that was ours, in no doubt, and its Message-ID is still as we make them.
    """
    if session.opened is None:
        return False
    if session.ending is Ending.IDLE and session.transaction:
        before = session.transaction.message_id or ""
        return before not in trail.found and domain(before) in trail.domains
    return session.ending is Ending.BLANK and session.is_blank
