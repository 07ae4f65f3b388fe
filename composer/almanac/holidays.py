"""Bank holidays of the four countries, worked out by the `holidays` library; no table to keep."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from holidays import HolidayBase


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
    return dict(_kingdom()(subdiv=_SUBDIVISIONS[country], years=[year], language="en_GB").items())


@cache
def _kingdom() -> type[HolidayBase]:
    """The library's class for the United Kingdom, loaded when a holiday is asked for.

    From its own file: the package of countries would load all 250 of them, which takes 40 ms.
    """
    import holidays  # noqa: PLC0415 - 15 ms that most commands do not need

    file = Path(holidays.__file__).parent / "countries" / "united_kingdom.py"
    spec = spec_from_file_location("holidays.countries.united_kingdom", file)
    if spec is None or spec.loader is None:
        raise ComposerError(f"{file} cannot be loaded; install Composer anew")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    kingdom: type[HolidayBase] = module.UnitedKingdom
    return kingdom
