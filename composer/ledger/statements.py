"""The statements of every message, built once: building one takes longer than running it."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, update

from composer.ledger.states import OPEN, State
from composer.ledger.tables import deliveries, locks

_IS_DOUBTFUL = deliveries.c.state == State.IN_DOUBT
_IS_OPEN = (deliveries.c.state == State.PLANNED) | (deliveries.c.state == State.DEFERRED)
_IS_BEGUN = (deliveries.c.run == bindparam("mine")) & ((deliveries.c.state == State.SENDING) | _IS_DOUBTFUL)

BEGIN = (
    update(deliveries)
    .where(deliveries.c.number == bindparam("issue"), deliveries.c.id.in_(bindparam("rows", expanding=True)))
    .where(deliveries.c.state.in_(OPEN) | (_IS_DOUBTFUL & deliveries.c.id.in_(bindparam("again", expanding=True))))
    .where(exists().where(locks.c.number == bindparam("issue"), locks.c.run == bindparam("mine")))
    .values(
        state=State.SENDING,
        run=bindparam("mine"),
        attempts=deliveries.c.attempts + 1,
        code=None,
        words="",
        updated_at=bindparam("now"),
    )
    .returning(deliveries.c.id)
)
"""Marks those of `rows` as sending that are open, or in doubt and to be sent `again`, while the lock is ours."""

_SETTLE = (
    update(deliveries)
    .where(deliveries.c.number == bindparam("issue"), deliveries.c.id == bindparam("row"))
    .values(
        state=bindparam("to"),
        code=bindparam("answer"),
        words=bindparam("said"),
        attempts=deliveries.c.attempts + bindparam("more"),
        updated_at=bindparam("now"),
    )
)
SETTLE_BEGUN = _SETTLE.where(_IS_BEGUN)
"""Records the answer to a message that this run has begun, even if another has meanwhile called it in doubt."""
SETTLE_OPEN = _SETTLE.where(_IS_BEGUN | _IS_OPEN)
"""The same for an answer that may have come before the message was begun."""
SETTLE_AGAIN = _SETTLE.where(_IS_BEGUN | _IS_DOUBTFUL)
"""The same where the message was in doubt and is sent again."""
