"""A ledger in memory, to which the tests add what payers and officers say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.ledger import LedgerSession, RunIdentity, StageReport, migrations
from pipelines.withholding.lists import conflicts, listed
from pipelines.withholding.master import keep_master
from pipelines.withholding.promises import check

FISCAL_YEAR = 2026
RECEIVED_ON = date(2026, 1, 20)
AOBA = {
    "payer_name": "株式会社青葉",
    "payer_address": "仙台市青葉区国分町１－１",
    "payer_corporate_number": "9990000000001",
}
IZUMI = {"payer_name": "泉商店", "payer_address": "仙台市泉区将監９－１", "payer_corporate_number": "9990000000002"}
NEUTRAL: dict[str, object] = {"BIGINT": 0, "INTEGER": 0, "VARCHAR": "", "BOOLEAN": False, "DATE": RECEIVED_ON}


@dataclass
class Office:
    """The ledger of a municipality; every method appends facts as intake would."""

    session: LedgerSession

    def report(
        self, designated_no: str | None = "A1", *, on: date = RECEIVED_ON, year: int = FISCAL_YEAR, **written: Any
    ) -> int:
        """A wage report; its document number, which is its record number and, unless said, the employee's number too."""
        no = self.session.next_no("document", "document_no")
        kind = written.pop("submission_kind", "new")
        self._append(
            "document",
            on,
            document_no=no,
            document_kind="wage_report",
            fiscal_year=year,
            file_no=1,
            record_no=no,
            submission_kind=kind,
            name=f"見本　{no}",
        )
        said = {"payer_designated_no": designated_no, "employee_no": f"E{no}", "paid_yen": 1_000_000}
        self._append("wage_report", on, document_no=no, **said | AOBA | written)
        return no

    def summary(
        self, designated_no: str | None = "A1", *, on: date = RECEIVED_ON, year: int = FISCAL_YEAR, **written: Any
    ) -> None:
        """A 総括表 of one person whose tax is withheld, unless said otherwise; `file_no` 2 unless said."""
        no = self.session.next_no("wage_report_summary", "record_no")
        said = {
            "submission_kind": "new",
            "report_count": 1,
            "withholding_count": 1,
            "payer_designated_no": designated_no,
        }
        place = {"file_no": 2, "record_no": no, "fiscal_year": year}
        self._append("wage_report_summary", on, **place | said | AOBA | written)

    def decide(self, designated_no: str, verdict: str, *, on: date = date(2026, 2, 10), **change: Any) -> int:
        """An officer's decision as the ledger holds it."""
        no = self.session.next_no("decision", "decision_no")
        detail = json.dumps(change, ensure_ascii=False, default=str)
        self._append(
            "decision", on, decision_no=no, decision_kind="employer", subject=designated_no, verdict=verdict,
            detail=detail, reason="届出", officer="sato", channel="file", decided_on=on,
        )  # fmt: skip
        return no

    def keep(self, as_of: date = date(2026, 3, 1)) -> StageReport:
        return keep_master(self.session, FISCAL_YEAR, as_of)

    def versions(self, *columns: str) -> list[tuple[Any, ...]]:
        """All versions of all employers: number, version, and these columns."""
        chosen = ", ".join(("designated_no", "employer_version", *columns))
        return self.session.con.execute(
            f"SELECT {chosen} FROM ledger.employer ORDER BY designated_no, employer_version"
        ).fetchall()

    def rows(self, name: str, **params: Any) -> list[dict[str, Any]]:
        """A list over all that is known."""
        self._pin()
        (rows,) = listed(self.session, name, fiscal_year=FISCAL_YEAR, **params)
        return rows

    def conflicts(self) -> list[dict[str, Any]]:
        self._pin()
        return conflicts(self.session)

    def promises_hold(self) -> bool:
        self._pin()
        return all(invariant.ok for invariant in check(self.session))

    def _pin(self) -> None:
        self.session.pin(FISCAL_YEAR, date(2026, 12, 31))

    def _append(self, table: str, known_on: date, **values: Any) -> None:
        columns = self.session.con.execute(
            "SELECT column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = 'ledger' AND table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
        blank = {
            name: None if empty else NEUTRAL[kind]
            for name, kind, empty in columns
            if name not in ("known_on", "commit_no")
        }
        with self.session.transaction(stage="test", known_on=known_on) as transaction:
            transaction.append_row(table, **blank | values)


@pytest.fixture
def office() -> Iterator[Office]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    yield Office(LedgerSession(con, RunIdentity()))
    con.close()
