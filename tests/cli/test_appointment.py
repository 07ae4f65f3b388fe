from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.cli import appointment
from composer.cli.appointment import in_words, keep, moment_at
from composer.errors import UsageError

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-03-14 16:00", "2025-03-14T16:00+00:00"),
        ("2025-07-04 9:05", "2025-07-04T08:05+00:00"),
        ("2025-03-14T16:00", "2025-03-14T16:00+00:00"),
        ("2025-07-04 16:00Z", "2025-07-04T16:00+00:00"),
        ("2025-10-26 01:30+01:00", "2025-10-26T00:30+00:00"),
        ("2025-10-26 01:30+00:00", "2025-10-26T01:30+00:00"),
        ("2025-03-30 00:59", "2025-03-30T00:59+00:00"),
        ("2025-03-30 02:00", "2025-03-30T01:00+00:00"),
        ("2025-10-26 02:00", "2025-10-26T02:00+00:00"),
        ("2024-02-29 12:00", "2024-02-29T12:00+00:00"),
    ],
)
def test_a_moment_is_meant_by_the_newsletters_clock(written: str, moment: str) -> None:
    assert moment_at(written, LONDON) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "written", ["", "16:00", "2025-03-14", "tomorrow", "2025-02-30 12:00", "2025-03-14 24:30", "14.03.2025 16:00"]
)
def test_what_is_no_moment_says_how_to_write_one(written: str) -> None:
    with pytest.raises(UsageError, match=r'is not a moment; write it as "2025-03-14 16:00"'):
        moment_at(written, LONDON)


@pytest.mark.parametrize("written", ["9999-12-31 23:59-14:00", "0001-01-01 00:00+14:00"])
def test_what_is_beyond_the_calendar_is_said_to_be(written: str) -> None:
    with pytest.raises(UsageError, match="beyond the calendar"):
        moment_at(written, LONDON)


def test_an_hour_that_is_left_out_names_the_one_that_follows() -> None:
    with pytest.raises(UsageError, match=r'no 01:30 on 30 March 2025 in Europe/London.*write "2025-03-30 02:30"'):
        moment_at("2025-03-30 01:30", LONDON)


def test_an_hour_that_comes_twice_has_to_be_told_apart() -> None:
    with pytest.raises(
        UsageError, match=r'twice on 26 October 2025.*"2025-10-26 01:30\+01:00" for the first'
    ) as caught:
        moment_at("2025-10-26 01:30", LONDON)
    assert '"2025-10-26 01:30+00:00" for the second' in str(caught.value)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)), st.sampled_from(["Europe/London", "America/New_York"]))  # noqa: DTZ001 - what a clock on the wall shows
def test_whatever_is_taken_reads_the_same_on_the_clock(naive: datetime, name: str) -> None:
    zone, written = ZoneInfo(name), f"{naive:%Y-%m-%d %H:%M}"
    try:
        moment = moment_at(written, zone)
    except UsageError:
        return
    assert f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" == written


def test_people_read_the_day_the_time_and_the_zone() -> None:
    assert in_words(datetime(2025, 7, 4, 15, tzinfo=UTC), LONDON) == "Friday 4 July 2025 at 16:00 BST"


def test_the_moment_is_waited_for_by_the_clock_even_if_that_jumps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = [datetime(2025, 3, 14, 15, 58, tzinfo=UTC)]
    naps: list[float] = []
    monkeypatch.setattr(appointment, "utc_now", lambda: clock[0])

    async def nap(seconds: float) -> None:
        naps.append(seconds)
        clock[0] += timedelta(seconds=seconds) if len(naps) < 10 else timedelta(minutes=5)  # the lid was closed

    asyncio.run(keep(datetime(2025, 3, 14, 16, tzinfo=UTC), LONDON, nap))
    assert len(naps) == 10
    assert max(naps) <= 1
    assert "Waiting until Friday 14 March 2025 at 16:00 GMT" in capsys.readouterr().err
