"""Ages: 年齢計算ニ関する法律 counts the day of birth, so an age is reached on the day before the birthday."""

from datetime import date, timedelta


def age_on(born_on: date, day: date) -> int:
    """The age reached by the end of `day`; whoever is born on 1 January reaches it on 31 December."""
    next_day = day + timedelta(days=1)
    birthday_passed = (next_day.month, next_day.day) >= (born_on.month, born_on.day)
    return next_day.year - born_on.year - (0 if birthday_passed else 1)


def age_for_deductions(born_on: date, fiscal_year: int) -> int:
    """The age on 31 December of the income year (法314条の2⑧)."""
    return age_on(born_on, date(fiscal_year - 1, 12, 31))


def is_minor(born_on: date, fiscal_year: int) -> bool:
    """未成年者 on 1 January of the fiscal year (法295条①二, 318条; 民法4条: twenty until 2022年3月, then eighteen)."""
    return age_on(born_on, date(fiscal_year, 1, 1)) < (20 if fiscal_year <= 2022 else 18)
