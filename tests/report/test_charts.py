from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.ledger import State
from composer.report import ORDER, Tally
from composer.report.charts import bars, ceiling, parts, timeline
from composer.report.course import course
from tests.report.ledgers import MOMENT
from tests.report.zones import LONDON

HOUR = timedelta(hours=1)
COUNTS = st.dictionaries(st.sampled_from(State), st.integers(1, 10**7), min_size=1).map(Counter)
SECONDS = st.lists(st.integers(0, 10**7), min_size=1, max_size=50)


@given(COUNTS, st.floats(1, 100))
def test_the_parts_of_a_bar_fill_it_and_each_can_be_seen(counts: Counter[State], width: float) -> None:
    found = parts(counts, width)
    assert [part.state for part in found] == [state for state in ORDER if counts[state]]
    assert [part.count for part in found] == [counts[part.state] for part in found]
    assert sum(part.width for part in found) == pytest.approx(width)
    assert all(part.width > 0.1 for part in found)
    assert all(part.x + part.width == pytest.approx(after.x) for part, after in pairwise(found))


def test_a_bar_of_nobody_is_empty() -> None:
    assert parts(Counter()) == ()
    assert bars([]) == bars([Tally("example.org", Counter())]) == ()


def test_the_largest_has_the_whole_width() -> None:
    large, small = bars([Tally("a", Counter({State.SENT: 200})), Tally("b", Counter({State.FAILED: 50}))])
    assert sum(part.width for part in large.parts) == pytest.approx(100)
    assert sum(part.width for part in small.parts) == pytest.approx(25)


@given(st.integers(1, 10**9))
def test_the_top_of_a_chart_is_a_round_number_that_is_not_far(count: int) -> None:
    top = ceiling(count)
    assert count <= top <= 2 * count
    assert str(top).rstrip("0") in {"1", "2", "3", "4", "5", "6", "8"}


@given(SECONDS, st.lists(st.sampled_from(State), min_size=1))
def test_everything_drawn_is_inside(seconds: list[int], states: list[State]) -> None:
    moments = (MOMENT + timedelta(seconds=second) for second in seconds)
    found = course([(moment, states[place % len(states)]) for place, moment in enumerate(moments)], HOUR)
    if found is None:
        return
    drawn = timeline(found, LONDON)
    for column in drawn.columns:
        assert 0 <= column.x < column.x + column.width <= 100.001
        assert -0.001 <= column.y < column.y + column.height <= 100.001
    numbers = [float(number) for point in drawn.line.removeprefix("M").split() for number in point.split(",")]
    assert all(0 <= number <= 100 for number in numbers)
    assert 1 <= len(drawn.ticks) <= 6
    assert all(0 <= tick.x <= 100.001 for tick in drawn.ticks)


@pytest.mark.parametrize(
    ("spans", "labels"),
    [
        (timedelta(seconds=3), ["16:02:00", "16:02:05", "16:02:10"]),
        (timedelta(minutes=3), ["16:02", "16:03", "16:04", "16:05"]),
        (timedelta(hours=2), ["16:00", "17:00", "18:00"]),
        (timedelta(hours=30), ["Sat 00:00", "Sat 12:00"]),
        (timedelta(days=20), ["19 Jun", "26 Jun", "03 Jul"]),
    ],
)
def test_the_time_is_told_at_round_moments(spans: timedelta, labels: list[str]) -> None:
    found = course([(MOMENT, State.SENT), (MOMENT + spans, State.SENT)], HOUR)
    assert found is not None
    assert [tick.label for tick in timeline(found, LONDON).ticks] == labels
