"""Dates as a wage report and a return write them: era, year, month and day as items of their own."""

from datetime import date

import numpy as np

from pipelines.calendar import ERAS, NATIONAL_TAX_ERA_CODES, WAGE_REPORT_ERA_CODES
from pipelines.town.difficulties import Columns
from pipelines.town.settings import Bools, Dates, Ints


def _era_years(days: Dates) -> tuple[Ints, Ints]:
    """For each day the place of its era in ERAS and the year of that era."""
    starts = np.array([era.first_on for era in ERAS], dtype="datetime64[D]")
    era = np.searchsorted(starts, days, side="right") - 1
    before = np.array([era.year_before for era in ERAS])
    return era, days.astype("datetime64[Y]").astype(np.int64) + 1970 - before[era]


def _month_and_day(days: Dates) -> tuple[Ints, Ints]:
    month = days.astype("datetime64[M]")
    return month.astype(np.int64) % 12 + 1, (days - month.astype("datetime64[D]")).astype(np.int64) + 1


def date_columns(name: str, days: Dates, present: Bools) -> Columns:
    """The items <name>_year, _month and _day, two digits each in the era's years; empty where not present."""
    _, year = _era_years(days)
    parts = (year, *_month_and_day(days))
    return {
        f"{name}_{part}": [f"{value:02d}" if value else "" for value in np.where(present, values, 0).tolist()]
        for part, values in zip(("year", "month", "day"), parts, strict=True)
    }


def birth_columns(born_on: Dates) -> Columns:
    """The items of 受給者生年月日 with their era."""
    era, _ = _era_years(born_on)
    code_of = {name: code for code, name in WAGE_REPORT_ERA_CODES.items()}
    codes = np.array([code_of[era.name] for era in ERAS], dtype=object)
    return date_columns("born", born_on, np.ones(len(born_on), dtype=np.bool_)) | {"born_era": codes[era].tolist()}


def etax_date(name: str, day: date) -> dict[str, str]:
    """The items of a date as e-Tax writes it, with its own code of the era and without leading zeros."""
    era = next(era for era in reversed(ERAS) if era.first_on <= day)
    parts = {"era": etax_era(era.name), "year": day.year - era.year_before, "month": day.month, "day": day.day}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def etax_era(name: str) -> str:
    """e-Tax's code of an era."""
    return next(code for code, era in NATIONAL_TAX_ERA_CODES.items() if era == name)
