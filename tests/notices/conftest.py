"""A ledger with hand-made residents and assessments, and the notices that are due from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from pipelines.city import City, load_city
from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload, SealedFolder
from pipelines.ledger import LedgerSession, RunIdentity, migrations
from pipelines.notices import CONTRACTS
from pipelines.paths import SCHEMAS
from pipelines.vault import KeyRing, open_sealed

CONTRACT = "taxpayer-ordinary_collection_notice"
FISCAL_YEAR = 2026
HANAKO = "000000000000101"
DECIDED_ON = date(2026, 5, 28)

RESIDENT = {
    "household_no": "000000000000001",
    "relationship": "世帯主",
    "number_id": 987_654_321,
    "name": "山田　花子",
    "kana": "ヤマダ　ハナコ",
    "born_on": date(1985, 4, 1),
    "sex": "female",
    "postcode": "980-0000",
    "address": "仙台市青葉区国分町１－２－３　青葉ハイツ４０５号",
    "ward_code": "041017",
    "public_assistance": False,
    "protected_address": False,
    "file_no": 1,
    "record_no": 1,
}
# Pay of 4,400,000, income 3,080,000; spouse and one child of 17: 3,080,000 - 1,763,845 = 1,316,155 -> 1,316,000.
# City: 8 % = 105,280 - 6,000 = 99,280 -> 99,200; prefecture: 2 % = 26,320 - 1,500 = 24,820 -> 24,800.
# 99,200 + 3,000 + 24,800 + 2,200 + 1,000 = 130,200 = 34,200 + 3 x 32,000.
FIGURES: dict[str, Any] = {
    "employment_paid_yen": 4_400_000,
    "employment_income_yen": 3_080_000,
    "gross_income_yen": 3_080_000,
    "social_insurance_deduction_yen": 612_345,
    "life_insurance_deduction_yen": 56_000,
    "earthquake_insurance_deduction_yen": 5_500,
    "spouse_deduction_yen": 330_000,
    "dependant_deduction_yen": 330_000,
    "basic_deduction_yen": 430_000,
    "deductions_yen": 1_763_845,
    "taxable_income_yen": 1_316_000,
    "city_income_levy_before_credits_yen": 105_280,
    "prefecture_income_levy_before_credits_yen": 26_320,
    "city_adjustment_credit_yen": 6_000,
    "prefecture_adjustment_credit_yen": 1_500,
    "city_income_levy_yen": 99_200,
    "prefecture_income_levy_yen": 24_800,
    "city_per_capita_yen": 3_000,
    "prefecture_per_capita_yen": 2_200,
    "city_tax_yen": 102_200,
    "prefecture_tax_yen": 27_000,
    "forest_environment_tax_yen": 1_000,
    "annual_tax_yen": 130_200,
    "ordinary_instalments_yen": [34_200, 32_000, 32_000, 32_000],
}
# The child's deduction gone: 1,646,000 taxed, 131,680 - 4,000 and 32,920 - 1,000 -> 127,600 and 31,900.
CORRECTED_ON = date(2026, 7, 10)
MORE: dict[str, Any] = {
    "dependant_deduction_yen": 0,
    "deductions_yen": 1_433_845,
    "taxable_income_yen": 1_646_000,
    "city_income_levy_before_credits_yen": 131_680,
    "prefecture_income_levy_before_credits_yen": 32_920,
    "city_adjustment_credit_yen": 4_000,
    "prefecture_adjustment_credit_yen": 1_000,
    "city_income_levy_yen": 127_600,
    "prefecture_income_levy_yen": 31_900,
    "city_tax_yen": 130_600,
    "prefecture_tax_yen": 34_100,
    "annual_tax_yen": 165_700,
    "ordinary_instalments_yen": [42_700, 41_000, 41_000, 41_000],
}
# Not zero in any line of the statement, which no taxpayer is; tax withheld from a pension beside the bill.
LINES = yaml.safe_load((SCHEMAS / "notices" / "statement.yaml").read_text(encoding="utf-8"))
EVERY: dict[str, Any] = {
    **{line["column"]: 12_345_000 for name in ("incomes", "deductions", "bases") for line in LINES[name]},
    **{
        f"{share}_{line['column']}": 12_300
        for line in LINES["credits"]
        if line["column"] != "cut_off_yen"
        for share in ("city", "prefecture")
    },
    "withheld_levy_refund_yen": 1_234,
    "pension_provisional_yen": [10_000, 10_000, 10_000],
    "pension_final_yen": [11_000, 10_000, 10_000],
    "annual_tax_yen": 191_200,
    "collection_method": "ordinary pension",
}
OTHERS: dict[str, Any] = {
    "ward_code": "041017",
    "replaces_version": None,
    "reason": "initial",
    "tax_base_version": 1,
    "pinned_commit_no": 1,
    "parameter_digest": "p",
    "per_capita_exempt": False,
    "income_levy_exempt": False,
    "forest_environment_tax_exempt": False,
    "collection_method": "ordinary",
    "payer_designated_no": None,
    "payer_document_no": None,
    "withholding_instalments_yen": [],
    "pension_provisional_yen": [],
    "pension_final_yen": [],
}

DECISION: dict[str, Any] = {
    "file_no": 5,
    "content_digest": "d",
    "submission_kind": "new",
    "decision_ref": "R08-12",
    "fiscal_year": FISCAL_YEAR,
    "taxpayer_no": HANAKO,
    "ward_code": "041017",
    "reduction_reason": "assistance",
    "applied_on": date(2026, 7, 3),
    "decided_on": date(2026, 7, 9),
    "from_period": 2,
    "part_numerator": 1,
    "part_denominator": 1,
    "reduced_yen": 0,
    "forest_reason": None,
}
ACCOUNT: dict[str, Any] = {
    "file_no": 6,
    "content_digest": "d",
    "taxpayer_no": HANAKO,
    "tax_item": "resident_tax",
    "submission_kind": "new",
    "from_on": date(2026, 7, 1),
    "to_on": None,
    "bank_name": "見本銀行",
    "branch_name": "本店営業部",
    "deposit_kind": "ordinary",
    "masked_account": "***1234",
}


@dataclass
class Books:
    """The ledger as the stages before would leave it."""

    session: LedgerSession
    city: City
    staging: SealedFolder

    def append(self, table: str, known_on: date, **values: Any) -> None:
        with self.session.transaction(stage="test", known_on=known_on) as transaction:
            transaction.append_row(table, **values)

    def resident(self, taxpayer_no: str = HANAKO, **person: Any) -> None:
        values = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "revision": 1} | RESIDENT | person
        self.append("resident", date(2026, 1, 5), **values)

    def assessed(self, taxpayer_no: str = HANAKO, version: int = 1, on: date = DECIDED_ON, **figures: Any) -> None:
        columns = self.session.con.execute("SELECT column_name FROM (DESCRIBE ledger.assessment)").fetchall()
        zeros = {name: 0 for (name,) in columns if name.endswith("_yen")}
        identity = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": taxpayer_no, "version": version, "decided_on": on}
        self.append("assessment", on, **(zeros | OTHERS | FIGURES | identity | figures))

    def reduced(
        self, instalments: list[int], version: int = 1, on: date = CORRECTED_ON, assessment_version: int = 1
    ) -> None:
        """A decision of 減免 with what it takes off, as the assessment leaves it; the shares of the taxes do not matter here."""
        if version == 1:
            self.append("reduction_decision", on, **DECISION, record_no=1)
        total = sum(instalments)
        self.append(
            "levy_reduction",
            on,
            fiscal_year=FISCAL_YEAR,
            taxpayer_no=HANAKO,
            ward_code="041017",
            decision_ref=DECISION["decision_ref"],
            reduction_version=version,
            assessment_version=assessment_version,
            city_reduction_yen=total - total // 5,
            prefecture_reduction_yen=total // 5,
            city_per_capita_reduction_yen=0,
            prefecture_per_capita_reduction_yen=0,
            forest_exemption_yen=0,
            reduction_yen=total,
            instalment_reductions_yen=instalments,
            decided_on=on,
        )

    def files(self, payload: Payload) -> list[bytes]:
        """The payload's files, unsealed."""
        return [open_sealed(file.path, keyring=self.staging.keyring) for file in payload.files]

    def told(self, payload: Payload) -> None:
        """What the release does when it leaves: the registers of notices and slips."""
        for table, rows in {"notice": payload.notices, **payload.entries}.items():
            for row in rows:
                self.append(table, DECIDED_ON, **row, release_no=1)

    def notices(self, as_of: date = DECIDED_ON, city: City | None = None) -> Payload:
        pin = self.session.pin(FISCAL_YEAR, as_of)
        contract = load_contract(CONTRACT)
        return CONTRACTS[CONTRACT](self.session, pin, city or self.city, FISCAL_YEAR, contract, staging=self.staging)


@contextmanager
def opened(folder: Path) -> Iterator[Books]:
    """Empty books: a ledger in memory, and a folder into which payloads are sealed."""
    keyring = KeyRing.open(folder / "keys")
    keyring.create_missing(fiscal_years=[FISCAL_YEAR])
    with duckdb.connect() as con:
        con.execute("ATTACH ':memory:' AS ledger; USE ledger")
        migrations.migrate(con)
        staging = SealedFolder(folder / "staging", keyring, f"data-{FISCAL_YEAR}")
        yield Books(LedgerSession(con, RunIdentity()), load_city("041009"), staging)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with opened(tmp_path) as books:
        yield books
