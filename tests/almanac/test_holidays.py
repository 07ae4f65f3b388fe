from datetime import date

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
