from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from composer.audience import Recipient
from composer.delivery import Printing, moment_of, prepare
from composer.errors import ComposerError, Place
from composer.message import compile_message
from tests.delivery.conftest import EMAIL, MOMENT, ROBIN, SETTINGS, Office, recipients


def test_everybody_gets_the_message_id_that_their_message_will_have(office: Office) -> None:
    mailing = office.mailing(3)
    compiled = compile_message(EMAIL, SETTINGS, number=653, moment=MOMENT)
    message = compiled.fill("reader1@example.org", {"name": "Reader"}, office.tokens)
    assert mailing.addressees[1].message_id == message.message_id
    assert len({one.message_id for one in mailing.addressees}) == 3
    assert mailing.listed == {one.key for one in recipients(3)}


def test_an_address_that_cannot_be_written_to_is_found_before_anything_is_sent(office: Office) -> None:
    bad = Recipient("two words@example.org", "two words@example.org", {}, frozenset(), Place("recipients/a.csv"))
    compiled = compile_message(EMAIL, SETTINGS, number=653, moment=MOMENT)
    with pytest.raises(ComposerError, match="two words"):
        prepare(Printing(MOMENT, {"everyone": compiled}), [(bad, "everyone")], listed=[bad.key], tokens=office.tokens)


def test_an_issue_keeps_its_date_once_it_has_begun_so_that_the_same_content_is_the_same_bytes(office: Office) -> None:
    later = (MOMENT + timedelta(days=1)).astimezone(ZoneInfo("Europe/London"))
    assert moment_of(None, later) == later
    assert moment_of(None, later).utcoffset() == timedelta()
    office.plan(2)
    assert moment_of(office.record().planned, later) == later
    with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
        turn.begin(turn.waiting()[0].id)
    assert moment_of(office.record().planned, later) == MOMENT
