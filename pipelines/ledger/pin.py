"""A pin: what a run may know. Nothing that is appended later changes what a pinned run sees."""

from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.ledger.catalogue import FOLDER, catalogue

# What more than one stage reads of several tables at once: who is taxed as living here, who is not, how each is called now, by which
# 統合宛名番号, where other municipalities are, what became of a notice, from which month a withholding counts. In this order; each reads the pinned views and the ones before it.
SHARED_VIEWS = (
    "withholding_month",
    "levy_year",
    "standing_change",
    "standing_outside",
    "standing_status",
    "listed_resident",
    "municipality_of_day",
    "unified_number_of_person",
    "taxed_elsewhere_of_year",
    "presence_of_year",
    "status_of_year",
    "person_of_year",
    "absence_of_year",
    "addressee_of_year",
    "standing_notice",
    "standing_reduction_decision",
    "standing_reduction",
    "standing_account",
)


@dataclass(frozen=True)
class Pin:
    """The fiscal year, the last day known, the last ledger commit seen, and the code that looks."""

    fiscal_year: int
    as_of: date
    commit_no_max: int
    code_version: str


def show_pinned(con: duckdb.DuckDBPyConnection, pin: Pin) -> None:
    """Let the views over the ledger show what the pin may know; a connection that has them already only gets the new pin."""
    con.execute("SET VARIABLE pinned_fiscal_year = ?", [pin.fiscal_year])
    con.execute("SET VARIABLE pinned_as_of = ?::DATE", [pin.as_of])
    con.execute("SET VARIABLE pinned_commit_no = ?::BIGINT", [pin.commit_no_max])


def create_pinned_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make a TEMP view `pinned_<table>` of each table of facts (the rows that the pin may know), and SHARED_VIEWS over them.

    A pin must have been shown: the views' types are those of its variables.
    """
    for table in catalogue().fact_tables:
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW pinned_{table} AS SELECT * FROM ledger.{table} "
            "WHERE known_on <= getvariable('pinned_as_of') AND commit_no <= getvariable('pinned_commit_no')"
        )
    for name in SHARED_VIEWS:
        con.execute((FOLDER / "views" / f"{name}.sql").read_text(encoding="utf-8"))
