from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.maillog.entry import Entry, entries

NEAR = datetime(2025, 3, 14, 16, 2, 11, tzinfo=UTC)
LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")


def moment(stamp: str, near: datetime = NEAR, zone: ZoneInfo = LONDON) -> datetime | None:
    found = [one.at for one in entries([f"{stamp} relay postfix/smtpd[1]: x\n"], zone=zone, near=near)]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("stamp", "near", "expected"),
    [
        ("Mar 14 16:02:11", NEAR, NEAR),
        ("Mar  4 16:02:11", NEAR, datetime(2025, 3, 4, 16, 2, 11, tzinfo=UTC)),
        ("Dec 31 23:59:59", datetime(2026, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Jan  1 00:00:01", datetime(2025, 12, 31, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)),
        ("Feb 29 12:00:00", NEAR, datetime(2024, 2, 29, 12, tzinfo=UTC)),
        ("Feb 29 12:00:00", datetime(2022, 3, 1, tzinfo=UTC), None),
        ("Feb 30 12:00:00", NEAR, None),
        ("Foo 14 12:00:00", NEAR, None),
        ("Mar 14 25:00:00", NEAR, None),
        ("2025-03-14T17:02:11+01:00", NEAR, NEAR),
        ("2025-03-14T16:02:11Z", NEAR, NEAR),
        ("2025-03-14T16:02:11+0000", NEAR, NEAR),
        ("2025-03-14T16:02:11.250000+00:00", NEAR, NEAR + timedelta(milliseconds=250)),
        ("2025-13-14T16:02:11Z", NEAR, None),
        ("2025-03-14T16:02:11", NEAR, None),
    ],
)
def test_a_timestamp_is_a_moment(stamp: str, near: datetime, expected: datetime | None) -> None:
    assert moment(stamp, near) == expected


@given(st.integers(0, 2**31), st.integers(-180, 180), st.sampled_from([LONDON, TOKYO]))
def test_the_year_that_is_not_written_is_found(seconds: int, days: int, zone: ZoneInfo) -> None:
    """But for the second pass of the hour that is there twice in autumn."""
    at = datetime.fromtimestamp(seconds, zone)
    if at.fold == 0:
        stamp = f"{at:%b} {at.day:2} {at:%H:%M:%S}"
        assert moment(stamp, at + timedelta(days=days), zone) == at


@pytest.mark.parametrize(
    ("tag", "instance", "program"),
    [
        ("postfix/smtpd", "postfix", "smtpd"),
        ("postfix-out/submission/smtpd", "postfix-out", "smtpd"),
        ("postfix/postfix-script", "postfix", "postfix-script"),
    ],
)
def test_an_entry_is_said_by_a_program_of_an_instance(tag: str, instance: str, program: str) -> None:
    [entry] = entries([f"2025-03-14T16:02:11Z relay {tag}[4711]: a: b [c]\n"], zone=UTC, near=NEAR)
    assert entry == Entry(NEAR, "relay", instance, program, 4711, "a: b [c]")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "\n",
        "-- Logs begin at Mon 2025-03-03 --\n",
        "Mar 14 16:02:11 relay sshd[4711]: Connection closed\n",
        "Mar 14 16:02:11 relay postfix/smtpd: no process\n",
        "Mar 14 16:02:11 relay postfix/smtpd[4711]\n",
        " Mar 14 16:02:11 relay postfix/smtpd[4711]: x\n",
        "relay postfix/smtpd[4711]: x\n",
    ],
)
def test_whatever_is_no_line_of_postfix_is_passed_over(line: str) -> None:
    assert list(entries([line], zone=UTC, near=NEAR)) == []


@given(st.lists(st.text()))
def test_no_line_can_do_harm(lines: list[str]) -> None:
    list(entries([f"Mar 14 16:02:11 relay postfix/{line}" for line in lines] + lines, zone=UTC, near=NEAR))
