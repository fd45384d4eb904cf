"""What a backfill's stages read, told from their own SQL, and whether the ledger has moved on in it since the copy was made."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.ledger.catalogue import catalogue
from pipelines.ledger.pin import SHARED_VIEWS
from pipelines.paths import ROOT, SQL

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession
    from pipelines.run.backfill_plan import Plan

# What each stage appends: nobody else may have, whatever the day, for a version decided later would be replaced unseen.
DECIDED = {
    "matching": frozenset({"document_link", "relative_link", "review_item"}),
    "consolidation": frozenset({"tax_base"}),
    "assessment": frozenset({"assessment", "house_levy"}),
}
# Decisions about what leaves, and about backfills: no stage reads them.
BESIDE = ("release", "difference", "backfill")
_VIEWS = SQL / "ledger" / "views"


@cache
def tables_read(stages: tuple[str, ...]) -> frozenset[str]:
    """The ledger's tables that these stages' queries name through their pinned views, or through the views that stages share."""
    text = "".join(path.read_text(encoding="utf-8") for stage in stages for path in _queries(stage))
    while True:  # a shared view may read another
        views = [(_VIEWS / f"{name}.sql") for name in SHARED_VIEWS if re.search(rf"\b{name}\b", text)]
        whole = text + "".join(file.read_text(encoding="utf-8") for file in views)
        if set(re.findall(r"\w+", whole)) == set(re.findall(r"\w+", text)):
            break
        text = whole
    return frozenset(re.findall(r"\bpinned_([a-z_]+)", text)) & frozenset(catalogue().fact_tables)


def _queries(stage: str) -> Iterable[Path]:
    yield from sorted((SQL / stage).rglob("*.sql"))
    yield from sorted((ROOT / "pipelines" / stage).glob("*.py"))


def moved_on(session: "LedgerSession", plan: "Plan", base_commit_no: int) -> dict[str, int]:
    """Table → rows that came after `base_commit_no` and that the plan would have read; empty when its result still stands."""
    decided = frozenset().union(*(DECIDED[stage] for stage in plan.stages))
    found = {}
    for table in sorted(tables_read(plan.stages) | decided):
        conditions = [f"commit_no > {base_commit_no:d}", *_of_years(_columns(session, table), plan)]
        if table not in decided:
            conditions.append(f"known_on <= DATE '{plan.as_of.to}'")
        if table == "decision":
            conditions.append(f"decision_kind NOT IN {BESIDE}")
        row = session.con.execute(f"SELECT count(*) FROM ledger.{table} WHERE {' AND '.join(conditions)}").fetchone()
        if row and row[0]:
            found[table] = int(row[0])
    return found


def _columns(session: "LedgerSession", table: str) -> set[str]:
    query = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'ledger' AND table_name = ?"
    return {name for (name,) in session.con.execute(query, [table]).fetchall()}


def _of_years(columns: set[str], plan: "Plan") -> list[str]:
    """The condition that a row is of the plan's years, or about a document of theirs that the plan may know."""
    years = ", ".join(f"{year:d}" for year in plan.fiscal_years)
    if "fiscal_year" in columns:
        return [f"fiscal_year IN ({years})"]
    if "document_no" in columns:
        documents = f"fiscal_year IN ({years}) AND known_on <= DATE '{plan.as_of.to}'"
        return [f"document_no IN (SELECT document_no FROM ledger.document WHERE {documents})"]
    return []
