from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.ledger import State
from composer.report.course import ANSWERED, MOST, course
from tests.report.ledgers import MOMENT

HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2039, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - theirs
ANSWERS = st.tuples(MOMENTS, st.sampled_from(State))
NEAR = st.tuples(st.integers(0, 400_000).map(lambda ms: MOMENT + timedelta(milliseconds=ms)), st.sampled_from(State))


@given(st.lists(ANSWERS) | st.lists(NEAR))
def test_every_answer_is_in_one_interval_and_the_intervals_are_few(answers: list[tuple[datetime, State]]) -> None:
    counted = [(moment, state) for moment, state in answers if state in ANSWERED]
    found = course(answers, HOUR)
    if found is None:
        assert not counted
        return
    assert sum(found.intervals, Counter()) == Counter(state for _, state in counted)
    assert 1 <= len(found.intervals) <= MOST
    assert found.intervals[0]
    assert found.intervals[-1]
    assert found.beginning(0) <= found.first <= found.last < found.beginning(len(found.intervals))


@given(st.lists(ANSWERS, min_size=1), st.randoms())
def test_their_order_does_not_matter(answers: list[tuple[datetime, State]], random: object) -> None:
    assert course(answers, HOUR) == course(sorted(answers), HOUR) == course(reversed(answers), HOUR)


@given(st.lists(ANSWERS, min_size=1))
def test_an_interval_holds_what_came_in_it(answers: list[tuple[datetime, State]]) -> None:
    found = course(answers, HOUR)
    if found is None:
        return
    for place, interval in enumerate(found.intervals):
        begins, ends = found.beginning(place), found.beginning(place + 1)
        assert interval.total() == sum(begins <= moment < ends for moment, state in answers if state in ANSWERED)


@pytest.mark.parametrize(
    ("spans_s", "width_s"), [(0, 1), (79, 1), (80, 5), (3600, 60), (86_400, 1800), (30 * 86_400, 43_200)]
)
def test_intervals_grow_with_the_time_they_span(spans_s: int, width_s: int) -> None:
    found = course([(MOMENT, State.SENT), (MOMENT + timedelta(seconds=spans_s), State.FAILED)], HOUR)
    assert found is not None
    assert found.width == timedelta(seconds=width_s)


def test_days_begin_at_midnight_where_the_newsletter_is_at_home() -> None:
    found = course([(MOMENT, State.SENT), (MOMENT + timedelta(days=70), State.SENT)], HOUR)
    assert found is not None
    assert found.begins == datetime(2025, 6, 12, 23, tzinfo=UTC)


def test_how_long_it_took_and_how_fast_it_was() -> None:
    found = course([(MOMENT + timedelta(seconds=second // 2), State.SENT) for second in range(61)], HOUR)
    assert found is not None
    assert found.took == timedelta(seconds=30)
    assert found.per_minute == pytest.approx(122)
    assert found.intervals[found.fastest].total() == 2


def test_a_rate_is_not_made_of_nothing() -> None:
    found = course([(MOMENT, State.SENT)], HOUR)
    assert found is not None
    assert found.per_minute is None


def test_what_was_not_handed_over_has_no_course() -> None:
    assert course([(MOMENT, State.PLANNED), (MOMENT, State.SUPPRESSED)], HOUR) is None
