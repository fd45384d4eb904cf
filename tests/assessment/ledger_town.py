"""A ledger in memory with hand-made tax bases, to be assessed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.assessment.ledger_run import assess
from pipelines.city import load_city
from pipelines.ledger import LedgerSession, RunIdentity, StageReport, migrations

SENDAI = load_city("041009")
MAY, JULY = date(2026, 5, 8), date(2026, 7, 10)
HANAKO, TARO = "000000000000101", "000000000000102"
BASE = {
    "fiscal_year": 2026,
    "taxpayer_no": HANAKO,
    "tax_base_version": 1,
    "document_nos": [1],
    "resident": True,
    "born_on": date(1985, 4, 1),
    "sex": "female",
    "ward_code": "041017",
    "employment_paid_yen": 5_000_000,
    "spouse_disability": "none",
    "self_disability": "none",
    "single_parent": "none",
    "treaty_exempt": False,
    "collection_method": "employment",
    "payer_designated_no": "A1",
}


@dataclass
class Town:
    session: LedgerSession

    def base(self, known_on: date = MAY, **figures: Any) -> None:
        columns = self.session.con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'tax_base' AND NOT is_nullable"
        ).fetchall()
        neutral = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False}
        nil = {name: neutral[kind] for name, kind in columns if kind in neutral}
        values = {
            name: value for name, value in (nil | BASE | figures).items() if name not in ("known_on", "commit_no")
        }
        with self.session.transaction(stage="consolidation", known_on=known_on) as transaction:
            transaction.append_row("tax_base", **values)

    def assess(self, as_of: date = MAY) -> StageReport:
        return assess(self.session, SENDAI, 2026, as_of)

    def versions(self, taxpayer_no: str = HANAKO) -> list[dict[str, Any]]:
        cursor = self.session.con.execute(
            "SELECT * FROM ledger.assessment WHERE taxpayer_no = ? ORDER BY version", [taxpayer_no]
        )
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def open_town() -> Iterator[Town]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    yield Town(LedgerSession(con, RunIdentity()))
    con.close()
