"""Whatever `smtp-sink` does at whichever command, the mailing ends in the right state and the next one finishes it."""

from __future__ import annotations

import asyncio
from itertools import product
from typing import TYPE_CHECKING

import pytest

from composer.errors import Exit
from composer.ledger import State
from tests.faults.cells import CELLS, CONNECTIONS, DOWN, HARD, NEVER, PEOPLE, Cell, How
from tests.faults.ending import Ending, assert_lawful, ending
from tests.faults.sink import Sink

if TYPE_CHECKING:
    from tests.delivery.conftest import Office


def sent_through(office: Office, sink: Sink) -> Ending:
    with sink:
        return asyncio.run(ending(office, sink.smtp, connections=CONNECTIONS))


def taken(sink: Sink, cell: Cell) -> list[str]:
    """Whose messages the sink has kept without saying no; it writes them down before it refuses the dot."""
    return [] if cell.at == "." and cell.how is not How.DROP else sink.recipients


def test_every_command_fails_in_every_way() -> None:
    commands = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT")
    assert [(cell.at, cell.how) for cell in CELLS] == list(product(commands, How))


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_cell(office: Office, cell: Cell) -> None:
    office.plan(PEOPLE)
    sink, healthy = Sink(cell.how, cell.at), Sink()
    end = sent_through(office, sink)
    assert_ended(office, cell, end)
    assert sink.connections <= cell.connections
    assert sink.verbs["MAIL"] <= cell.messages

    doubtful = office.states()[State.IN_DOUBT]
    again = sent_through(office, healthy)
    assert again.exit == Exit.DONE
    assert set(office.states()) <= {State.SENT, State.IN_DOUBT}
    assert office.states()[State.IN_DOUBT] == doubtful
    assert_lawful(office, taken(sink, cell) + healthy.recipients, PEOPLE)


def assert_ended(office: Office, cell: Cell, end: Ending) -> None:
    assert end.exit == cell.exit
    assert cell.said in end.said
    assert bool(end.said) == bool(cell.said)
    states = office.states()
    assert set(states) <= set(cell.stands)
    for state, counts in cell.stands.items():
        assert states[state] in counts
    begun = [row for row in office.rows() if row.state is not State.PLANNED]
    assert {(row.code, row.words) for row in begun} <= {cell.answer}
    assert all(row.attempts == 0 for row in office.rows() if row.state is State.PLANNED)


@pytest.mark.parametrize("at", ["RCPT", "DATA", "."])
def test_a_few_who_are_refused_alike_have_failed(office: Office, at: str) -> None:
    """Fewer than ten: there is no telling a blocked sender from wrong addresses, and each has its server's words."""
    office.plan(4)
    assert sent_through(office, Sink(HARD, at)).exit == Exit.DONE
    assert {(row.state, row.code, row.words, row.attempts) for row in office.rows()} == {(State.FAILED, *NEVER, 1)}
    healthy = Sink()
    sent_through(office, healthy)
    assert healthy.recipients == []


def test_a_few_have_not_failed_where_the_sender_is_refused(office: Office) -> None:
    office.plan(4)
    end = sent_through(office, Sink(HARD, "MAIL"))
    assert end.exit == Exit.REFUSED
    assert "nobody was marked as failed for it" in end.said
    assert office.states()[State.FAILED] == 0
    healthy = Sink()
    assert sent_through(office, healthy).exit == Exit.DONE
    assert sorted(healthy.recipients) == sorted(row.address for row in office.rows())


def test_a_server_that_closes_down_at_the_dot_is_asked_three_times_for_one_message(office: Office) -> None:
    office.plan(1)
    assert sent_through(office, Sink(How.CLOSING, ".")).exit == Exit.TRY_AGAIN
    (row,) = office.rows()
    assert (row.state, row.code, row.words, row.attempts) == (State.DEFERRED, *DOWN, 3)
