"""Bank holidays of the four countries, worked out by the `holidays` library; no table to keep."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Country(StrEnum):
    """Whose bank holidays; the value is what newsletter.yaml says."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"
    NONE = "none"
    """No country's."""


_SUBDIVISIONS = {
    Country.ENGLAND: "ENG",
    Country.WALES: "WLS",
    Country.SCOTLAND: "SCT",
    Country.NORTHERN_IRELAND: "NIR",
}


def bank_holiday(day: date, country: Country) -> str:
    """The name of the bank holiday that falls on a day: "Good Friday"; empty on other days."""
    return "" if country is Country.NONE else _of_year(country, day.year).get(day, "")


@cache
def _of_year(country: Country, year: int) -> Mapping[date, str]:
    """Imported here: the library costs 70 ms, and most issues ask for no holiday."""
    import holidays  # noqa: PLC0415 - see above

    found = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[country], years=[year], language="en_GB")
    return dict(found.items())
