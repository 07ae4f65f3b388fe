from __future__ import annotations

from datetime import date

import pytest

from composer.almanac import Circumstances, SpokenDay, mentions, readings

FRIDAY = date(2025, 3, 14)


def read(text: str, written_on: date = FRIDAY, *, may_be_past: bool = False, years: tuple[int, ...] = ()) -> list[str]:
    [found] = mentions(text)
    return [str(day) for day in readings(found.days[0], Circumstances(written_on, may_be_past, years))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13 March", ["2025-03-13"]),
        ("13 January", ["2025-01-13"]),
        ("12 January", ["2026-01-12"]),
        ("13 September", ["2025-09-13"]),
        ("14 September", ["2025-09-14"]),
        ("31 April", []),
        ("29 February", ["2024-02-29"]),
        ("14 March 2019", ["2019-03-14"]),
        ("14 March 2030", ["2030-03-14", "2025-03-14"]),
    ],
)
def test_without_a_year_it_is_recent_or_to_come(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_what_is_reported_may_have_been_last_year() -> None:
    assert read("13 June", may_be_past=True) == ["2025-06-13", "2024-06-13"]
    assert read("20 March", may_be_past=True) == ["2025-03-20"]
    assert read("12 January", may_be_past=True) == ["2026-01-12", "2025-01-12"]
    assert read("13 June", years=(2023,)) == ["2025-06-13", "2023-06-13"]


def test_january_is_next_year_in_december() -> None:
    assert read("10 January", date(2024, 12, 20)) == ["2025-01-10"]


def test_a_day_without_a_month_is_in_one_near_by() -> None:
    day = SpokenDay(28, 0, 2)
    near = [str(each) for each in readings(day, Circumstances(FRIDAY))]
    assert near == ["2025-03-28", "2025-04-28", "2025-02-28", "2025-05-28"]
    assert date(2025, 9, 28) in readings(day, Circumstances(FRIDAY, months=(9,)))
    assert [str(each) for each in readings(SpokenDay(31, 0, 2), Circumstances(FRIDAY))] == [
        "2025-03-31",
        "2025-05-31",
    ]


def test_a_year_that_is_shared_may_be_another() -> None:
    [found] = mentions("Friday 30 May and 12 June 2026")
    assert [str(day) for day in readings(found.days[0], Circumstances(FRIDAY))] == ["2026-05-30", "2025-05-30"]
