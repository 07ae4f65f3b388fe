from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from composer.audience import Recipient
from composer.delivery import Bindery, People, Printing, moment_of, prepare
from composer.errors import ComposerError, Place
from composer.message import compile_message
from tests.delivery.conftest import EMAIL, MOMENT, ROBIN, SETTINGS, Office, recipients

if TYPE_CHECKING:
    from composer.render import Email


def test_everybody_gets_the_message_id_that_their_message_will_have(office: Office) -> None:
    mailing = office.mailing(3)
    press = compile_message(EMAIL, SETTINGS, number=653).press(office.tokens, moment=MOMENT)
    ids = [one.message_id for one in mailing.addressees]
    assert ids[1] == press.fill("reader1@example.org", {"name": "Reader"}).message_id
    assert len(set(ids)) == 3
    assert list(mailing.others) == []


def printing(email: Email = EMAIL) -> Printing:
    return Printing({"everyone": compile_message(email, SETTINGS, number=653)}, lambda _: "everyone")


def test_an_address_that_cannot_be_written_to_is_found_before_anything_is_sent(office: Office) -> None:
    bad = Recipient("two words@example.org", "two words@example.org", {}, frozenset(), Place("recipients/a.csv"))
    mailing = prepare(printing(), People([bad], ""), Bindery(MOMENT, office.tokens))
    with pytest.raises(ComposerError, match="two words"), office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
        turn.plan(mailing)


def test_the_hashes_tell_other_content_and_other_people_and_nothing_else() -> None:
    people = recipients(3)
    same, other = printing(), printing(replace(EMAIL, text="Corrected\n"))
    assert printing().content_hash == same.content_hash != other.content_hash
    found = same.audience_of(people)
    assert found.people == 3
    assert found.hexdigest() == same.audience_of(reversed(people)).hexdigest()
    assert found.hexdigest() != same.audience_of(people[:2]).hexdigest()


def test_an_issue_keeps_its_date_once_it_has_begun_so_that_the_same_content_is_the_same_bytes(office: Office) -> None:
    later = (MOMENT + timedelta(days=1)).astimezone(ZoneInfo("Europe/London"))
    assert moment_of(None, later) == later
    assert moment_of(None, later).utcoffset() == timedelta()
    office.plan(2)
    assert moment_of(office.record().planned, later) == later
    with office.ledger() as ledger, ledger.run(653, ROBIN) as turn:
        turn.begin(next(turn.waiting()).id)
    assert moment_of(office.record().planned, later) == MOMENT
