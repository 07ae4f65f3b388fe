"""Replies as RFC 5321 does not want them, and what a mailing makes of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from composer.errors import Exit
from composer.ledger import State
from tests.faults.case import DONE, DOUBT, NOBODY, PEOPLE, Case, assert_ends, finished, sent_through
from tests.faults.ending import Ending, ending
from tests.faults.rogue import Manners, Rogue, answers_without_end, speaks_unasked, trickles
from tests.smtp_server import Fault, answers, drops_before_the_dot, rejects_recipient

if TYPE_CHECKING:
    from tests.delivery.conftest import Office


def oddly(at: str, reply: str) -> Fault:
    """It says yes in a way of its own."""
    return Fault(at, reply, takes_it=True, goes_on=True)  # type: ignore[arg-type] # a Moment


NO_END = (None, "the server's answer has no end")
_EHLO = "250-test\r\n250-X-\0\udcff\udc80\r\n250-PIPELINING\r\n250 HELP"
_LINES = "250-another line\r\n" * 5000 + "250 and the last"

CASES = (
    Case("an octet at a time", lambda: Rogue(manners=Manners(piece=1)), *DONE),
    Case("three octets at a time", lambda: Rogue(manners=Manners(piece=3)), *DONE),
    Case("the replies to a group together", lambda: Rogue(manners=Manners(gathers=True)), *DONE),
    Case("several lines", lambda: Rogue(oddly("MAIL", "250-one\r\n250 two")), *DONE),
    Case("several lines at the dot", lambda: Rogue(oddly(".", "250-one\r\n250 two")), *DONE, (250, "one two")),
    Case("a code without words", lambda: Rogue(oddly(".", "250")), *DONE, (250, "")),
    Case("only line feeds", lambda: Rogue(oddly(".", "250-one\n250 two")), *DONE, (250, "one two")),
    Case("a code nobody knows", lambda: Rogue(oddly(".", "299 Why not")), *DONE, (299, "Why not")),
    Case("NUL and binary", lambda: Rogue(oddly(".", "250 a\0b\udcff\x1b[31m")), *DONE, (250, "a b? [31m")),
    Case("NUL and binary at EHLO", lambda: Rogue(oddly("EHLO", _EHLO)), *DONE),
    Case("a NUL in the code", lambda: Rogue(oddly("RCPT", "2\x0050 Ok")), *NOBODY, (None, "")),
    Case("5,000 lines", lambda: Rogue(oddly(".", _LINES)), *DOUBT, NO_END),
    Case("no end at MAIL", lambda: Rogue(answers_without_end("MAIL")), *NOBODY, (None, "")),
    Case("no end at RCPT", lambda: Rogue(answers_without_end("RCPT")), *NOBODY, (None, "")),
    Case("no end of a line", lambda: Rogue(answers_without_end("DATA", "")), *NOBODY, (None, "")),
    Case("no end at the dot", lambda: Rogue(answers_without_end(".")), *DOUBT, NO_END),
    Case("no end at QUIT", lambda: Rogue(answers_without_end("QUIT")), *DONE),
    Case("dribbled at MAIL", lambda: Rogue(trickles("MAIL", times=2)), *DONE),
    Case("dribbled at the dot", lambda: Rogue(trickles(".")), *DOUBT, (None, "no answer in time")),
    Case("yes twice at MAIL", lambda: Rogue(oddly("MAIL", "250 a\r\n250 b")), *NOBODY, (None, "")),
    Case("yes twice at RCPT", lambda: Rogue(oddly("RCPT", "250 a\r\n250 b")), *NOBODY, (None, "")),
    Case("yes twice at the dot", lambda: Rogue(oddly(".", "250 a\r\n250 b")), *DONE, (250, "a")),
    Case("354 twice", lambda: Rogue(oddly("DATA", "354 a\r\n354 b")), *NOBODY, (None, "")),
    Case("421 unasked", lambda: Rogue(speaks_unasked(times=3)), *DONE),
    Case("yes unasked", lambda: Rogue(speaks_unasked("250 2.0.0 Really", times=3)), *DONE),
    Case("nonsense unasked", lambda: Rogue(speaks_unasked("\0\udcff", times=3)), *DONE),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case(office: Office, case: Case) -> None:
    assert_ends(office, case)


@pytest.mark.parametrize("at", ["CONNECT", "EHLO"])
def test_who_greets_without_end_is_no_mail_server(office: Office, at: str) -> None:
    office.plan(PEOPLE)
    end = sent_through(office, Rogue(answers_without_end(at)))  # type: ignore[arg-type] # a Moment
    assert end.exit == Exit.REFUSED
    assert "does not answer as a mail server does (Response too long); check smtp.host and smtp.port" in end.said
    assert office.states() == {State.PLANNED: PEOPLE}


def test_a_yes_that_comes_before_the_dot_is_not_its_answer(office: Office) -> None:
    """Taken for one, it would make people `sent` whose message the server has never taken."""
    office.plan(PEOPLE)
    server = Rogue(oddly("DATA", "354 Go ahead\r\n250 2.0.0 Taken"), drops_before_the_dot())
    assert sent_through(office, server).exit == Exit.TRY_AGAIN
    assert (server.messages, office.states()) == ([], Counter({State.PLANNED: PEOPLE}))
    finished(office, server)


@pytest.mark.parametrize(
    ("reply", "state", "exit_code"),
    [
        ("554 5.6.0 Spam", State.FAILED, Exit.DONE),
        ("452 4.3.1 Disk full", State.DEFERRED, Exit.TRY_AGAIN),
        ("250 2.0.0 Taken", State.PLANNED, Exit.TRY_AGAIN),
    ],
)
def test_an_answer_that_comes_with_the_go_ahead_keeps_the_dot_from_leaving(
    office: Office, reply: str, state: State, exit_code: Exit
) -> None:
    office.plan(PEOPLE)
    server = Rogue(oddly("DATA", f"354 Go ahead\r\n{reply}"))
    assert sent_through(office, server, connections=1).exit == exit_code
    assert server.messages == []
    assert office.states()[state]
    finished(office, server)


@pytest.mark.parametrize("about_them", ["RCPT", "MAIL"])
def test_nobody_gets_an_empty_message_where_data_is_agreed_to_all_the_same(office: Office, about_them: str) -> None:
    """RFC 2920 §3.1 ends such a DATA with a lone dot, which is for nobody only where no recipient was agreed to."""
    office.plan(PEOPLE)
    refuses = Fault(about_them, "550 5.1.1 No", goes_on=True)  # type: ignore[arg-type] # a Moment
    server = Rogue(refuses)

    async def scene() -> Ending:
        async with server:
            return await ending(office, server.smtp, connections=1)

    end = asyncio.run(scene())
    if about_them == "RCPT":
        assert {row.state for row in office.rows()} == {State.FAILED}
        assert {message.data for message in server.messages} == {b""}
    else:
        assert (end.exit, server.messages) == (Exit.REFUSED, [])


@pytest.mark.parametrize("goes_on", [True, False])
@pytest.mark.parametrize("reply", ["500 5.5.1 What?", "421 4.3.2 Closing down", "250 Ok\r\n250 Ok"])
def test_a_server_that_does_not_begin_anew_is_left_and_nobody_gets_an_empty_message(
    office: Office, reply: str, *, goes_on: bool
) -> None:
    """Behind a refused RSET everything else may be agreed to, and a lone dot would send what there is: nothing."""
    office.plan(PEOPLE)
    server = Rogue(Fault("RSET", reply, goes_on=goes_on), rejects_recipient("reader1@example.org"))
    assert sent_through(office, server, connections=1).exit == Exit.DONE
    assert all(message.data for message in server.messages)
    assert office.states() == {State.SENT: PEOPLE - 1, State.FAILED: 1}


def test_an_old_server_is_greeted_as_it_knows_it(office: Office) -> None:
    office.plan(PEOPLE)
    server = Rogue(answers("EHLO", "502 5.5.2 Not implemented"))
    assert sent_through(office, server).exit == Exit.DONE
    assert server.verbs[:2] == ["EHLO", "EHLO"] or server.verbs[:2] == ["EHLO", "HELO"]
    assert set(server.groups) == {1}


def test_without_ehlo_there_is_no_login(office: Office) -> None:
    office.plan(PEOPLE)
    server = Rogue(answers("EHLO", "502 5.5.2 Not implemented"), password="secret")

    async def scene() -> Ending:
        async with server:
            return await ending(office, server.smtp.model_copy(update={"username": "composer"}))

    assert "turned us away (502 5.5.2 Not implemented)" in asyncio.run(scene()).said
    assert set(server.verbs) == {"EHLO"}
