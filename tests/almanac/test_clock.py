from __future__ import annotations

import pytest

from composer.almanac import hours, impossible_times


@pytest.mark.parametrize(
    "text", ["2022-23", "1-2-1", "07700 900-1", "£2-3", "2-3%", "10/11-12/13", "2024-03-14", "a-1-2"]
)
def test_no_ranges(text: str) -> None:
    assert list(hours(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "2-4pm",
        "11-1pm",
        "9.30am to 12 noon",
        "10:00\u201311:30",
        "22:00-06:00",
        "9:00-4:30",
        "10pm-6am",
        "9-5",
        "20-21",
    ],
)
def test_ranges_that_go_forward(text: str) -> None:
    [found] = hours(f"from {text}, then")
    assert found.text == text
    assert not any([found.is_backwards, found.is_hardly_forwards, found.is_lopsided])


@pytest.mark.parametrize(
    "text",
    [
        "20-1",
        "14:00-13:00",
        "10.30pm-11.30am",
        "4pm-2pm",
        "13:00-02:30",
        "10:00am-9:30am",
        "20-1pm",
        "2pm-13:30",
        "between 15:30 and 15:00",
    ],
)
def test_ranges_that_go_backward(text: str) -> None:
    [found] = hours(text)
    assert found.is_backwards


@pytest.mark.parametrize("text", ["11:00 to 10:30", "10:00-10:00", "2.30-1.30pm"])
def test_ranges_that_hardly_go_forward(text: str) -> None:
    [found] = hours(text)
    assert found.is_hardly_forwards
    assert not found.is_backwards


def test_a_space_on_one_side() -> None:
    assert [found.is_lopsided for found in hours("11.00- 12.30; 11.00 -12.30; 11.00 - 12.30; 11.00-12.30")] == [
        True,
        True,
        False,
        False,
    ]


def test_times_that_cannot_be() -> None:
    assert [written for _, written in impossible_times("14.00pm, 10.75am, 12.30pm, 13 pm", is_dated=False)] == [
        "14.00pm",
        "10.75am",
    ]
    assert list(impossible_times("the clip at 25:00", is_dated=False)) == []
    assert list(impossible_times("start at 25:00", is_dated=True)) == [(9, "25:00")]


def test_halves_of_a_range_may_not_be_possible() -> None:
    assert [found.is_possible for found in hours("9:75am-11am, 25:00-26:00, 14.00-16.00pm, 9am-12 noon")] == [
        False,
        False,
        False,
        True,
    ]
