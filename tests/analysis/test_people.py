"""Nobody's name, address, number, birthday or employer is in the published file, and nobody stands alone in it."""

from pathlib import Path

import duckdb

from pipelines.analysis.pseudonym import pseudonyms
from pipelines.analysis.settings import settings
from pipelines.vault.keys import Key
from tests.analysis.conftest import PEOPLE, RICHEST, assessment, document, person, source_file, tax_base, wage_report

THRESHOLD = settings().threshold.value
IDENTIFYING = ("taxpayer_no", "household_no", "number_id", "name", "kana", "postcode", "address")
OF_EMPLOYERS = (
    "payer_corporate_number",
    "payer_name",
    "payer_address",
    "payer_designated_no",
    "employee_no",
    "remarks",
)
# Columns of the ledger that may be published under their own name, besides amounts.
HARMLESS = {
    "fiscal_year",
    "sex",
    "ward_code",
    "collection_method",
    "employment_payer_count",
    "per_capita_exempt",
    "income_levy_exempt",
    "forest_environment_tax_exempt",
}


def values(con: duckdb.DuckDBPyConnection, kinds: str) -> set[object]:
    """Everything that stands in the columns of these types, in tables and views."""
    columns = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND data_type LIKE ? ORDER BY ALL",
        [kinds],
    ).fetchall()
    found: set[object] = set()
    for table, column in columns:
        found |= {row[0] for row in con.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()}
    return found - {None}


def secrets_of_the_ledger() -> set[str]:
    secrets = {str(person(number)[name]) for number in range(PEOPLE) for name in IDENTIFYING}
    secrets |= {str(wage_report(number)[name]) for number in range(PEOPLE) for name in OF_EMPLOYERS}
    return secrets | {str(source_file(1)[name]) for name in ("sender", "file_name")}


def test_no_text_of_the_ledger_that_names_somebody_is_published(con: duckdb.DuckDBPyConnection) -> None:
    texts = "\n".join(sorted(str(text) for text in values(con, "VARCHAR")))
    secrets = secrets_of_the_ledger()
    assert len(secrets) > PEOPLE * 7
    assert [secret for secret in sorted(secrets) if secret in texts] == []


def test_no_number_of_the_ledger_that_names_somebody_is_published(con: duckdb.DuckDBPyConnection) -> None:
    numbers = {int(person(n)[name]) for n in range(PEOPLE) for name in ("number_id", "taxpayer_no", "household_no")}
    assert len(values(con, "%INT%")) > 100
    assert values(con, "%INT%") & numbers == set()


def test_no_birthday_is_published(con: duckdb.DuckDBPyConnection) -> None:
    birthdays = {person(number)["born_on"] for number in range(PEOPLE)}
    assert values(con, "DATE")
    assert values(con, "DATE") & birthdays == set()


def test_no_column_is_one_of_the_ledger_s_that_names_somebody(con: duckdb.DuckDBPyConnection) -> None:
    of_the_ledger = {name for row in (document, person, wage_report, tax_base, assessment) for name in row(0)}
    rows = con.execute("SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    shared = {column for (column,) in rows} & of_the_ledger
    assert {column for column in shared if not column.endswith("_yen")} <= HARMLESS
    assert {column for (column,) in rows if column.endswith(("_no", "_id"))} == {
        *("commit_no", "run_no", "step_no", "row_no", "column_no")
    }


def test_the_bytes_of_the_file_hold_no_name_and_no_number(published: Path) -> None:
    content = published.read_bytes()
    assert "仮名".encode() in content
    assert [n for n in range(PEOPLE) if str(person(n)["name"]).encode() in content] == []
    assert [n for n in range(PEOPLE) if str(person(n)["taxpayer_no"]).encode() in content] == []


def test_everybody_shares_ward_age_and_sex_with_enough_others(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT ward_code, age_band, sex, count(*) FROM taxpayer GROUP BY ALL ORDER BY ALL").fetchall()
    assert len(rows) > 5
    assert [row for row in rows if row[-1] < THRESHOLD] == []


def test_a_small_group_loses_its_sex_first_and_then_its_age(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT DISTINCT ward_code, age_band, sex FROM taxpayer ORDER BY ALL").fetchall()
    kept = {tuple(value != "秘匿" for value in row) for row in rows}
    assert {(True, True, True), (True, True, False), (True, False, False)} <= kept
    assert kept <= {(True, True, True), (True, True, False), (True, False, False), (False, False, False)}


def test_the_richest_is_one_of_several_with_the_highest_amount(con: duckdb.DuckDBPyConnection) -> None:
    (highest_yen, persons), *_ = con.execute(
        "SELECT total_income_yen, count(*) FROM taxpayer GROUP BY ALL ORDER BY ALL DESC"
    ).fetchall()
    (taxpayers,) = con.execute("SELECT count(*) FROM taxpayer").fetchall()[0]
    assert assessment(RICHEST)["total_income_yen"] > 600_000_000
    assert highest_yen < 7_000_000
    assert persons >= THRESHOLD - (PEOPLE - taxpayers)


def test_pay_is_shown_in_ten_thousands_and_tax_in_thousands(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT DISTINCT employment_paid_yen % 10000, total_income_yen % 10000, annual_tax_yen % 1000, "
        "city_tax_yen % 1000 FROM taxpayer ORDER BY ALL"
    ).fetchall()
    assert rows == [(0, 0, 0, 0)]


def test_an_amount_is_rounded_to_the_nearest_thousand_up_to_the_ceiling(con: duckdb.DuckDBPyConnection) -> None:
    exact = sorted(assessment(number)["annual_tax_yen"] for number in range(PEOPLE))
    rounded = {(min(tax, exact[-THRESHOLD]) + 500) // 1000 * 1000 for tax in exact}
    shown = {tax for (tax,) in con.execute("SELECT DISTINCT annual_tax_yen FROM taxpayer").fetchall()}
    assert shown <= rounded
    assert len(rounded - shown) <= PEOPLE - con.execute("SELECT count(*) FROM taxpayer").fetchall()[0][0]


def test_who_has_six_payers_is_shown_with_three(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("SELECT max(employment_payer_count) FROM taxpayer").fetchall() == [(3,)]


def test_the_same_person_has_another_pseudonym_in_each_year_and_city_and_under_each_key() -> None:
    key, other = Key(1, b"k" * 32), Key(2, b"o" * 32)
    uses = [(key, "041009", 2026), (key, "041009", 2027), (key, "112101", 2026), (other, "041009", 2026)]
    assert len({pseudonyms(["000000000000101"], *use)[0] for use in uses}) == 4
    assert pseudonyms(["000000000000101"], *uses[0]) == pseudonyms(["000000000000101"], *uses[0])


def test_employers_are_known_by_their_size_only(con: duckdb.DuckDBPyConnection) -> None:
    # 300 withheld from by nine payers: 33 or 34 each
    rows = con.execute("SELECT DISTINCT collection_method, employer_size_band FROM taxpayer ORDER BY ALL").fetchall()
    assert rows == [("employment", "02 10〜49人"), ("ordinary", "00 なし")]
