"""A town of 400 taxpayers as the earlier stages would have left it in the ledger, and its published file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.analysis import run
from pipelines.city import CityHome, load_city
from pipelines.ledger import LedgerSession, StageContext, open_ledger
from pipelines.vault import KeyRing

CITY = "041009"
FISCAL_YEAR = 2026
RECEIVED_ON = date(2026, 1, 20)
AS_OF = date(2026, 5, 28)
PEOPLE = 400
WARDS = ("041017", "041017", "041017", "041025", "041025", "041033", "041041", "041050")
# The one whose income everybody has read of.
RICHEST = 7
RICHEST_PAID_YEN = 987_654_321


def blank(session: LedgerSession, table: str) -> dict[str, Any]:
    """A row of zeros, empty texts and noes."""
    of_kind: dict[str, Any] = {"VARCHAR": "", "BOOLEAN": False, "DATE": RECEIVED_ON, "BIGINT[]": []}
    columns = session.con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'ledger' AND table_name = ? "
        "AND column_name NOT IN ('known_on', 'commit_no') ORDER BY column_index",
        [table],
    ).fetchall()
    return {name: of_kind.get(kind, 0) for name, kind in columns}


def append(session: LedgerSession, table: str, rows: list[dict[str, Any]], known_on: date = RECEIVED_ON) -> None:
    empty = blank(session, table)
    session.con.register("given", pa.Table.from_pylist([empty | row for row in rows]))
    with session.register.step(table) as step:
        step.rows_in = len(rows)
    with session.transaction(stage="test", known_on=known_on) as transaction:
        transaction.append(table, "SELECT * FROM given")
    session.con.unregister("given")


def person(number: int) -> dict[str, Any]:
    """What identifies a person: must not be found in what is published."""
    return {
        "fiscal_year": FISCAL_YEAR,
        "taxpayer_no": f"{410_090_000_000_000 + number * 7919:015d}",
        "revision": 1,
        "household_no": f"{770_000_000_000_000 + number:015d}",
        "relationship": "世帯主",
        "number_id": 5_000_000_000_000 + number,
        "name": f"仙台　第{number}子",
        "kana": f"センダイ　ダイ{number}コ",
        "born_on": date(1940 + number * 37 % 68, 1 + number % 12, 1 + number % 28),
        "sex": "female" if number % 2 else "male",
        "postcode": f"980-{number:04d}",
        "address": f"仙台市青葉区架空町{number}番地",
        "ward_code": WARDS[number % len(WARDS)],
    }


def tax_base(number: int) -> dict[str, Any]:
    somebody = person(number)
    kept = {name: somebody[name] for name in ("fiscal_year", "taxpayer_no", "born_on", "sex", "ward_code")}
    return kept | {
        "tax_base_version": 1,
        "document_nos": [number + 1],
        "employment_payer_count": 6 if number == 3 else 1 + number % 2,
        "housing_moved_in_on": None,
    }


def assessment(number: int, version: int = 1, paid: int | None = None) -> dict[str, Any]:
    base = tax_base(number)
    if paid is None:
        paid = RICHEST_PAID_YEN if number == RICHEST else (number * 13_579) % 9_000_000
    income = paid * 7 // 10
    levy = max(income - 430_000, 0) // 1000 * 100
    withheld = number % 4 != 0
    return {name: base[name] for name in ("fiscal_year", "taxpayer_no", "ward_code", "tax_base_version")} | {
        "version": version,
        "replaces_version": version - 1 or None,
        "reason": "initial",
        "employment_paid_yen": paid,
        "employment_income_yen": income,
        "total_income_yen": income,
        "deductions_yen": 430_000,
        "taxable_income_yen": levy * 10,
        "city_income_levy_yen": levy * 8 // 10,
        "prefecture_income_levy_yen": levy * 2 // 10,
        "city_tax_yen": levy * 8 // 10 + (3_000 if levy else 0),
        "prefecture_tax_yen": levy * 2 // 10 + (2_200 if levy else 0),
        "forest_environment_tax_yen": 1_000 if levy else 0,
        "annual_tax_yen": levy + (6_200 if levy else 0),
        "income_levy_exempt": not levy,
        "collection_method": "employment" if withheld else "ordinary",
        "payer_designated_no": f"93{number % 9:07d}" if withheld else None,
        "payer_document_no": number + 1 if withheld else None,
    }


def document(number: int) -> dict[str, Any]:
    somebody = person(number)
    return {name: somebody[name] for name in ("fiscal_year", "number_id", "name", "kana", "born_on", "address")} | {
        "document_no": number + 1,
        "document_kind": "wage_report",
        "file_no": 1,
        "record_no": number + 1,
        "submission_kind": "new",
    }


def wage_report(number: int) -> dict[str, Any]:
    return {
        "document_no": number + 1,
        "payer_number_id": None,
        "payer_corporate_number": f"70000010{number % 9:05d}",
        "payer_name": f"株式会社架空商店{number % 9}",
        "payer_address": f"仙台市宮城野区架空通{number % 9}",
        "payer_designated_no": f"93{number % 9:07d}",
        "employee_no": f"社員{number:05d}",
        "remarks": f"摘要{number}",
    }


def source_file(number: int) -> dict[str, Any]:
    return {
        "file_no": number,
        "source": "wage_report",
        "sender": "株式会社架空商店1",
        "batch": "令和7年分",
        "received_on": RECEIVED_ON,
        "file_name": f"架空商店{number}.csv",
        "verdict": "loaded",
        "read_count": 12,
        "accepted_count": 10,
        "quarantined_count": 1,
        "duplicate_count": 1,
    }


def write_town(home: CityHome, keyring: KeyRing) -> None:
    everybody = range(PEOPLE)
    with open_ledger(home, keyring, holder="test") as session:
        session.pin(FISCAL_YEAR, RECEIVED_ON)
        append(session, "source_file", [source_file(1), source_file(2)])
        append(session, "resident", [person(number) for number in everybody])
        append(session, "document", [document(number) for number in everybody])
        append(session, "wage_report", [wage_report(number) for number in everybody])
        append(session, "tax_base", [tax_base(number) for number in everybody])
        append(session, "assessment", [assessment(number) for number in everybody])


def correct(ctx: StageContext, number: int = 5) -> None:
    """Correct one assessment: the second version is in force."""
    with open_ledger(ctx.home, ctx.keyring, holder="test") as session:
        session.pin(FISCAL_YEAR, AS_OF)
        append(session, "assessment", [assessment(number, version=2, paid=4_000_000)], known_on=AS_OF)


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger, its keys and the published file, made once; tests that change anything take a copy."""
    folder = tmp_path_factory.mktemp("analysed")
    home = CityHome(CITY, folder / "data")
    home.make()
    keyring = KeyRing.open(folder / "keys")
    keyring.create_missing(fiscal_years=[FISCAL_YEAR])
    write_town(home, keyring)
    run(context(folder))
    return folder


def context(folder: Path, as_of: date = AS_OF) -> StageContext:
    home = CityHome(CITY, folder / "data")
    return StageContext(load_city(CITY), home, KeyRing.open(folder / "keys"), FISCAL_YEAR, as_of)


@pytest.fixture(scope="session")
def published(town_folder: Path) -> Path:
    return context(town_folder).home.published / "analysis.duckdb"


@pytest.fixture
def con(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(published, read_only=True) as con:
        yield con
