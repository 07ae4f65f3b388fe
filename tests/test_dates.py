from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from composer.dates import full_date, long_date


def test_dates_with_their_year() -> None:
    assert long_date(date(2025, 3, 4)) == "4 March 2025"
    assert full_date(date(2025, 3, 4)) == "Tuesday 4 March 2025"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_the_words_are_those_of_an_english_calendar(day: date) -> None:
    assert full_date(day) == f"{day:%A} {day.day} {day:%B} {day.year}"
