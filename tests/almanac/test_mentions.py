from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies

from composer.almanac import Circumstances, mentions, readings
from composer.dates import long_date, month, weekday

FORMS = (
    "{weekday} {day} {month}",
    "{weekday}, {day} {month} {year}",
    "{weekday} the {day}{th} of {month}",
    "{short} {day}{th} {month} {year}",
    "{short}. {day} {mon} {year}",
    "{weekday}, {month} {day}{th}",
    "{weekday} {month} {day}, {year}",
    "{day} {month} ({weekday})",
    "{day}{th} {month}, {year} ({short})",
    "{weekday} ({day} {month})",
    "{short} {day:02}/{number:02}/{year}",
    "{weekday} {day}.{number}.{year}",
    "{weekday} {year}-{number:02}-{day:02}",
    "{weekday}\n{day}\u00a0{month}",
    "10am {weekday} {day} {month}",
    "{weekday} {day} {month} 2-4pm",
    "{weekday} 10-11.30am, {day} {month}",
)
DAYS = strategies.dates(date(2020, 1, 1), date(2035, 12, 31))


def written(form: str, day: date, name: str) -> str:
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in {11, 12, 13} else 0, "th")
    return form.format(
        weekday=name,
        short=name[:3],
        day=day.day,
        th=th,
        month=month(day),
        mon=month(day)[:3],
        number=day.month,
        year=day.year,
    )


def days(text: str) -> list[tuple[int, int | None, int | None, int | None]]:
    return [(day.number, day.month, day.year, day.weekday) for found in mentions(text) for day in found.days]


@given(DAYS, strategies.sampled_from(FORMS), strategies.integers(-50, 180), strategies.integers(1, 6))
def test_a_day_is_read_back_however_it_is_written(day: date, form: str, ahead: int, off: int) -> None:
    circumstances = Circumstances(day - timedelta(ahead))
    [found] = mentions(f"Come and see us: {written(form, day, weekday(day))}")
    [spoken] = found.days
    assert readings(spoken, circumstances)[0] == day
    assert spoken.weekday == day.weekday()
    wrong = weekday(day + timedelta(off))
    [spoken] = mentions(written(form, day, wrong))[0].days
    assert spoken.weekday not in {each.weekday() for each in readings(spoken, circumstances)}


@given(DAYS, strategies.integers(1, 20))
def test_a_range_is_read_back_over_the_end_of_a_month_and_a_year(first: date, length: int) -> None:
    last = first + timedelta(length)
    text = f"{weekday(first)} {first.day} {month(first)} to {weekday(last)} {long_date(last)}"
    [found] = mentions(text)
    assert found.is_range
    assert [readings(day, Circumstances(first))[0] for day in found.days] == [first, last]
    assert [day.weekday for day in found.days] == [first.weekday(), last.weekday()]


@given(strategies.text(alphabet="0123456789 /-\u2013.,()&MondayMarchSept'", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    for found in mentions(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wednesday 13 and Thursday 14 March", [(13, 3, None, 2), (14, 3, None, 3)]),
        ("Monday 3, Tuesday 4 and Thursday 6 March", [(3, 3, None, 0), (4, 3, None, 1), (6, 3, None, 3)]),
        ("Saturday & Sunday July 26 & 27", [(26, 7, None, 5), (27, 7, None, 6)]),
        ("Tuesdays 4, 11 and 18 March", [(4, 3, None, 1), (11, 3, None, 1), (18, 3, None, 1)]),
        ("Thursday 20 and 21 March", [(20, 3, None, 3), (21, 3, None, None)]),
        ("Monday to Wednesday, 3 to 5 June", [(3, 6, None, 0), (5, 6, None, 2)]),
        ("20-21 March", [(20, 3, None, None), (21, 3, None, None)]),
        ("3rd/4th March '25", [(3, 3, 2025, None), (4, 3, 2025, None)]),
        ("30 December \u2013 3 January 2026", [(30, 12, 2025, None), (3, 1, 2026, None)]),
        ("Friday 28th", [(28, None, None, 4)]),
        ("20-1, 27 February", [(27, 2, None, None)]),
        ("Monday 10-12, 17 March", [(17, 3, None, 0)]),
        ("room 12, Friday 4 April", [(4, 4, None, 4)]),
        ("Friday 28 March 1400-1600", [(28, 3, None, 4)]),
        ("friday 5 may", [(5, 5, None, 4)]),
        ("on March 5", [(5, 3, None, None)]),
        ("the Sun 13 May", [(13, 5, None, None)]),
        ("the Sunday Times of 9 March", [(9, 3, None, None)]),
        ("the 2 November Care Leavers Conference", [(2, 11, None, None)]),
        ("Tuesday and Thursday 3 to 12 June", [(3, 6, None, None), (12, 6, None, None)]),
        ("Mondays 3 March to 7 April", [(3, 3, None, None), (7, 4, None, None)]),
        ("every Friday 7 March to 4 April", [(7, 3, None, None), (4, 4, None, None)]),
    ],
)
def test_days_in_one_breath(text: str, expected: list[tuple[int, int | None, int | None, int | None]]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on Mondays, and every second Tuesday",
        "May I come? May Smith may 9 people",
        "Of these, 10 may be late and 28 march on",
        "March 2024 and by March 25",
        "1 in 5, section 8 of the Act, 5 May Day events",
        "Friday 28 people came",
        "Friday 28th annual fair, Friday 20th Century",
        "no Friday the 13th",
        "£28 March, under-31 April, 30 Feb-based homes",
        "version 1.2.3, 192.0.2.10, 31.13.2025",
        "https://www.example.org/2025/03/14",
        "Open Monday to Friday, 9-5",
    ],
)
def test_no_dates(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "is_timed"),
    [
        ("10am Friday 21 March", True),
        ("11.00-12.30 on Friday 21 March", True),
        ("Friday 21 March, 2-4pm", True),
        ("Friday 21 March at 10:00", True),
        ("Friday 21 March, room 10", False),
    ],
)
def test_a_time_may_stand_beside_it(text: str, *, is_timed: bool) -> None:
    assert [found.is_timed for found in mentions(text)] == [is_timed]


def test_it_knows_where_it_stands() -> None:
    text = "Come on (Friday 21 March) or later."
    [found] = mentions(text)
    assert text[found.start : found.end] == "Friday 21 March"
    [day] = found.days
    assert text[day.start : day.end] == "Friday 21"
