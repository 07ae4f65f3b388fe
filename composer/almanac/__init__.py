"""Dates and times as people write them in prose, the days that they mean, and the bank holidays.

    "2pm Wed 27th and Thursday 28 March" ─► signs ─► mentions ─► meaning ─► 27 and 28 March 2024

Pure: a text and the date on which it was written go in. Nothing here says what is wrong; the rules of the calendar do.
"""

from composer.almanac.clock import Hours, hours, impossible_times
from composer.almanac.holidays import Country, bank_holiday
from composer.almanac.meaning import Circumstances, readings
from composer.almanac.mentions import Mention, mentions
from composer.almanac.parts import SpokenDay

__all__ = [
    "Circumstances",
    "Country",
    "Hours",
    "Mention",
    "SpokenDay",
    "bank_holiday",
    "hours",
    "impossible_times",
    "mentions",
    "readings",
]
