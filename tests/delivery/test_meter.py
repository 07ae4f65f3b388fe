"""The meter: so many a minute, so many a minute to one domain, never more."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from composer.delivery import Limits
from composer.delivery.meter import Meter
from tests.delivery.clock import most_in_a_minute

DOMAINS = st.sampled_from(["a.example", "b.example", "c.example"])
RATES = st.none() | st.integers(1, 90)
ARRIVALS = st.lists(st.tuples(st.floats(0, 40), DOMAINS), max_size=60)
"""How long after the one before each message comes, and to which domain."""


def departures(meter: Meter, arrivals: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """When each message leaves that waits until its domain is free, as the queue has it."""
    now, leave = 0.0, []
    for pause, domain in arrivals:
        now = max(now + pause, meter.domain_free_at(domain))
        leaves_at = meter.reserve(domain, now)
        assert leaves_at >= now
        leave.append((leaves_at, domain))
    return leave


@given(ARRIVALS, RATES, RATES)
def test_never_more_than_allowed_in_any_minute(
    arrivals: list[tuple[float, str]], per_minute: int | None, to_domain: int | None
) -> None:
    leave = departures(Meter(Limits(per_minute=per_minute, per_minute_to_domain=to_domain)), arrivals)
    moments = [moment for moment, _ in leave]
    assert moments == sorted(moments)
    assert most_in_a_minute(moments) <= (per_minute or len(moments))
    for name in {domain for _, domain in leave}:
        theirs = [moment for moment, domain in leave if domain == name]
        assert most_in_a_minute(theirs) <= (to_domain or len(theirs))


@given(ARRIVALS)
def test_without_a_limit_nobody_waits(arrivals: list[tuple[float, str]]) -> None:
    meter, now = Meter(Limits()), 0.0
    for pause, domain in arrivals:
        now += pause
        assert meter.reserve(domain, now) == now


def test_messages_are_spread_evenly_and_a_pause_is_not_made_up_for() -> None:
    meter = Meter(Limits(per_minute=6))
    assert [meter.reserve("a.example", 0.0) for _ in range(4)] == [0, 10, 20, 30]
    assert [meter.reserve("a.example", 1000.0) for _ in range(3)] == [1000, 1010, 1020]
    gaps = [later - sooner for sooner, later in pairwise(meter.reserve("b.example", 2000.0) for _ in range(5))]
    assert gaps == [10] * 4


def test_one_domain_does_not_hold_up_another() -> None:
    meter = Meter(Limits(per_minute_to_domain=1))
    meter.reserve("a.example", 0.0)
    assert meter.domain_free_at("a.example") == 60
    assert meter.domain_free_at("b.example") == 0
    assert meter.reserve("b.example", 1.0) == 1


def test_another_meter_has_let_nobody_go() -> None:
    meter = Meter(Limits(per_minute=1, per_minute_to_domain=1))
    meter.reserve("a.example", 0.0)
    assert meter.free_at("a.example") == 60
    assert meter.another().free_at("a.example") == 0


def test_many_domains_are_forgotten_when_they_are_free_again() -> None:
    meter = Meter(Limits(per_minute_to_domain=1))
    for number in range(10_001):
        meter.reserve(f"{number}.example", number * 0.001)
    meter.reserve("last.example", 65.0)
    assert len(meter._domain_free_at) < 10_000
    assert meter.domain_free_at("10000.example") == 70
