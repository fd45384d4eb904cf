"""Business days, and due dates that move to the next one."""

from datetime import date, timedelta
from functools import cache
from typing import Literal

import jpholiday

from pipelines.calendar.fiscal_year import FiscalYear
from pipelines.city import City

Method = Literal["employment", "ordinary"]
_SATURDAY = 5
# 令6条の18②: besides Saturdays these days. 2 and 3 January are holidays in the sense of 民法142条 by custom
# (最高裁 昭和33年6月2日).
_YEAR_END = {(12, 29), (12, 30), (12, 31)}
_NEW_YEAR = {(1, 2), (1, 3)}


@cache
def is_business_day(day: date) -> bool:
    """Whether a due date on `day` stays: no Saturday, Sunday, national holiday, 29 December to 3 January.

    Source: 地方税法20条の5②, 令6条の18②, 民法142条, 国民の祝日に関する法律3条.
    """
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _YEAR_END | _NEW_YEAR:
        return False
    return not jpholiday.JPHoliday().is_holiday(day)


def next_business_day(day: date) -> date:
    """`day` itself when it is a business day, else the first one after it."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def due_dates(city: City, fiscal_year: FiscalYear, method: Method) -> list[date]:
    """納期限 of the year's instalments, in order, moved to business days.

    `ordinary`: the last day of each of the city's months (地方税法320条, ordinance). `employment`: the tenth of the
    month after each withholding of June to May (321条の5①), whatever the city.
    """
    if method == "ordinary":
        days = [_month_end(_first_of(fiscal_year, month)) for month in city.due_months.ordinary]
    else:
        withheld = [_first_of(fiscal_year, month) for month in (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)]
        days = [_month_end(month) + timedelta(days=10) for month in withheld]
    return [next_business_day(day) for day in days]


def _first_of(fiscal_year: FiscalYear, month: int) -> date:
    """The first day of `month`; collection runs from June to the next May."""
    return date(fiscal_year.year if month >= 6 else fiscal_year.year + 1, month, 1)


def _month_end(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - timedelta(days=1)
