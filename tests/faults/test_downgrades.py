"""Somebody on the way, or the server itself, would have the mailing in clear; nothing of it and no password is said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pytest

from composer.courier import Courier
from composer.errors import Exit
from composer.ledger import State
from composer.settings import Timeouts
from tests.faults.authority import Authority
from tests.faults.ending import Ending, assert_lawful, ending
from tests.faults.rogue import Manners, Mischief, Rogue, RogueSession, resets
from tests.faults.wiretap import PASSWORD, Wiretap, unchanged
from tests.smtp_server import Fault, HungUpError, answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.delivery.conftest import Office
    from tests.smtp_server import Moment, SmtpServer

PEOPLE = 5
IMPATIENT = Timeouts(connect=0.5, command=0.5, data=0.5, body=0.5, dot=0.5, quit=0.5)
READY = b"220 2.0.0 Ready\r\n"


@pytest.fixture(autouse=True)
def _with_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.delivery.conftest.Courier", partial(Courier, password=PASSWORD))


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@dataclass
class Line:
    """A line to a server, and what came of a mailing over it."""

    server: SmtpServer
    authority: Authority
    changes: Callable[[int, bytes], bytes] = unchanged
    connections: int = 2
    tap: Wiretap = field(init=False)

    def send(self, office: Office) -> Ending:
        """Whatever comes of it, nobody on the way hears anything."""
        office.plan(PEOPLE)
        end = asyncio.run(self._scene(office))
        assert self.tap.secrets == []
        assert_lawful(office, self.server.recipients, PEOPLE)
        return end

    async def _scene(self, office: Office) -> Ending:
        async with self.server, Wiretap(self.server.port, self.changes) as self.tap:
            wanted = {"security": "starttls", "certificates": str(self.authority.pem), "timeouts": IMPATIENT}
            smtp = self.tap.smtp.model_copy(update=wanted)
            return await ending(office, smtp, connections=self.connections)


def server(authority: Authority, *faults: Fault) -> Rogue:
    return Rogue(*faults, tls=authority.server(), password=PASSWORD)


def from_connection(first: int, change: Callable[[bytes], bytes]) -> Callable[[int, bytes], bytes]:
    return lambda number, said: change(said) if number >= first else said


def without_starttls(said: bytes) -> bytes:
    return said.replace(b"250-STARTTLS\r\n", b"250-XXXXXXXX\r\n")


def test_an_offer_that_is_taken_out_on_the_way(office: Office, authority: Authority) -> None:
    line = Line(server(authority), authority, from_connection(0, without_starttls))
    end = line.send(office)
    assert end.exit == Exit.REFUSED
    assert "offers no STARTTLS, so nothing was sent to it" in end.said
    assert set(line.server.verbs) == {"EHLO"}


@pytest.mark.parametrize(
    ("reply", "exit_code", "said"),
    [
        ("454 4.7.0 TLS not available", Exit.TRY_AGAIN, "is not ready (454 4.7.0 TLS not available)"),
        ("421 4.3.2 Closing down", Exit.TRY_AGAIN, "is not ready (421 4.3.2 Closing down)"),
        ("502 5.5.1 What?", Exit.REFUSED, "turned us away (502 5.5.1 What?)"),
        ("554 5.7.3 No", Exit.REFUSED, "turned us away (554 5.7.3 No)"),
        ("250 2.0.0 Fine", Exit.REFUSED, "turned us away (250 2.0.0 Fine)"),
        ("\0\udcff", Exit.REFUSED, "does not answer as a mail server does"),
    ],
)
def test_an_offer_that_is_not_kept(
    office: Office, authority: Authority, reply: str, exit_code: Exit, said: str
) -> None:
    line = Line(server(authority, answers("STARTTLS", reply)), authority)
    end = line.send(office)
    assert end.exit == exit_code
    assert said in end.said
    assert set(line.server.verbs) == {"EHLO", "STARTTLS"}


@pytest.mark.parametrize(
    "injected",
    [
        b"250-test\r\n250-AUTH PLAIN\r\n250 HELP\r\n",
        b"250-test\r\n250 HELP\r\n235 2.7.0 Welcome\r\n250 Ok\r\n250 Ok\r\n354 Go on\r\n250 Taken\r\n",
        b"220 2.0.0 Ready\r\n",
        b"421 4.3.2 Closing down\r\n",
        b"250-test",
    ],
)
def test_replies_in_clear_behind_the_go_ahead_are_not_heard(
    office: Office, authority: Authority, injected: bytes
) -> None:
    """CVE-2011-0411 from the client's side: what came before TLS is no part of what is said in it (RFC 3207 §4.2)."""
    line = Line(server(authority), authority, from_connection(0, lambda said: said.replace(READY, READY + injected)))
    end = line.send(office)
    assert end.exit in {Exit.DONE, Exit.REFUSED, Exit.TRY_AGAIN}
    taken = [row.address for row in office.rows() if row.state is State.SENT]
    assert sorted(line.server.recipients) == sorted(taken)
    assert len(taken) == (PEOPLE if end.exit == Exit.DONE else 0)


def test_replies_in_clear_before_they_are_due_do_not_keep_tls_away(office: Office, authority: Authority) -> None:
    """A greeting that brings the answer to EHLO along: it is the attacker's, and offers what the attacker likes."""
    early = b"250-test\r\n250-AUTH PLAIN\r\n250 HELP\r\n"
    line = Line(server(authority), authority, from_connection(0, lambda said: _behind_the_greeting(said, early)))
    end = line.send(office)
    assert end.exit == Exit.REFUSED
    assert office.states() == {State.PLANNED: PEOPLE}


def _behind_the_greeting(said: bytes, early: bytes) -> bytes:
    return said + early if said.startswith(b"220 test ESMTP") else said


def handshake(said: bytes | None) -> Mischief:
    """After the go-ahead the server says this to our greeting, and hangs up; None: it says nothing."""

    async def fail(session: RogueSession) -> None:
        await session.write(READY)
        await session.hear_something()
        if said is None:
            await session.hear_nothing_but_the_end()
        await session.write(said or b"")
        raise HungUpError

    return Mischief("STARTTLS", None, deed=fail)


@pytest.mark.parametrize(
    ("fault", "exit_code", "said"),
    [
        (handshake(b"\x15\x03\x01\x00\x02\x02\x46"), Exit.REFUSED, "does not speak TLS as expected"),  # too old
        (handshake(b"\x15\x03\x03\x00\x02\x02\x28"), Exit.REFUSED, "does not speak TLS as expected"),  # no agreement
        (handshake(b"250 Ok\r\n" * 10), Exit.REFUSED, "does not speak TLS as expected"),
        (handshake(b"\0" * 100), Exit.REFUSED, "does not speak TLS as expected"),
        (handshake(b""), Exit.TRY_AGAIN, "closed the connection"),
        (handshake(None), Exit.TRY_AGAIN, "did not answer in time"),
        (resets("STARTTLS"), Exit.TRY_AGAIN, "closed the connection"),
    ],
    ids=["too old", "no agreement", "in clear", "nonsense", "hangs up", "silent", "torn off"],
)
def test_a_handshake_that_comes_to_nothing(
    office: Office, authority: Authority, fault: Fault, exit_code: Exit, said: str
) -> None:
    line = Line(server(authority, fault), authority)
    end = line.send(office)
    assert end.exit == exit_code
    assert said in end.said
    assert office.states() == {State.PLANNED: PEOPLE}


def test_a_login_that_is_to_be_had_in_clear_only_is_not_had(office: Office, authority: Authority) -> None:
    clear = Rogue(
        offers=["AUTH PLAIN LOGIN"], tls=authority.server(), password=PASSWORD, manners=Manners(offers_in_private=())
    )
    line = Line(clear, authority)
    assert "offers no login that we know" in line.send(office).said
    assert set(line.server.verbs) == {"EHLO", "STARTTLS"}


def test_only_what_is_offered_in_private_counts(office: Office, authority: Authority) -> None:
    """Other logins, no groups any more, and a size that was not there before."""
    offers, private = ["AUTH LOGIN CRAM-MD5", "PIPELINING", "SIZE 1"], ["AUTH PLAIN", "SIZE 100000"]
    changed = Rogue(
        offers=offers, tls=authority.server(), password=PASSWORD, manners=Manners(offers_in_private=private)
    )
    line = Line(changed, authority)
    assert line.send(office).exit == Exit.DONE
    assert set(line.server.groups) == {1}
    said = [command for command in line.server.commands if command.startswith(("AUTH", "MAIL"))]
    assert all("AUTH PLAIN " in command or " SIZE=" in command for command in said)


SECOND = "reader2@"
"""The first connection serves two, and is lost at the third."""


def assert_two_have_it(office: Office, line: Line) -> None:
    assert line.tap.connections == 2
    assert office.states()[State.SENT] == len(line.server.messages) == 2
    assert office.states()[State.FAILED] == 0


@pytest.mark.parametrize("stage", ["RCPT", "BODY", "."])
def test_a_second_connection_without_tls_stops_the_mailing(office: Office, authority: Authority, stage: Moment) -> None:
    lost = Fault(stage, None, about=SECOND, times=1)
    line = Line(server(authority, lost), authority, from_connection(1, without_starttls), connections=1)
    end = line.send(office)
    assert end.exit == Exit.REFUSED
    assert "offers no STARTTLS, so nothing was sent to it" in end.said
    assert_two_have_it(office, line)


@pytest.mark.parametrize(
    ("reply", "exit_code"), [("454 4.7.0 TLS not available", Exit.TRY_AGAIN), ("502 5.5.1 What?", Exit.REFUSED)]
)
def test_tls_that_is_not_to_be_had_again_stops_the_mailing(
    office: Office, authority: Authority, reply: str, exit_code: Exit
) -> None:
    """A "not now" is asked for three times."""
    refuses = from_connection(1, lambda said: said.replace(READY, f"{reply}\r\n".encode()))
    line = Line(server(authority, Fault("RCPT", None, about=SECOND)), authority, refuses, connections=1)
    assert line.send(office).exit == exit_code
    assert office.states() == {State.SENT: 2, State.PLANNED: 3}
    assert line.tap.connections <= 3


def test_somebody_elses_certificate_on_the_second_connection_stops_the_mailing(
    office: Office, authority: Authority
) -> None:
    another = Authority(authority.folder, "another").server()

    async def change_hands(session: RogueSession) -> None:
        session.server.tls = another
        raise HungUpError

    lost = Mischief("RCPT", None, about=SECOND, times=1, deed=change_hands)
    line = Line(server(authority, lost), authority, connections=1)
    end = line.send(office)
    assert end.exit == Exit.REFUSED
    assert "certificate that cannot be trusted" in end.said
    assert_two_have_it(office, line)
