"""A ledger in memory and a small register of 1 January, to which the tests add documents and decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.city import load_city
from pipelines.ledger import LedgerSession, RunIdentity, StageReport, migrations
from pipelines.matching.match import match

FISCAL_YEAR = 2026
RECEIVED_ON = date(2026, 1, 20)

HANAKO = "000000000000101"
TARO = "000000000000102"
REGISTER = {
    HANAKO: {
        "number_id": 11,
        "name": "山田　花子",
        "kana": "ヤマダ　ハナコ",
        "born_on": date(1985, 4, 1),
        "sex": "female",
        "address": "仙台市青葉区国分町１－２－３",
    },
    TARO: {
        "number_id": 12,
        "name": "佐藤　太郎",
        "kana": "サトウ　タロウ",
        "born_on": date(1979, 12, 31),
        "sex": "male",
        "address": "仙台市泉区将監９－１",
    },
}
# What Hanako's employer writes of her: half-width kana, as item 137 asks.
OF_HANAKO = {
    "number_id": 11,
    "name": "山田　花子",
    "kana": "ﾔﾏﾀﾞ ﾊﾅｺ",
    "born_on": date(1985, 4, 1),
    "address": "仙台市青葉区国分町１－２－３",
}


@dataclass
class Town:
    """The ledger of a small town; every method appends facts as intake would."""

    session: LedgerSession

    def resident(self, taxpayer_no: str, revision: int = 1, known_on: date = RECEIVED_ON, **person: Any) -> None:
        values = {
            "household_no": "000000000000001",
            "relationship": "世帯主",
            "postcode": "980-0000",
            "ward_code": "041017",
            "public_assistance": False,
            "protected_address": False,
            "file_no": 1,
            "record_no": 1,
            "fiscal_year": FISCAL_YEAR,
        } | person
        with self.session.transaction(stage="intake", known_on=known_on) as transaction:
            transaction.append_row("resident", taxpayer_no=taxpayer_no, revision=revision, **values)

    def document(self, known_on: date = RECEIVED_ON, **written: Any) -> int:
        document_no = self.session.next_no("document", "document_no")
        values = OF_HANAKO | {"document_kind": "wage_report", "submission_kind": "new"} | written
        with self.session.transaction(stage="intake", known_on=known_on) as transaction:
            transaction.append_row(
                "document",
                document_no=document_no,
                fiscal_year=FISCAL_YEAR,
                file_no=1,
                record_no=document_no,
                content_digest=f"{document_no}",
                amount_yen=1,
                **values,
            )
        return document_no

    def decide(self, subject: object, verdict: str, decided_on: date = date(2026, 2, 1), kind: str = "link") -> int:
        decision_no = self.session.next_no("decision", "decision_no")
        with self.session.transaction(stage="decisions", known_on=decided_on) as transaction:
            transaction.append_row(
                "decision",
                decision_no=decision_no,
                decision_kind=kind,
                subject=str(subject),
                verdict=verdict,
                detail="",
                reason="確認済み",
                officer="tanaka",
                channel="file",
                decided_on=decided_on,
                file_no=None,
                signature="-",
            )
        return decision_no

    def match(self, as_of: date = date(2026, 3, 1)) -> StageReport:
        return match(self.session, load_city("041009"), FISCAL_YEAR, as_of)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.session.con.execute(sql).fetchall()

    def links(self) -> dict[int, tuple[str, str]]:
        """What holds after a run: document → (taxpayer, rule)."""
        self.session.pin(FISCAL_YEAR, date(2026, 12, 31))
        rows = self.ask("SELECT document_no, taxpayer_no, rule FROM current_document_link ORDER BY document_no")
        return {document_no: (taxpayer_no, rule) for document_no, taxpayer_no, rule in rows}

    def reasons(self) -> dict[int, tuple[str, list[str]]]:
        """What is not linked after a run: document → (reason, candidates)."""
        self.session.pin(FISCAL_YEAR, date(2026, 12, 31))
        rows = self.ask("SELECT document_no, reason, candidates FROM current_review_item ORDER BY document_no")
        return {document_no: (reason, candidates) for document_no, reason, candidates in rows}


@pytest.fixture
def town() -> Iterator[Town]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    town = Town(LedgerSession(con, RunIdentity()))
    for taxpayer_no, person in REGISTER.items():
        town.resident(taxpayer_no, **person)
    yield town
    con.close()
