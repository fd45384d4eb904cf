"""A pin: what a run may know. Nothing that is appended later changes what a pinned run sees."""

from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.ledger.catalogue import catalogue


@dataclass(frozen=True)
class Pin:
    """The fiscal year, the last day known, the last ledger commit seen, and the code that looks."""

    fiscal_year: int
    as_of: date
    commit_no_max: int
    code_version: str


def create_pinned_views(con: duckdb.DuckDBPyConnection, pin: Pin) -> None:
    """Make a TEMP view `pinned_<table>` of each table of facts: the rows that the pin may know."""
    for table in catalogue().fact_tables:
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW pinned_{table} AS SELECT * FROM ledger.{table} "
            f"WHERE known_on <= DATE '{pin.as_of.isoformat()}' AND commit_no <= {pin.commit_no_max:d}"
        )
