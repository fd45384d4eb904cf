"""When an instalment on a notice is due: on the ordinance's day, or later (随時) when that day comes too soon."""

from datetime import date, timedelta

from pipelines.calendar import next_business_day

# 地方税法319条の2③: the notice is delivered ten days before the due date at the latest.
DAYS_BEFORE_DUE = 10


def earliest_due_on(notice_on: date) -> date:
    """The first month end (moved to a business day) for which a notice of `notice_on` is not too late."""
    day = notice_on + timedelta(days=DAYS_BEFORE_DUE)
    month_end = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
    return next_business_day(month_end)


def late_due_on(due_on: date, notice_on: date, *, more_yen: int) -> date | None:
    """The later day by which `more_yen` is due, when `due_on` comes too soon for it; else None.

    Only what the notice asks for beyond what the taxpayer was told before can be late: it is then collected at once
    (321条の2①, 321条の7①), with the time that 319条の2③ leaves.
    """
    if more_yen > 0 and (due_on - notice_on).days < DAYS_BEFORE_DUE:
        return earliest_due_on(notice_on)
    return None
