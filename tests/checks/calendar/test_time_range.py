from __future__ import annotations

import pytest

from composer.checks.calendar.time_range import found_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11.00- 12.30 on Thursday 20 March", "'11.00- 12.30' has a space on one side of its dash only"),
        ("20-1 on Thursday 20 March", "'20-1' ends before it starts"),
        ("Thursday 20 March, 14.00-13.30", "'14.00-13.30' ends before it starts"),
        ("Doors open 14:00-13:00", "'14:00-13:00' ends before it starts"),
        ("from 25:00-26:00 on 20 March", "'25:00-26:00' is no range of times"),
        ("10.30pm-11.30am", "'10.30pm-11.30am' ends before it starts"),
        ("Doors open 20-1.", "'20-1' ends before it starts"),
        ("Early Help: Teams, 20-1", "'20-1' ends before it starts"),
        ("The workshop runs 11.00- 12.30.", "'11.00- 12.30' has a space on one side of its dash only"),
        ("at 14.00pm", "there is no time '14.00pm'"),
        ("from 25:00 on 20 March", "there is no time '25:00'"),
    ],
)
def test_times_that_cannot_be(text: str, expected: str) -> None:
    [(at, message, hint)] = found_in(text)
    assert message == expected
    assert hint
    assert message.partition("'")[2].partition("'")[0] == text[at:][: len(message.split("'")[1])]


@pytest.mark.parametrize(
    "text",
    [
        "pages 20-1, ages 0-5, the score was 20-1, in 2022-23, 1-2-1 and 16-17 year olds",
        "ring 07700 900123-4, a ratio of 20:10-30:5 minutes, Luke 15:11-2",
        "from 20.00 to 10.00 per cent on Thursday 20 March",
        "The start has moved from 2pm to 1pm, the race time fell from 24:10 to 22:30, the split from 60:40 to 70:30",
        "the night shift, 5pm-9am, out of hours",
        "Thursday 20 March, 10-2, 9.30-3.30 or 11-1pm",
        "20-1 March, sections 20-1 on Thursday 20 March",
        "The office opens 9-5 and runs 10-4 every day; Teams, 3-2 winners; session 1.2-1.5; online, 5-11 year olds",
        "It costs £12-£10 pm, and the clip is at 25:00",
        "10am-12pm, 12.30pm to 2pm, 9:00 to 4:30, 22:00-06:00",
    ],
)
def test_numbers_and_times_that_are_left_alone(text: str) -> None:
    assert list(found_in(text)) == []
