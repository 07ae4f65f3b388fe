"""Whom the mailing trusts: every certificate that is not the server's own, and every TLS that is none."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from composer.courier import Courier
from composer.errors import Exit
from composer.ledger import State
from composer.settings import Timeouts
from tests.faults.authority import Authority
from tests.faults.ending import Ending, ending
from tests.faults.wiretap import PASSWORD, Wiretap
from tests.smtp_server import SmtpServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composer.settings import Security
    from tests.delivery.conftest import Office

PEOPLE = 3
IMPATIENT = Timeouts(connect=0.5, command=0.5, data=0.5, body=0.5, dot=0.5, quit=0.5)
DAY = timedelta(days=1)
SECURITIES: tuple[Security, ...] = ("starttls", "tls")


@pytest.fixture(autouse=True)
def _with_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.delivery.conftest.Courier", partial(Courier, password=PASSWORD))


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def overheard(office: Office, server: SmtpServer, security: Security, authority: Authority) -> Ending:
    """Send a mailing to this server over a line that somebody listens to: whatever comes of it, they learn nothing."""
    office.plan(PEOPLE)

    async def scene() -> tuple[Ending, Wiretap]:
        async with server, Wiretap(server.port) as tap:
            changes = {"security": security, "certificates": str(authority.pem), "timeouts": IMPATIENT}
            return await ending(office, tap.smtp.model_copy(update=changes)), tap

    end, tap = asyncio.run(scene())
    assert tap.secrets == []
    return end


def assert_refused(office: Office, server: SmtpServer, end: Ending) -> None:
    assert end.exit == Exit.REFUSED
    assert_nothing_said(office, server)


def assert_nothing_said(office: Office, server: SmtpServer) -> None:
    assert office.states() == {State.PLANNED: PEOPLE}
    assert not {"AUTH", "MAIL", "RCPT", "DATA"} & {*server.verbs}


@pytest.mark.parametrize("security", SECURITIES)
def test_over_tls_everybody_gets_it_and_nobody_on_the_way_hears_anything(
    office: Office, authority: Authority, security: Security
) -> None:
    server = SmtpServer(tls=authority.server(), implicit_tls=security == "tls", password=PASSWORD)
    assert overheard(office, server, security, authority) == Ending(Exit.DONE)
    assert len(server.messages) == PEOPLE


def test_in_clear_somebody_would_hear_everything(office: Office) -> None:
    """So the ears of this test are not deaf."""
    office.plan(PEOPLE)

    async def scene() -> Wiretap:
        async with SmtpServer(password=PASSWORD) as server, Wiretap(server.port) as tap:
            await office.run(tap.smtp.model_copy(update={"security": "none"}))
        return tap

    assert len(asyncio.run(scene()).secrets) >= 7


CERTIFICATES: dict[str, Callable[[Authority], ssl.SSLContext]] = {
    "self-signed certificate": lambda one: Authority(one.folder, "somebody").itself(),
    "unable to get local issuer": lambda one: Authority(one.folder, "another").server(),
    "certificate has expired": lambda one: one.server(since=-2 * DAY, until=-DAY),
    "certificate is not yet valid": lambda one: one.server(since=DAY, until=2 * DAY),
    "IP address mismatch": lambda one: one.server("mail.example.org"),
    "IP address mismatch, certificate is not valid for '127.0.0.1'": lambda one: one.server("127.0.0.2"),
}


@pytest.mark.parametrize("security", SECURITIES)
@pytest.mark.parametrize(("why", "server"), CERTIFICATES.items(), ids=[str(number) for number in range(6)])
def test_a_certificate_that_proves_nothing(
    office: Office,
    authority: Authority,
    why: str,
    server: Callable[[Authority], ssl.SSLContext],
    security: Security,
) -> None:
    shown = SmtpServer(tls=server(authority), implicit_tls=security == "tls", password=PASSWORD)
    end = overheard(office, shown, security, authority)
    assert f"shows a certificate that cannot be trusted ({why}" in end.said
    assert_refused(office, shown, end)


@pytest.mark.parametrize("security", SECURITIES)
@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_a_tls_that_was_broken_long_ago(office: Office, authority: Authority, version: str, security: Security) -> None:
    """The server of this test hangs up then; what one says that does not: see the handshakes of `test_downgrades`."""
    context = authority.server()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    server = SmtpServer(tls=context, implicit_tls=security == "tls", password=PASSWORD)
    end = overheard(office, server, security, authority)
    assert "closed the connection; check smtp.port and smtp.security" in end.said
    assert_nothing_said(office, server)


def test_tls_spoken_to_a_port_without_it(office: Office, authority: Authority) -> None:
    server = SmtpServer(password=PASSWORD)
    end = overheard(office, server, "tls", authority)
    assert "does not speak TLS as expected; check smtp.security and smtp.port" in end.said
    assert_refused(office, server, end)


def test_a_port_that_waits_for_tls_spoken_to_in_clear(office: Office, authority: Authority) -> None:
    """It waits for us, and we for it."""
    server = SmtpServer(tls=authority.server(), implicit_tls=True, password=PASSWORD)
    end = overheard(office, server, "starttls", authority)
    assert end.exit == Exit.TRY_AGAIN
    assert "did not answer in time; check smtp.host, smtp.port and smtp.security" in end.said
    assert_nothing_said(office, server)
