"""The fiscal year (課税年度) and the days that follow from it."""

from dataclasses import dataclass
from datetime import date

from pipelines.calendar.era import wareki_year


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A fiscal year by the calendar year in which it begins: `FiscalYear(2026)` is 令和8年度."""

    year: int

    @property
    def income_year(self) -> int:
        """The calendar year of the income that is taxed (前年, 地方税法313条①)."""
        return self.year - 1

    @property
    def assessment_day(self) -> date:
        """賦課期日, 1 January (地方税法318条)."""
        return date(self.year, 1, 1)

    @property
    def employment_notice_deadline(self) -> date:
        """31 May, by when withholding notices must be out; closed days do not move it (321条の4②, 令6条の18①三)."""
        return date(self.year, 5, 31)

    @property
    def label(self) -> str:
        """As printed: 令和8年度. The name is that of the era on 1 April."""
        return f"{wareki_year(date(self.year, 4, 1))}度"
