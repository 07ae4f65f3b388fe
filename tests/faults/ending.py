"""How a mailing ends: the exit code and the sentence of `composer send`, and the laws that hold whatever happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from composer.errors import ComposerError, Exit
from composer.ledger import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from composer.settings import Smtp
    from tests.delivery.conftest import Office, Wishes


@dataclass(frozen=True)
class Ending:
    """What the manager is told."""

    exit: Exit
    said: str = ""


async def ending(office: Office, smtp: Smtp, **wishes: Unpack[Wishes]) -> Ending:
    """Run the mailing, and say of its end what `composer.cli` would."""
    try:
        result = await office.run(smtp, **wishes)
    except ComposerError as error:
        return Ending(error.exit_code, str(error))
    if result.counts[State.IN_DOUBT]:
        return Ending(Exit.REFUSED)
    return Ending(Exit.DONE if result.is_complete else Exit.TRY_AGAIN)


def assert_lawful(office: Office, taken: Collection[str], people: int) -> None:
    """Nobody is lost, nobody has it twice, and nobody is said to have what they have not.

    `taken` are the recipients of all messages that servers have taken, whether they could say so or not.
    """
    copies = Counter(taken)
    rows = office.rows()
    assert len({row.address for row in rows}) == len(rows) == people
    assert set(copies) <= {row.address for row in rows}
    for row in rows:
        assert row.state is not State.SENDING
        assert row.attempts >= 0
        assert copies[row.address] <= 1
        assert copies[row.address] or row.state is not State.SENT
        assert not copies[row.address] or row.state in {State.SENT, State.IN_DOUBT}
