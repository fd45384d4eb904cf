"""The monthly corrections of a municipality's profile: their cut-offs, months of change, notices and due dates."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

# 地方税法319条の2③: the notice is delivered ten days before the due date at the latest.
DAYS_BEFORE_DUE = 10
# A due date later than this after its notice is a slip of the pen.
DAYS_OF_A_RUN_MAX = 92
# No correction is decided in May: the month of the initial decision (321条の4②).
MONTHS_OF_CORRECTIONS = (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4)


def _month_day(text: str) -> str:
    date.fromisoformat(f"2001-{text}")
    return text


MonthDay = Annotated[str, AfterValidator(_month_day)]
Month = Annotated[int, Field(ge=1, le=12, strict=True)]


class MonthlyCorrection(BaseModel):
    """One monthly correction: the day by which its documents are in, the month from which employers withhold otherwise (the
    one after the notice: 地方税法321条の5①・321条の6③), the day of its notices, and when what is collected at once is due."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cut_off: MonthDay
    change_month: Month
    notice_on: MonthDay
    due_on: MonthDay

    @model_validator(mode="after")
    def _as_the_law_has_it(self) -> "MonthlyCorrection":
        year = 2001  # any year that is not a leap year
        cut_off, notice_on, due_on = (
            date.fromisoformat(f"{year}-{day}") for day in (self.cut_off, self.notice_on, self.due_on)
        )
        if notice_on.month != cut_off.month or notice_on < cut_off:
            raise ValueError("通知日は、締め日と同じ月の、締め日以後の日を書く（変更月は決定の翌月から数える）")
        if self.change_month != cut_off.month % 12 + 1:
            raise ValueError("変更月は、通知の翌月（地方税法321条の5①・321条の6③）")
        if due_on < notice_on:
            due_on = due_on.replace(year=year + 1)
        if not DAYS_BEFORE_DUE <= (due_on - notice_on).days <= DAYS_OF_A_RUN_MAX:
            raise ValueError(
                f"納期限は、通知日の{DAYS_BEFORE_DUE}日後から{DAYS_OF_A_RUN_MAX}日後まで（地方税法319条の2③）"
            )
        return self
