"""No verdict is ever wrong: not from a whole log, nor from its beginning, nor from one that has lost lines."""

from __future__ import annotations

from datetime import UTC, timedelta
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from composer.maillog import Verdict, settle
from composer.maillog.entry import entries
from composer.maillog.moment import moments
from composer.maillog.trail import Trail
from tests.maillog.relay import BEGINNING, HOST, LONG, SHORT, Call, End, Relay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Calls = list[tuple[tuple[bool, ...], End, str, bool]]

NAMES = [f"reader{number}" for number in range(20)]
PROOF = Call("proof", (True,), End.LEAVES)
"""Shows that the relay is ours."""
WHOLE = st.lists(st.booleans(), max_size=2).map(tuple)
OURS = st.builds(lambda before, end: (before, end, "example.org", True), WHOLE, st.sampled_from(End))
OTHERS = st.builds(lambda before, end: (before, end, "example.net", False), WHOLE, st.sampled_from(End))
POLITE = st.builds(lambda before: (before, End.LEAVES, "example.net", False), WHOLE)


def played(calls: Calls, seed: int, queue_ids: Sequence[str] = SHORT) -> Relay:
    relay = Relay(Random(seed), queue_ids)
    relay.play([PROOF, *(Call(name, *one) for name, one in zip(NAMES, calls, strict=False))])
    return relay


def verdicts(relay: Relay, lines: list[str], skew_s: int = 0) -> dict[str, Verdict]:
    judgements = settle(lines, relay.begun, zone=UTC, skew=timedelta(seconds=skew_s))
    return {one: judgement.verdict for one, judgement in judgements.items()}


def truth(relay: Relay, message_id: str) -> Verdict:
    return Verdict.ACCEPTED if message_id in relay.accepted else Verdict.NOT_ACCEPTED


def assert_never_wrong(relay: Relay, lines: list[str], skew_s: int = 0) -> None:
    for one, verdict in verdicts(relay, lines, skew_s).items():
        assert verdict in {truth(relay, one), Verdict.UNKNOWN}, one


@settings(max_examples=300)
@given(st.lists(OURS, max_size=8), st.integers())
def test_a_whole_log_settles_every_doubt(calls: Calls, seed: int) -> None:
    relay = played(calls, seed)
    assert verdicts(relay, relay.lines) == {one: truth(relay, one) for one in relay.begun}


@settings(max_examples=300)
@given(st.lists(OURS | OTHERS, max_size=12), st.integers(), st.integers(0, 5), st.data())
def test_no_verdict_is_too_early(calls: Calls, seed: int, skew_s: int, data: st.DataObject) -> None:
    relay = played(calls, seed)
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(relay.lines))] * 2)))
    assert_never_wrong(relay, relay.lines[:stop], skew_s)
    assert_never_wrong(relay, relay.lines[start:], skew_s)
    assert_never_wrong(relay, relay.lines[start:stop], skew_s)


@settings(max_examples=300)
@given(st.lists(OURS | POLITE, max_size=12), st.integers(), st.integers(0, 5), st.floats(0.02, 0.3))
def test_lost_lines_do_not_make_a_verdict_wrong(calls: Calls, seed: int, skew_s: int, share: float) -> None:
    relay = played(calls, seed, LONG)
    assert_never_wrong(relay, [line for line in relay.lines if relay.chance.random() > share], skew_s)


@settings(max_examples=300)
@given(st.lists(OURS, max_size=6), st.lists(OURS, max_size=6), st.integers(), st.integers(0, 5))
def test_the_log_of_one_relay_of_two_makes_no_verdict_wrong(here: Calls, there: Calls, seed: int, skew_s: int) -> None:
    one, other = played(here, seed), played([], seed)
    other.play([Call(f"other{number}", *call) for number, call in enumerate(there)])
    one.begun |= other.begun
    one.accepted |= other.accepted
    assert_never_wrong(one, one.lines, skew_s)


def test_what_is_kept_does_not_grow_with_the_log() -> None:
    def lines() -> Iterator[str]:
        for number in range(20_000):
            process, queue_id = number % 30_000, f"4ZDr2{number:06}"
            at = f"{BEGINNING + timedelta(seconds=number):%b %d %H:%M:%S} relay postfix"
            yield f"{at}/smtpd[{process}]: connect from {HOST}\n"
            yield f"{at}/smtpd[{process}]: {queue_id}: client={HOST}\n"
            if number % 3:
                yield f"{at}/cleanup[{number}]: {queue_id}: message-id=<{number}@example.org>\n"
                yield f"{at}/qmgr[103]: {queue_id}: from=<>, size=1, nrcpt=1 (queue active)\n"
            if number % 4 == 0:
                yield f"{at}/smtpd[{process}]: 5{queue_id}: client={HOST}\n"
            yield f"{at}/smtpd[{process}]: disconnect from {HOST} ehlo=1 mail=1 rcpt=1 commands=3\n"

    begun = {f"{number}@example.org": BEGINNING + timedelta(seconds=number) for number in (500, 1000)}
    trail = Trail(begun, moments(begun.values(), timedelta(seconds=5)))
    for entry in entries(lines(), zone=UTC, near=BEGINNING):
        trail.follow(entry)
    assert [len(found) for found in trail.found.values()] == [1, 1]
    assert len(trail.ended) + len(trail._sessions) + len(trail._transactions) < 60
