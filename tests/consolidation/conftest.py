"""A ledger in memory, two residents, and wage reports as they would be after intake and matching."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.city import load_city
from pipelines.consolidation.consolidate import consolidate
from pipelines.ledger import LedgerSession, RunIdentity, StageReport, migrations

FISCAL_YEAR = 2026
PRIORITY = load_city("041009").document_priority
RECEIVED_ON = date(2026, 1, 20)
RETURNED_ON = date(2026, 3, 10)
HANAKO = "000000000000101"

RESIDENT = {
    "household_no": "000000000000001",
    "relationship": "世帯主",
    "number_id": 11,
    "name": "山田　花子",
    "kana": "ヤマダ　ハナコ",
    "born_on": date(1985, 4, 1),
    "sex": "female",
    "postcode": "980-0000",
    "address": "仙台市青葉区国分町１－２－３",
    "ward_code": "041017",
    "public_assistance": False,
    "protected_address": False,
    "file_no": 1,
    "record_no": 1,
}
REPORT = {
    "payer_number_id": None,
    "payer_corporate_number": None,
    "payer_name": "株式会社青葉",
    "payer_address": "仙台市青葉区本町１－１",
    "payer_designated_no": "A1",
    "employee_no": "0001",
    "paid_yen": 5_000_000,
    "has_spouse": False,
    "spouse_elderly": False,
    "spouse_total_income_yen": None,
    "housing_moved_in_on": None,
    "housing_loan_kind": None,
    "self_disability": "none",
    "employment_change": "none",
    "employment_changed_on": None,
    "previous_payer_name": None,
    "ordinary_reason": None,
    "remarks": "",
}
PENSION_REPORT = {
    "payer_number_id": None,
    "payer_corporate_number": "7000012010029",
    "payer_name": "年金の支払者",
    "payer_address": "東京都千代田区霞が関１－１",
    "payer_designated_no": None,
    "payee_no": "0001",
    "paid_yen": 1_800_000,
    "self_disability": "none",
    "remarks": "",
}
CHANGE = {
    "submitted_on": RETURNED_ON,
    "payer_name": "株式会社青葉",
    "payer_address": "仙台市青葉区本町１－１",
    "payer_designated_no": "A1",
    "changed_on": date(2026, 3, 31),
    "change_reason": "left",
    "collection_after": "ordinary",
}
RETURN = {
    "channel": "electronic",
    "receipt_no": "20260310",
    "self_disability": "none",
    "spouse_total_income_yen": None,
    "spouse_born_on": None,
    "housing_moved_in_on": None,
    "income_tax_taxable_yen": None,
}


@dataclass
class Town:
    """The ledger of a small town; every method appends facts as the earlier stages would."""

    session: LedgerSession
    priority: tuple[str, ...] = PRIORITY

    def append(self, table: str, known_on: date, **values: Any) -> None:
        with self.session.transaction(stage="intake", known_on=known_on) as transaction:
            transaction.append_row(table, **values)

    def resident(self, taxpayer_no: str = HANAKO, known_on: date = RECEIVED_ON, **person: Any) -> None:
        values = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "revision": 1} | RESIDENT | person
        self.append("resident", known_on, **values)

    def report(
        self, kind: str = "new", *, of: str | None = HANAKO, received_on: date = RECEIVED_ON, **items: Any
    ) -> int:
        """A wage report of a person; `of=None` leaves it unmatched. Items that are not given are blank."""
        return self._document(
            "wage_report", items.get("paid_yen", REPORT["paid_yen"]), REPORT | items, kind, of, received_on
        )

    def pension_report(
        self, kind: str = "new", *, of: str | None = HANAKO, received_on: date = RECEIVED_ON, **items: Any
    ) -> int:
        """A pension report of a person. Items that are not given are blank."""
        values = PENSION_REPORT | items
        return self._document("pension_report", values["paid_yen"], values, kind, of, received_on)

    def tax_return(
        self, return_kind: str = "final", *, submitted: str = "new", received_on: date = RETURNED_ON, **items: Any
    ) -> int:
        """A return of Hanako, filed on the day on which it is received. Items that are not given are blank."""
        kind = "resident_tax_return" if return_kind == "resident" else "income_tax_return"
        values = RETURN | {"return_kind": return_kind, "filed_on": received_on} | items
        income_yen = values.get("total_income_yen", 0)
        return self._document(kind, income_yen, values, submitted, HANAKO, received_on, table="tax_return")

    def one_stop_notice(
        self,
        donated_yen: int = 30_000,
        sender_municipality: str = "131032",
        *,
        of: str | None = HANAKO,
        kind: str = "new",
        reference_no: str = "1",
    ) -> int:
        """What another municipality tells of a donation."""
        values = {
            "sender_municipality": sender_municipality,
            "sender_name": "寄附先の市",
            "reference_no": reference_no,
            "donation_year": FISCAL_YEAR - 1,
            "donated_yen": donated_yen,
        }
        return self._document("one_stop_notice", donated_yen, values, kind, of, RECEIVED_ON)

    def employee_change(self, kind: str = "new", *, received_on: date = RETURNED_ON, **items: Any) -> int:
        """What the payer of `report` tells of Hanako's leaving on 31 March."""
        values = CHANGE | items
        return self._document("employee_change", 0, values, kind, HANAKO, received_on)

    def pension_target(self) -> int:
        """The pension payers' list has Hanako."""
        values = {"payer_code": "999", "basic_pension_no": "1", "made_on": RETURNED_ON, "target_kind": "new"}
        return self._document("pension_target", 0, values, "new", HANAKO, RETURNED_ON)

    def _document(
        self,
        document_kind: str,
        amount_yen: int,
        given: dict[str, Any],
        kind: str,
        of: str | None,
        received_on: date,
        *,
        table: str = "",
    ) -> int:
        """A document and its contents, linked. What is not given and may not be empty is nought or no."""
        table = table or document_kind
        nought = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False}
        columns = self.ask(
            f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}' AND NOT is_nullable"
        )
        blank = {name: nought[kind] for name, kind in columns if kind in nought}
        document_no = self.document(document_kind, amount_yen, of=of, submission_kind=kind, received_on=received_on)
        values = blank | given | {"document_no": document_no}
        rows = {name: value for name, value in values.items() if name not in ("known_on", "commit_no")}
        self.append(table, received_on, **rows)
        return document_no

    def document(
        self,
        kind: str,
        amount_yen: int,
        *,
        of: str | None = HANAKO,
        submission_kind: str = "new",
        received_on: date = RECEIVED_ON,
    ) -> int:
        """A document without its contents, linked to `of`."""
        document_no = self.session.next_no("document", "document_no")
        self.append(
            "document",
            received_on,
            document_no=document_no,
            document_kind=kind,
            fiscal_year=FISCAL_YEAR,
            file_no=1,
            record_no=document_no,
            content_digest=f"{document_no}",
            submission_kind=submission_kind,
            number_id=11,
            name="山田　花子",
            kana="ﾔﾏﾀﾞ ﾊﾅｺ",
            born_on=date(1985, 4, 1),
            address="仙台市青葉区国分町１－２－３",
            amount_yen=amount_yen,
        )
        if of is not None:
            self.link(document_no, of, known_on=received_on)
        return document_no

    def link(self, document_no: int, taxpayer_no: str | None, version: int = 1, known_on: date = RECEIVED_ON) -> None:
        self.append(
            "document_link",
            known_on,
            document_no=document_no,
            link_version=version,
            taxpayer_no=taxpayer_no,
            rule="decision",
            decision_no=None,
        )

    def spouse_in(self, document_no: int, number_id: int | None, of: str | None = None) -> None:
        """The spouse whom a wage report names, whom matching found to be `of`."""
        self.found(document_no, "spouse", 1, of)
        self.append(
            "wage_report_relative",
            RECEIVED_ON,
            document_no=document_no,
            relative_no=1,
            role="spouse",
            name="山田　太郎",
            kana="ﾔﾏﾀﾞ ﾀﾛｳ",
            residence_code="00",
            number_id=number_id,
        )

    def found(
        self, document_no: int, role: str, relative_no: int, of: str | None, known_on: date = RECEIVED_ON
    ) -> None:
        """What matching found a named relative to be; None: nobody of the register."""
        self.append(
            "relative_link",
            known_on,
            document_no=document_no,
            role=role,
            relative_no=relative_no,
            relative_link_version=1,
            taxpayer_no=of,
            rule=of and "number_and_attributes",
            reason=None if of else "no_candidate",
        )

    def relative_in_return(
        self, document_no: int, number_id: int | None, role: str = "spouse", of: str | None = None
    ) -> None:
        """A relative whom a return names, whom matching found to be `of`."""
        self.found(document_no, role, 1, of)
        self.append(
            "tax_return_relative",
            RETURNED_ON,
            document_no=document_no,
            role=role,
            relative_no=1,
            name="山田　太郎",
            relationship="",
            born_on=None,
            number_id=number_id,
            residence_code="",
            disability="none",
            living_apart=False,
            under_16=False,
            adjustment_only=False,
        )

    def consolidate(self, as_of: date = date(2026, 5, 1)) -> StageReport:
        return consolidate(self.session, FISCAL_YEAR, as_of, self.priority)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.session.con.execute(sql).fetchall()

    def base(self, taxpayer_no: str = HANAKO) -> dict[str, Any]:
        """The newest base of a taxpayer after a run, by column."""
        self.consolidate()
        cursor = self.session.con.execute(
            "SELECT * FROM tax_base WHERE taxpayer_no = ? ORDER BY tax_base_version DESC LIMIT 1", [taxpayer_no]
        )
        names = [column[0] for column in cursor.description or ()]
        row = cursor.fetchone()
        assert row is not None, "no base"
        return dict(zip(names, row, strict=True))


@contextmanager
def new_town() -> Iterator[Town]:
    """A ledger in memory with Hanako in it."""
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    town = Town(LedgerSession(con, RunIdentity()))
    town.resident()
    yield town
    con.close()


@pytest.fixture
def town() -> Iterator[Town]:
    with new_town() as town:
        yield town
