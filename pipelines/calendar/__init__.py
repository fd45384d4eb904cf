"""Fiscal years, eras, business days and due dates."""

from pipelines.calendar.due import Method, due_dates, is_business_day, next_business_day
from pipelines.calendar.era import ERAS, NATIONAL_TAX_ERA_CODES, WAGE_REPORT_ERA_CODES, Era, era_date, wareki
from pipelines.calendar.fiscal_year import FiscalYear

__all__ = [
    "ERAS",
    "NATIONAL_TAX_ERA_CODES",
    "WAGE_REPORT_ERA_CODES",
    "Era",
    "FiscalYear",
    "Method",
    "due_dates",
    "era_date",
    "is_business_day",
    "next_business_day",
    "wareki",
]
