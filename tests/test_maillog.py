"""Doubt settled from logs: `maillog/fragments/` holds logs, each with the verdict that belongs to each Message-ID."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from composer.maillog import Judgement, Verdict, read, settle

FRAGMENTS = Path(__file__).parent / "maillog" / "fragments"
BEGUN = datetime(2025, 3, 14, 16, 2, 11, tzinfo=UTC)
ADA = "<653.ada@example.org>"


def told(name: str) -> tuple[dict[str, list[datetime]], list[str]]:
    """What is asked about a fragment, and what has to be answered."""
    lines = (FRAGMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    asked = [line.split() for line in lines[::2]]
    return {one: [datetime.fromisoformat(at) for at in begun] for one, *begun in asked}, lines[1::2]


def fragment(name: str) -> list[str]:
    return list(read(FRAGMENTS / f"{name}.log"))


@pytest.mark.parametrize("name", sorted(path.stem for path in FRAGMENTS.glob("*.log")))
def test_a_log_says(name: str) -> None:
    asked, answers = told(name)
    judgements = settle(fragment(name), asked, zone=UTC)
    assert [f"{one.verdict}: {one.words}" for one in judgements.values()] == answers


@pytest.mark.parametrize("name", sorted(path.stem for path in FRAGMENTS.glob("*.log")))
def test_while_a_log_grows_a_verdict_never_changes(name: str) -> None:
    asked, _ = told(name)
    lines = fragment(name)
    known: dict[str, Judgement] = {}
    for length in range(len(lines) + 1):
        for one, judgement in settle(lines[:length], asked, zone=UTC).items():
            if judgement.verdict is not Verdict.UNKNOWN:
                assert known.setdefault(one, judgement) == judgement


def test_nothing_asked_nothing_read() -> None:
    assert settle(iter([]), {}, zone=UTC) == {}


def test_what_was_never_begun_is_not_asked_about() -> None:
    with pytest.raises(ValueError, match="without the moment at which it was begun"):
        settle([], {ADA: []}, zone=UTC)


def test_an_empty_log_says_nothing() -> None:
    [judgement] = settle(["-- Logs begin here\n"], {ADA: BEGUN}, zone=UTC).values()
    assert judgement == Judgement(
        Verdict.UNKNOWN, None, "Postfix's log leaves it open: there is nothing from Postfix in it"
    )


def test_an_acceptance_is_believed_whatever_the_rest_of_the_log() -> None:
    lines = fragment("behind-the-dot")[-5:]
    [judgement] = settle(lines, {ADA: BEGUN + timedelta(days=3)}, zone=UTC).values()
    assert (judgement.verdict, judgement.queue_id) == (Verdict.ACCEPTED, "4352A98C31F")


def test_the_relays_zone_is_that_of_its_log_and_of_the_answer() -> None:
    begun = datetime(2025, 7, 4, 14, 2, 11, tzinfo=UTC)
    lines = [line.replace("Mar 14", "Jul  4") for line in fragment("before-data")]
    for zone, verdict in ((ZoneInfo("Europe/Berlin"), Verdict.NOT_ACCEPTED), (UTC, Verdict.UNKNOWN)):
        [judgement] = settle(lines, {ADA: begun}, zone=zone).values()
        assert judgement.verdict is verdict
    [judgement] = settle(fragment("second-instance"), {ADA: BEGUN}, zone=ZoneInfo("Asia/Tokyo")).values()
    assert judgement.words == "Postfix took it: queue id 4ZDr2H1Kkvz3xYb at 01:02:11"


@pytest.mark.parametrize("asked", ["653.ada@example.org", " <653.ada@example.org>"])
@pytest.mark.parametrize("logged", ["<653.ada@example.org>", "? <653.ada@example.org>", "<653.ada@example.org>??"])
def test_a_message_id_is_known_with_and_without_what_stands_around_it(asked: str, logged: str) -> None:
    lines = [line.replace("<653.ada@example.org>", logged) for line in fragment("behind-the-dot")]
    assert settle(lines, {asked: BEGUN}, zone=UTC)[asked].verdict is Verdict.ACCEPTED


def test_clocks_that_differ_more_than_allowed_leave_the_doubt() -> None:
    for seconds, verdict in ((40, Verdict.NOT_ACCEPTED), (200, Verdict.UNKNOWN)):
        for sign in (1, -1):
            begun = BEGUN + sign * timedelta(seconds=seconds)
            [judgement] = settle(fragment("before-data"), {ADA: begun}, zone=UTC).values()
            assert judgement.verdict is verdict


def test_a_second_in_the_log_may_be_later_than_it_says() -> None:
    begun = BEGUN + timedelta(milliseconds=900)
    [judgement] = settle(fragment("before-data"), {ADA: begun}, zone=UTC, skew=timedelta(0)).values()
    assert judgement.verdict is Verdict.NOT_ACCEPTED
