"""The statements of every message, built once: building one takes longer than running it."""

from __future__ import annotations

from sqlalchemy import Boolean, bindparam, case, select, update

from composer.ledger.states import State
from composer.ledger.tables import deliveries, locks

HOLDS = (
    select(locks.c.run).where(locks.c.number == bindparam("issue"), locks.c.run == bindparam("mine")).with_for_update()
)
"""A row while the lease is ours; nobody takes it over before the transaction ends (SQLite's has the whole ledger)."""

_IS_DOUBTFUL = deliveries.c.state == State.IN_DOUBT
_IS_OPEN = (deliveries.c.state == State.PLANNED) | (deliveries.c.state == State.DEFERRED)
_IS_OURS = deliveries.c.run == bindparam("mine")
_THIS = (deliveries.c.id == bindparam("row")) & (deliveries.c.number == bindparam("issue"))

BEGIN = (
    update(deliveries)
    .where(_THIS, _IS_OPEN | (_IS_DOUBTFUL & bindparam("again", type_=Boolean)))
    .values(
        state=State.SENDING,
        run=bindparam("mine"),
        attempts=deliveries.c.attempts + 1,
        code=None,
        words="",
        begun_at=case((_IS_DOUBTFUL, deliveries.c.begun_at), else_=bindparam("now")),
        updated_at=bindparam("now"),
    )
)
"""Marks a row as sending that is open, or in doubt and to be sent again."""

_SETTLE = (
    update(deliveries)
    .where(_THIS)
    .values(
        state=bindparam("to"),
        code=bindparam("answer"),
        words=bindparam("said"),
        attempts=deliveries.c.attempts + bindparam("more"),
        updated_at=bindparam("now"),
    )
)
SETTLE_BEGUN = _SETTLE.where(_IS_OURS, (deliveries.c.state == State.SENDING) | _IS_DOUBTFUL)
"""Records the answer to a message that this run has begun, even if another has meanwhile called it in doubt."""
SETTLE_OPEN = _SETTLE.where((_IS_OURS & ((deliveries.c.state == State.SENDING) | _IS_DOUBTFUL)) | _IS_OPEN)
"""The same for an answer to a message that was not begun."""
SETTLE_AGAIN = _SETTLE.where((_IS_OURS & (deliveries.c.state == State.SENDING)) | _IS_DOUBTFUL)
"""The same where the message was in doubt and is sent again."""
SETTLE_DOUBT = _SETTLE.where(_IS_DOUBTFUL)
"""The same for what is in doubt and was found out otherwise."""
