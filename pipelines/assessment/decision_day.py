"""What a decision finds on its day: the days on which bills and withheld months are due, and whose income tax changed since."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.assessment.step import statement
from pipelines.calendar import FiscalYear, due_dates

if TYPE_CHECKING:
    import duckdb

    from pipelines.calendar import Method
    from pipelines.city import City

METHODS: tuple["Method", ...] = ("ordinary", "employment")


def install_decision_day(con: "duckdb.DuckDBPyConnection", city: "City", fiscal_year: int) -> None:
    """Make the TEMP MACROs `ordinary_due_on()` and `employment_due_on()` (lists of dates, in order) and the view `new_income_tax`.

    The pin and the parameters must be installed.
    """
    for method in METHODS:
        days = due_dates(city, FiscalYear(fiscal_year), method)
        con.execute(f"CREATE OR REPLACE TEMP MACRO {method}_due_on() AS [{', '.join(map(_sql, days))}]")
    con.execute(statement("source", "new_income_tax"))


def _sql(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
