"""Cases as the chain's input: one row a person, one row a relative."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import pyarrow as pa

from pipelines.assessment.case_file import Case, Income, Relative
from pipelines.assessment.person import PERSON, RELATIVE, create_table_sql

Row = dict[str, object]
BORN_UNKNOWN = date(1900, 1, 1)  # a case without a birthday is about an adult
PERSONS, RELATIVES = "FROM case_person", "FROM case_relative"  # SELECTs over the tables that `insert` makes

# Where a case gives only 給与所得: above the wages from which the deduction for wages no longer grows, the wages are known.
WAGES_OF_NET_INCOME = """
UPDATE case_person
SET employment_paid_yen = employment_net_yen
  + p_income_adjustment_from_yen() - t_employment_income(p_income_adjustment_from_yen())
WHERE employment_net_yen > t_employment_income(p_income_adjustment_from_yen())
"""


def insert(con: duckdb.DuckDBPyConnection, cases: Mapping[str, Case]) -> None:
    """Make the TEMP tables `case_person` and `case_relative` of the cases by taxpayer number.

    All are of one fiscal year and municipality, whose parameters must be installed.
    """
    incomes = _incomes(con, [one.income for case in cases.values() for one in _relatives(case) if one.income])
    persons = [_person(number, case, incomes) for number, case in cases.items()]
    relatives = [row for number, case in cases.items() for row in _dependants(number, case, incomes)]
    _fill(con, "case_person", PERSON, persons)
    _fill(con, "case_relative", RELATIVE, relatives)
    con.execute(WAGES_OF_NET_INCOME)


def _relatives(case: Case) -> list[Relative]:
    return [*([case.spouse] if case.spouse else []), *case.dependants]


def _counted_spouse(case: Case) -> Relative | None:
    """The spouse, unless a 専従者, who counts for nothing (法292条①七・九かっこ書)."""
    return None if case.spouse is None or case.spouse.family_employee else case.spouse


def _incomes(con: duckdb.DuckDBPyConnection, incomes: Sequence[Income]) -> dict[int, int]:
    """合計所得金額 by wages. A relative's income matters only far below the wages of 所得金額調整控除."""
    wages = sorted({income.paid_yen for income in incomes})
    found = con.execute("SELECT paid, t_employment_income(paid) FROM (SELECT unnest(?::BIGINT[]) AS paid)", [wages])
    return {int(paid): int(income) for paid, income in found.fetchall()}


def _total_income(one: Relative, incomes: Mapping[int, int]) -> int:
    if one.income is None:
        return one.total_income_yen
    return incomes[one.income.paid_yen] if one.income.net_yen is None else one.income.net_yen


def _person(number: str, case: Case, incomes: Mapping[int, int]) -> Row:
    who, paid, life = case.taxpayer, case.paid, case.paid.life_insurance
    row: Row = dict.fromkeys((name for name, kind in PERSON.items() if kind in ("INTEGER", "BIGINT")), 0)
    row |= {
        "fiscal_year": case.fiscal_year,
        "taxpayer_no": number,
        "ward_code": case.municipality if isinstance(case.municipality, str) else "",
        "resident": True,
        "born_on": who.born_on or BORN_UNKNOWN,
        "public_assistance": who.public_assistance,
        "self_disability": who.disability,
        "widow": who.widow,
        "single_parent": who.single_parent,
        "working_student": who.working_student,
        "treaty_exempt": False,
        "employment_paid_yen": case.income.paid_yen,
        "employment_net_yen": case.income.net_yen,
        "social_insurance_yen": paid.social_insurance_yen,
        "small_enterprise_yen": paid.small_enterprise_mutual_aid_yen,
        "new_general_premium_yen": life.new_general_yen,
        "old_general_premium_yen": life.old_general_yen,
        "care_premium_yen": life.new_care_yen,
        "new_pension_premium_yen": life.new_pension_yen,
        "old_pension_premium_yen": life.old_pension_yen,
        "earthquake_premium_yen": paid.earthquake_insurance.earthquake_yen,
        "old_long_term_premium_yen": paid.earthquake_insurance.old_long_term_yen,
        "collection_method": case.collection.method,
        "payer_document_no": None,
    }
    return row | _spouse(case, incomes) | _housing(case)


def _spouse(case: Case, incomes: Mapping[int, int]) -> Row:
    spouse = _counted_spouse(case)
    return {
        "has_spouse": spouse is not None,
        "spouse_born_on": None if spouse is None else spouse.born_on,
        "spouse_total_income_yen": 0 if spouse is None else _total_income(spouse, incomes),
        "spouse_elderly": False,
        "spouse_disability": "none" if spouse is None else spouse.disability,
        "spouse_living_together": spouse is not None and spouse.living_together,
        "spouse_abroad": spouse is not None and spouse.abroad,
    }


def _housing(case: Case) -> Row:
    loan = case.paid.housing_loan
    if loan is None:
        return {"housing_higher_cap": False, "housing_moved_in_on": None}
    return {
        "housing_unused_credit_yen": max(loan.creditable_yen - loan.income_tax_before_credit_yen, 0),
        "income_tax_taxable_yen": loan.income_tax_taxable_yen,
        "housing_moved_in_on": loan.moved_in_on,
        "housing_higher_cap": loan.rate_percent == 7,
    }


def _dependants(number: str, case: Case, incomes: Mapping[int, int]) -> list[Row]:
    return [
        {
            "taxpayer_no": number,
            "born_on": one.born_on,
            "total_income_yen": _total_income(one, incomes),
            "disability": one.disability,
            "living_together": one.living_together,
            "parent_living_together": one.parent_living_together,
            "abroad": one.abroad,
            "abroad_student": one.abroad_student,
            "abroad_remittance_yen": one.abroad_remittance_yen,
        }
        for one in case.dependants
        if not one.family_employee
    ]


def _fill(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[Row]) -> None:
    con.execute(create_table_sql(table, columns))
    if rows:
        given = pa.Table.from_pylist([{name: row.get(name) for name in columns} for row in rows])
        con.register("case_rows", given)
        con.execute(f"INSERT INTO {table} BY NAME FROM case_rows")
        con.unregister("case_rows")
