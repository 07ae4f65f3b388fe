"""Mailings that are killed again and again: nobody is lost, nobody gets it twice, everybody is accounted for."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composer.ledger import Run
from tests.survival.accounts import copies
from tests.survival.campaigns import Campaign, Moment
from tests.survival.extent import IS_LONG, KILLS, LONGEST_S
from tests.survival.fates import Fate
from tests.survival.mailings import Mailing
from tests.survival.newsletters import CONNECTIONS, newsletter
from tests.survival.records import Peer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from composer.ledger import Answer

PEOPLE = 3000 if IS_LONG else 300
KILLS_EACH = 20 if IS_LONG else 10
CAMPAIGNS = max(2, KILLS // KILLS_EACH)
TROUBLE = 0.02

pytestmark = pytest.mark.timeout(LONGEST_S)


@pytest.fixture
def campaign(tmp_path: Path, seed: int) -> Iterator[Campaign]:
    with Peer(tmp_path / "record.jsonl", seed=seed, trouble=TROUBLE) as peer:
        home = newsletter(tmp_path / "home", PEOPLE, peer.port)
        yield Campaign(home, peer, PEOPLE, chance=random.Random(seed))


def attack(campaign: Campaign) -> None:
    """Kill at the start, when the plan is made, mostly while messages leave, and at the very end."""
    campaign.strike("starting")
    campaign.strike("planning")
    for number in range(KILLS_EACH - 3):
        moment: Moment = "starting" if number % 5 == 4 else "sending"
        campaign.strike(moment, campaign.chance.randint(1, PEOPLE * 2 // KILLS_EACH))
    campaign.peer.calm_down()
    campaign.strike("ending")


@pytest.mark.parametrize("seed", range(CAMPAIGNS - CAMPAIGNS // 4 - 1))
def test_nobody_is_lost_and_nobody_gets_it_twice(campaign: Campaign) -> None:
    attack(campaign)
    account = campaign.finish()
    assert set(copies(campaign.taken).values()) == {1}
    assert len(account.doubtful) <= campaign.most_doubts

    once = len(campaign.taken)
    resent = campaign.finish("--in-doubt", "resend")
    assert not resent.doubtful
    assert {one.recipient for one in campaign.taken[once:]} == account.doubtful - resent.refused
    assert max(copies(campaign.taken).values()) <= 2


@pytest.mark.parametrize("seed", range(1000, 1001 + CAMPAIGNS // 4))
def test_what_is_sent_again_whenever_in_doubt_is_the_same_message(campaign: Campaign) -> None:
    campaign.options = ("--in-doubt", "resend")
    attack(campaign)
    account = campaign.finish()
    found = copies(campaign.taken)
    assert not account.doubtful
    assert found.total() - len(found) <= campaign.most_doubts


def intend_too_late() -> None:
    """Write the intent down together with the answer, when the dot is long gone."""
    write = Run.write

    def late(self: Run, begins: Sequence[int], answers: Sequence[Answer]) -> frozenset[int]:
        write(self, [answer.id for answer in answers], [])
        write(self, [], answers)
        return frozenset(begins)

    Run.write = late  # type: ignore[method-assign]


def test_a_ledger_that_hears_of_a_message_too_late_would_be_found_out(tmp_path: Path) -> None:
    with Peer(tmp_path / "record.jsonl", trouble=1, only=Fate.SILENT, after=30) as peer:
        mailing = Mailing(newsletter(tmp_path / "home", PEOPLE, peer.port), peer, PEOPLE)
        mailer = mailing.begin(prelude=intend_too_late)
        peer.until(lambda: len(mailing.taken) == 30 + CONNECTIONS)
        mailer.kill()
        with pytest.raises(AssertionError, match="sent and taken differ"):
            mailing.judge()
