"""The monthly corrections of a profile on the calendar: which run a day belongs to, and its days."""

from dataclasses import dataclass
from datetime import date

from pipelines.calendar.due import next_business_day
from pipelines.city import City


@dataclass(frozen=True)
class CorrectionRun:
    """One monthly correction: decided with what is known by `cut_off`; employers withhold otherwise from `change_month` (its first
    day) on; notices bear `notice_on`; what is collected at once (随時) is due by `due_on`, a business day (20条の5②)."""

    cut_off: date
    change_month: date
    notice_on: date
    due_on: date


def correction_run(city: City, day: date) -> CorrectionRun:
    """The run to which a decision of that day belongs: the profile's of the month, in May (which has none) that of June."""
    month = 6 if day.month == 5 else day.month
    [one] = [run for run in city.monthly_corrections if _month(run.cut_off) == month]
    cut_off = _on(one.cut_off, day.year)
    return CorrectionRun(
        cut_off,
        _after(f"{one.change_month:02d}-01", cut_off),
        _after(one.notice_on, cut_off),
        next_business_day(_after(one.due_on, cut_off)),
    )


def _month(month_day: str) -> int:
    return int(month_day[:2])


def _on(month_day: str, year: int) -> date:
    return date(year, int(month_day[:2]), int(month_day[3:]))


def _after(month_day: str, earlier: date) -> date:
    """The first such day from `earlier` on."""
    found = _on(month_day, earlier.year)
    return found if found >= earlier else _on(month_day, earlier.year + 1)
