"""Rounding and ages, where an article fixes them."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from pipelines.assessment.chain import install
from pipelines.parameters import Municipality, load_parameters


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        install(connection, load_parameters(2026, Municipality()))
        yield connection


def ask(con: duckdb.DuckDBPyConnection, sql: str, *params: object) -> object:
    row = con.execute(f"SELECT {sql}", list(params)).fetchone()
    assert row is not None
    return row[0]


def test_a_division_by_zero_stops_and_gives_no_empty_tax(con: duckdb.DuckDBPyConnection) -> None:
    assert ask(con, "1 // 0") is None  # DuckDB's own way
    with pytest.raises(duckdb.ConversionException, match="0で割ろうとしました"):
        ask(con, "divide(amount, divisor, 0) FROM (SELECT 1::BIGINT AS amount, 0::BIGINT AS divisor)")


@pytest.mark.parametrize(("amount", "down", "up"), [(0, 0, 0), (1, 0, 1), (6, 2, 2), (7, 2, 3), (8, 2, 3), (9, 3, 3)])
def test_a_third_is_cut_off_or_lifted_to_the_yen(
    con: duckdb.DuckDBPyConnection, amount: int, down: int, up: int
) -> None:
    assert (ask(con, "divide(?, 3, 0)", amount), ask(con, "divide(?, 3, 1)", amount)) == (down, up)


@pytest.mark.parametrize(("amount", "base"), [(999, 0), (1_000, 1_000), (2_381_999, 2_381_000)])
def test_a_taxable_base_is_in_thousands(con: duckdb.DuckDBPyConnection, amount: int, base: int) -> None:
    assert ask(con, "floor_taxable_base(?)", amount) == base


@pytest.mark.parametrize(("amount", "tax"), [(99, 0), (100, 100), (142_899, 142_800)])
def test_a_tax_is_in_hundreds(con: duckdb.DuckDBPyConnection, amount: int, tax: int) -> None:
    assert ask(con, "floor_tax_amount(?)", amount) == tax


@pytest.mark.parametrize(
    ("born_on", "age"),
    [(date(2010, 1, 2), 15), (date(2010, 1, 1), 16), (date(2009, 12, 31), 16), (date(2008, 2, 29), 17)],
)
def test_an_age_is_reached_on_the_day_before_the_birthday(
    con: duckdb.DuckDBPyConnection, born_on: date, age: int
) -> None:
    assert ask(con, "age_on(?::DATE, year_end())", born_on) == age
    assert ask(con, "younger_than(?::DATE, ?, year_end())", born_on, age) is False
    assert ask(con, "younger_than(?::DATE, ?, year_end())", born_on, age + 1) is True


def test_both_ways_to_ask_for_an_age_agree_on_every_day_of_a_century(con: duckdb.DuckDBPyConnection) -> None:
    sql = """count(*) FILTER ((age_on(born_on, day) < age) <> younger_than(born_on, age, day))
        FROM (SELECT DATE '1920-01-01' + n::INTEGER AS born_on FROM range(38000) AS days(n)),
             (SELECT unnest([16, 18, 19, 23, 70]) AS age),
             (SELECT unnest([assessment_day(), year_end()])::DATE AS day)"""
    assert ask(con, sql) == 0


def test_the_days_are_those_of_the_fiscal_year(con: duckdb.DuckDBPyConnection) -> None:
    assert (ask(con, "assessment_day()"), ask(con, "year_end()")) == (date(2026, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("new_premium", "old_premium", "deduction"),
    [(0, 80_000, 35_000), (1, 80_000, 35_000), (20_000, 20_000, 28_000), (10_000, 12_000, 22_000), (80_000, 0, 28_000)],
)
def test_old_and_new_life_insurance(
    con: duckdb.DuckDBPyConnection, new_premium: int, old_premium: int, deduction: int
) -> None:
    sql = "life_insurance_of_kind(?::BIGINT, t_life_insurance_new(?::BIGINT), t_life_insurance_old(?::BIGINT))"
    assert ask(con, sql, new_premium, new_premium, old_premium) == deduction
