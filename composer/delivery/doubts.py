"""Settles doubt by what the relay's own log says (`composer.maillog`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer import maillog
from composer.ledger import Answer, State
from composer.maillog import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta, tzinfo

    from composer.ledger import Run

_STATES = {Verdict.ACCEPTED: State.SENT, Verdict.NOT_ACCEPTED: State.PLANNED}


def settle_by_log(turn: Run, lines: Iterable[str], zone: tzinfo, *, skew: timedelta = maillog.SKEW) -> int:
    """Write down what the log is certain of; how many doubts it has ended.

    What was taken is sent; what was not may be sent as if it never had been, unless it was handed over more than once:
    the log is asked about its first beginning only. `zone` is that of the log's clock, `skew` how far it may be from
    ours.
    """
    doubtful = {one.message_id: one for one in turn.in_doubt()}
    asked = {message_id: one.begun_at for message_id, one in doubtful.items() if one.begun_at is not None}
    judgements = maillog.settle(lines, asked, zone=zone, skew=skew)
    answers = [
        Answer(doubtful[message_id].id, _STATES[judgement.verdict], words=judgement.words)
        for message_id, judgement in judgements.items()
        if _is_certain(judgement.verdict, doubtful[message_id].attempts)
    ]
    turn.resolve(answers)
    return len(answers)


def _is_certain(verdict: Verdict, attempts: int) -> bool:
    return verdict is Verdict.ACCEPTED or (verdict is Verdict.NOT_ACCEPTED and attempts == 1)
