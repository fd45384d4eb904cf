"""A ledger with hand-made assessments, employers and insured households, and what its contracts would send."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.city import City, CityHome, load_city
from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder
from pipelines.extracts import CONTRACTS, build_transfer
from pipelines.ledger import LedgerSession, open_ledger
from pipelines.run.preparation import PEOPLE, keep_figures
from pipelines.vault import KeyRing, open_sealed

FISCAL_YEAR = 2026
REGISTERED_ON = date(2026, 1, 5)
DECIDED_ON = date(2026, 5, 8)
HANAKO, TARO, JIRO = (f"{number:015d}" for number in (101, 102, 103))
INSURANCE = "national_health_insurance"
BLANK: dict[str, object] = {"BIGINT": 0, "INTEGER": 0, "VARCHAR": "", "BOOLEAN": False, "BIGINT[]": []}

RESIDENT = {"name": "山田　花子", "address": "仙台市青葉区国分町１－２－３", "born_on": date(1985, 4, 1)}
# 146,000 + 3,000 + 36,500 + 2,200 + 1,000 = 188,700 = 47,700 + 3 x 47,000 = 16,000 + 11 x 15,700.
FIGURES: dict[str, Any] = {
    "reason": "initial",
    "employment_paid_yen": 4_500_000,
    "employment_income_yen": 3_160_000,
    "total_income_yen": 3_160_000,
    "gross_income_etc_yen": 3_160_000,
    "basic_deduction_yen": 430_000,
    "taxable_income_yen": 1_850_000,
    "city_income_levy_yen": 146_000,
    "prefecture_income_levy_yen": 36_500,
    "city_per_capita_yen": 3_000,
    "prefecture_per_capita_yen": 2_200,
    "city_tax_yen": 149_000,
    "prefecture_tax_yen": 38_700,
    "forest_environment_tax_yen": 1_000,
    "annual_tax_yen": 188_700,
}
BY_BILL: dict[str, Any] = {
    "collection_method": "ordinary",
    "ordinary_instalments_yen": [47_700, 47_000, 47_000, 47_000],
}
FROM_WAGES: dict[str, Any] = {
    "collection_method": "employment",
    "withholding_instalments_yen": [16_000, *[15_700] * 11],
}
NOTHING_OWED: dict[str, Any] = {
    name: 0 for name in FIGURES if name.startswith(("city_", "prefecture_", "forest_", "annual_"))
}


@dataclass
class Books:
    """The ledger as the stages before would leave it; every method appends facts."""

    session: LedgerSession
    city: City
    keyring: KeyRing
    folder: Path

    def resident(self, taxpayer_no: str = HANAKO, **person: Any) -> None:
        key = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "revision": 1}
        self._append("resident", REGISTERED_ON, key | RESIDENT | person)

    def employed(self, document_no: int, **payer: Any) -> int:
        """A wage report of which only the payer matters here; its number."""
        values = {"document_no": document_no, "payer_name": "株式会社青葉", "employee_no": "0001"}
        self._append("wage_report", REGISTERED_ON, values | payer)
        return document_no

    def known_as(
        self, designated_no: str, name: str, *, version: int = 1, on: date = REGISTERED_ON, delivery: str = "electronic"
    ) -> None:
        """A version of an employer in the master, which by default gets its notices electronically."""
        key = {"designated_no": designated_no, "employer_version": version, "valid_from": on}
        self._append(
            "employer", on, key | {"name": name, "address": "仙台市青葉区本町１－１", "notice_delivery": delivery}
        )

    def assessed(self, taxpayer_no: str = HANAKO, *, version: int = 1, on: date = DECIDED_ON, **figures: Any) -> None:
        key = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "version": version, "decided_on": on}
        self._append("assessment", on, FIGURES | {"ward_code": "041017"} | key | (figures or BY_BILL))

    def house_levied(
        self, taxpayer_no: str, ward_code: str, version: int, city_yen: int, prefecture_yen: int, on: date = DECIDED_ON
    ) -> None:
        """What is levied for a house in a ward, due at once."""
        key = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "ward_code": ward_code, "decided_on": on}
        shares = {"city_per_capita_yen": city_yen, "prefecture_per_capita_yen": prefecture_yen}
        total = city_yen + prefecture_yen
        due = {"annual_tax_yen": total, "ordinary_instalments_yen": [total, 0, 0, 0], "house_levy_version": version}
        self._append("house_levy", on, key | shares | due)

    def reduced(self, taxpayer_no: str = HANAKO, *, on: date = DECIDED_ON) -> None:
        """減免 of 87,500 yen: 70,000 of the city (1,400 of it per capita) and 17,500 of the prefecture (1,000)."""
        key = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "ward_code": "041017", "decision_ref": "R1"}
        key |= {"decided_on": on}
        versions = {"reduction_version": 1, "assessment_version": 1, "reduction_yen": 87_500}
        shares = {"city_reduction_yen": 70_000, "prefecture_reduction_yen": 17_500}
        per_capita = {"city_per_capita_reduction_yen": 1_400, "prefecture_per_capita_reduction_yen": 1_000}
        instalments = {"instalment_reductions_yen": [0, 29_500, 29_000, 29_000]}
        self._append("levy_reduction", on, key | versions | shares | per_capita | instalments)

    def changed(
        self, taxpayer_no: str, instalment_no: int, earlier_yen: int, later_yen: int, *, on: date, kind: str
    ) -> None:
        """What version 2 changed of a bill."""
        key = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "ward_code": "041017", "version": 2}
        change = {
            "collection_way": "ordinary",
            "instalment_no": instalment_no,
            "levy_year": FISCAL_YEAR,
            "change_kind": kind,
        }
        self._append("levy_change", on, key | change | {"earlier_yen": earlier_yen, "later_yen": later_yen})

    def insured(self, taxpayer_no: str = HANAKO, *, list_no: int = 1, on: date = REGISTERED_ON, **since: Any) -> None:
        key = {"recipient": INSURANCE, "taxpayer_no": taxpayer_no, "file_no": list_no}
        self._append("membership", on, {"role": "insured", "joined_on": date(2020, 4, 1)} | key | since)

    def listed(
        self, recipient: str, taxpayer_no: str, *, list_no: int = 1, on: date = REGISTERED_ON, **since: Any
    ) -> None:
        """A line of a recipient's list of people."""
        key = {"recipient": recipient, "taxpayer_no": taxpayer_no, "file_no": list_no}
        self._append("membership", on, {"role": "subject", "joined_on": date(2020, 4, 1)} | key | since)

    def numbered(self, taxpayer_no: str, unified_no: str, *, on: date = REGISTERED_ON, kind: str = "new") -> None:
        """An answer of the 統合宛名 system."""
        record_no = self.session.next_no("unified_number", "record_no")
        key = {"taxpayer_no": taxpayer_no, "unified_no": unified_no, "submission_kind": kind, "assigned_on": on}
        self._append("unified_number", on, key | {"record_no": record_no})

    def municipality(self, code: str, **office: Any) -> None:
        """An entry of the directory of municipalities."""
        record_no = self.session.next_no("municipality", "record_no")
        key = {"municipality_code": code, "from_on": date(2020, 4, 1), "submission_kind": "new", "record_no": record_no}
        named = {
            "municipality_name": f"市{code}",
            "office_name": "市民税課",
            "postcode": "060-8611",
            "address": "北１条",
        }
        self._append("municipality", REGISTERED_ON, key | named | office)

    def decided(self, kind: str, subject: str, verdict: str, *, on: date = REGISTERED_ON, detail: str = "") -> int:
        """A decision of an officer; its number."""
        decision_no = self.session.next_no("decision", "decision_no")
        key = {"decision_no": decision_no, "decision_kind": kind, "subject": subject, "verdict": verdict}
        self._append("decision", on, key | {"detail": detail, "decided_on": on, "officer": "sato"})
        return decision_no

    def sent(self, payload: Payload, release_no: int = 1, on: date = DECIDED_ON) -> None:
        """What the ledger knows of a payload that left."""
        key = {"release_no": release_no, "contract": payload.contract.id, "payload_digest": payload.digest}
        self._append("release", on, key | {"fiscal_year": FISCAL_YEAR, "as_of": on})
        files = ", ".join(f'{{"name": "{file.name}", "sha256": "{file.sha256}"}}' for file in payload.files)
        self._append("outbox_intent", on, key | {"intent_no": release_no, "files": f'{{"files": [{files}]}}'})
        if payload.told:
            told = pq.read_table(io.BytesIO(self.content(payload.told))).to_pylist()
            for row in told:
                self._append(
                    "told_person",
                    on,
                    row
                    | {"release_no": release_no, "contract": payload.contract.id, "fiscal_year": payload.fiscal_year},
                )
        for row in payload.entries.get("employer_notice", []):
            self._append("employer_notice", on, row | {"release_no": release_no})

    def noticed(self, row: dict[str, Any], on: date = DECIDED_ON) -> None:
        """A row of the register of notices."""
        self._append("notice", on, row | {"release_no": 1})

    def payload(self, contract: str, as_of: date = DECIDED_ON, city: str | None = None) -> Payload:
        """What the contract would send as of a day."""
        pin = self.session.pin(FISCAL_YEAR, as_of)
        place = SealedFolder(self.folder, self.keyring, f"data-{FISCAL_YEAR}")
        where = self.city if city is None else load_city(city)
        loaded = load_contract(contract, city_code=where.code)
        if loaded.population.query in PEOPLE:
            keep_figures(self.session, where, FISCAL_YEAR, as_of, [loaded])
        build = CONTRACTS.get(contract, build_transfer)
        return build(self.session, pin, where, FISCAL_YEAR, loaded, staging=place)

    def content(self, file: PayloadFile) -> bytes:
        return open_sealed(file.path, keyring=self.keyring)

    def rows(self, file: PayloadFile) -> list[dict[str, str]]:
        """The lines of a CSV file, by column."""
        return list(csv.DictReader(io.StringIO(self.content(file).decode("utf-8"))))

    def _append(self, table: str, known_on: date, values: dict[str, Any]) -> None:
        with self.session.transaction(stage="test", known_on=known_on) as transaction:
            transaction.append_row(table, **(self._blank(table) | values))

    def _blank(self, table: str) -> dict[str, object]:
        columns = self.session.con.execute(
            "SELECT column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = 'ledger' AND table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
        return {
            name: None if nullable else BLANK.get(kind)
            for name, kind, nullable in columns
            if name not in ("known_on", "commit_no")
        }


@pytest.fixture
def books(home: CityHome, keyring: KeyRing, sendai: City, tmp_path: Path) -> Iterator[Books]:
    with open_ledger(home, keyring, holder="test") as session:
        yield Books(session, sendai, keyring, tmp_path / "made")
