"""What earlier mailings went to: compared with only if they really went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.ledger import Answer, Ledger, State
from tests.ledger.conftest import ROBIN, Clock, mailing, person

if TYPE_CHECKING:
    from composer.ledger import Sending

KENT, SURREY = person("ada", "kent"), person("ben", "surrey")


def planned(ledger: Ledger, clock: Clock, number: int, *, sent_to: str = "") -> None:
    """Plan an issue for Kent, then for everybody, and send it to whoever is in one segment."""
    clock.turn(days=7)
    with ledger.run(number, ROBIN) as run:
        run.plan(mailing([KENT], listed=[SURREY.key], segment="kent"))
        run.plan(mailing([KENT, SURREY]))
        for one in run.waiting(sent_to):
            run.begin(one.id)
            run.settle(Answer(one.id, State.SENT, 250, "queued"))


def number_of(sending: Sending | None) -> int | None:
    return sending.number if sending else None


def test_what_was_sent_to_others_was_not_sent_to_a_segment(ledger: Ledger, clock: Clock) -> None:
    planned(ledger, clock, 651, sent_to="kent")
    planned(ledger, clock, 652, sent_to="surrey")
    planned(ledger, clock, 653)
    last = ledger.annals.last_sending
    assert number_of(last("kent", other_than=654)) == 651
    assert number_of(last("", other_than=654)) == 652
    assert number_of(last("", other_than=652)) == 651
    assert last("kent", other_than=651) is None
    assert last("surrey", other_than=654) is None


def test_an_issue_that_was_only_planned_was_sent_to_nobody(ledger: Ledger, clock: Clock) -> None:
    planned(ledger, clock, 653)
    assert ledger.annals.last_sending("", other_than=654) is None
    assert ledger.annals.last_sending("kent", other_than=654) is None
