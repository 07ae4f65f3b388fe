from datetime import date, timedelta

import holidays
import pytest

from composer.almanac import Country, bank_holiday


def test_bank_holidays_differ_by_country() -> None:
    assert bank_holiday(date(2025, 4, 21), Country.ENGLAND) == "Easter Monday"
    assert bank_holiday(date(2025, 4, 21), Country.SCOTLAND) == ""
    assert bank_holiday(date(2025, 12, 1), Country.SCOTLAND)
    assert bank_holiday(date(2025, 3, 17), Country.NORTHERN_IRELAND)
    assert bank_holiday(date(2025, 4, 21), Country.WALES)


def test_there_may_be_none() -> None:
    assert bank_holiday(date(2025, 12, 25), Country.NONE) == ""
    assert bank_holiday(date(2025, 3, 14), Country.ENGLAND) == ""


@pytest.mark.parametrize(
    ("country", "subdivision"),
    [(Country.ENGLAND, "ENG"), (Country.WALES, "WLS"), (Country.SCOTLAND, "SCT"), (Country.NORTHERN_IRELAND, "NIR")],
)
def test_they_are_those_that_the_library_gives_for_the_country(country: Country, subdivision: str) -> None:
    years = [2022, 2025, 2027]
    known = holidays.country_holidays("GB", subdiv=subdivision, years=years, language="en_GB")
    days = [date(year, 1, 1) + timedelta(at) for year in years for at in range(365)]
    assert {day: name for day in days if (name := bank_holiday(day, country))} == dict(known.items())
