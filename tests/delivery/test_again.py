"""What is in doubt and sent again goes through everything that a message goes through for the first time."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from composer.ledger import Doubt, State
from tests.smtp_server import Fault, SmtpServer, drops_after_the_dot, drops_at

if TYPE_CHECKING:
    from composer.delivery import Result
    from tests.delivery.conftest import Office
    from tests.smtp_server import Moment

SLOW = Fault("EHLO", "250-mail.example.org\r\n250 PIPELINING", delay_s=0.05)
"""The ledger has written down that nothing was handed over long before the next connection is open."""


def handed_over(office: Office, *faults: Fault, doubt: Doubt = Doubt.HOLD) -> tuple[Result, SmtpServer]:
    async def scene() -> tuple[Result, SmtpServer]:
        async with SmtpServer(*faults) as server, asyncio.timeout(20):
            return await office.run(server.smtp, doubt, connections=1), server

    return asyncio.run(scene())


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA"])
def test_a_connection_lost_before_the_body_is_opened_anew(office: Office, at: Moment) -> None:
    office.plan(1)
    handed_over(office, drops_after_the_dot(times=1))
    result, server = handed_over(office, drops_at(at, times=2), SLOW, doubt=Doubt.RESEND)
    assert result.counts == Counter({State.SENT: 1})
    assert len(server.messages) == 1
