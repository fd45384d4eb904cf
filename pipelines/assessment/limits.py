"""Changes that come too late (法17条の5, 17条の6): held back from the ledger's versions, and told to the officer with the article."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.assessment.kinds import chained_sql
from pipelines.assessment.step import statement, steps
from pipelines.calendar import wareki

if TYPE_CHECKING:
    import duckdb

# What `limit_case` adds to a version.
_ASKED = (
    "earlier_tax_yen",
    "statutory_due_on",
    "lowers",
    "one_stop",
    "fraud",
    "ruling_on",
    "void_on",
    "income_tax_on",
)


def limits_may_have_passed(con: "duckdb.DuckDBPyConnection", as_of: date) -> bool:
    """Whether some levy of the year may be past the first of its limits; before that day nobody is asked about any."""
    found = con.execute(
        "SELECT $1 > last_day_of(ordinary_due_on()[1], to_years(p_levy_limit_years()::INTEGER))", [as_of]
    ).fetchone()
    return found == (True,)


def limited(con: "duckdb.DuckDBPyConnection", select: str) -> tuple[str, list[str]]:
    """The SELECT of those changed versions that a limit still allows, and a line for each that none does.

    Makes the TEMP tables `changed_version` (of `select`) and `limited_version` (each with its last day and article).
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE changed_version AS {select}")
    asked = chained_sql(steps("time_limit"), statement("version", "limit_case"))
    con.execute(f"CREATE OR REPLACE TEMP TABLE limited_version AS {asked} FROM chained")
    refused = con.execute(
        "SELECT taxpayer_no, earlier_tax_yen, annual_tax_yen, limit_last_on, limit_article FROM limited_version "
        "WHERE NOT within_limit ORDER BY taxpayer_no, ward_code"
    ).fetchall()
    added = [name for step in steps("time_limit") for name in step.labels]
    allowed = f"SELECT * EXCLUDE ({', '.join((*_ASKED, *added))}) FROM limited_version WHERE within_limit"
    return allowed, [
        f"期間制限により変更できない: 宛名番号 {taxpayer_no}（{before:,}円 → {after:,}円、{wareki(last_on)}まで、{article}）"
        for taxpayer_no, before, after, last_on, article in refused
    ]


def new_refusals_sql(*, decided_on: date) -> str:
    """The SELECT of the rows that `levy_refusal` lacks; `limited` has made its table."""
    return f"SELECT *, DATE '{decided_on.isoformat()}' AS decided_on FROM ({statement('version', 'new_refusal')})"
