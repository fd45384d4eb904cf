"""Cases as the chain's input: one row a person, one row a relative."""

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow as pa

from pipelines.assessment.case_file import Case, Relative, Taxpayer
from pipelines.assessment.case_income import Income
from pipelines.assessment.chain import compute, install
from pipelines.assessment.person import PERSON, RELATIVE, create_table_sql
from pipelines.assessment.trial import TRIAL_COLUMNS, keep_trials
from pipelines.parameters import ParameterSet

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

TRIALS_OF_PERSONS = (
    f"UPDATE case_person SET {', '.join(f'{name} = trial.{name}' for name in TRIAL_COLUMNS)} "
    "FROM trial_levy AS trial WHERE trial.taxpayer_no = case_person.taxpayer_no"
)


def insert(
    con: duckdb.DuckDBPyConnection,
    cases: Mapping[str, Case],
    parameters: ParameterSet,
) -> None:
    """Make the TEMP tables `case_person` and `case_relative` of the cases by taxpayer number.

    All are of one fiscal year and municipality, whose parameters these are; they are installed.
    """
    install(con, parameters)
    incomes = _relatives_incomes(con, cases)
    _insert(
        con,
        [_person(number, case) | _spouse(number, case, incomes) for number, case in cases.items()],
        [row for number, case in cases.items() for row in _dependants(number, case, incomes)],
    )
    keep_trials(con, PERSONS, relative=RELATIVES)
    con.execute(TRIALS_OF_PERSONS)


def _insert(con: duckdb.DuckDBPyConnection, persons: list[Row], relatives: list[Row]) -> None:
    _fill(con, "case_person", PERSON, persons)
    _fill(con, "case_relative", RELATIVE, relatives)
    con.execute(WAGES_OF_NET_INCOME)


def _relatives_incomes(con: duckdb.DuckDBPyConnection, cases: Mapping[str, Case]) -> dict[str, int]:
    """合計所得金額 of the relatives whose incomes are given, by `_relative_no`: computed as if each were a taxpayer."""
    persons = [
        _person(_relative_no(number, place), _as_taxpayer(case, one, one.income))
        for number, case in cases.items()
        for place, one in enumerate(_relatives(case))
        if one.income is not None
    ]
    if not persons:
        return {}
    alone: Row = {"has_spouse": False, "spouse_elderly": False, "spouse_disability": "none", "spouse_abroad": False}
    _insert(con, [row | alone for row in persons], [])
    columns = ("taxpayer_no", "total_income_yen")
    select = compute(con, PERSONS, relative=RELATIVES, columns=columns, folded=True)
    return {str(number): int(income) for number, income in con.execute(select).fetchall()}


def _as_taxpayer(case: Case, one: Relative, income: Income) -> Case:
    taxpayer = Taxpayer(born_on=one.born_on, disability=one.disability)
    return Case(
        case=case.case, fiscal_year=case.fiscal_year, municipality=case.municipality, taxpayer=taxpayer, income=income
    )


def _relative_no(number: str, place: int) -> str:
    return f"{number}/{place}"


def _relatives(case: Case) -> list[Relative]:
    return [*([case.spouse] if case.spouse else []), *case.dependants]


def _total_income(number: str, place: int, one: Relative, incomes: Mapping[str, int]) -> int:
    return one.total_income_yen if one.income is None else incomes[_relative_no(number, place)]


def _person(number: str, case: Case) -> Row:
    who = case.taxpayer
    row: Row = dict.fromkeys((name for name, kind in PERSON.items() if kind in ("INTEGER", "BIGINT")), 0)
    row |= {
        "fiscal_year": case.fiscal_year,
        "taxpayer_no": number,
        "ward_code": case.municipality if isinstance(case.municipality, str) else "",
        "resident": not case.houses or "income" in case.model_fields_set,
        "born_on": who.born_on or BORN_UNKNOWN,
        "public_assistance": who.public_assistance,
        "self_disability": who.disability,
        "widow": who.widow,
        "single_parent": who.single_parent,
        "working_student": who.working_student,
        "treaty_exempt": False,
        "house_count": len(case.houses),
        "payer_document_no": None,
    }
    return (
        row | case.income.row() | case.paid.row() | case.collection.row(case.fiscal_year) | dict.fromkeys(TRIAL_COLUMNS)
    )


def _spouse(number: str, case: Case, incomes: Mapping[str, int]) -> Row:
    """The spouse's columns; a 専従者 counts for nothing (法292条①七・九かっこ書)."""
    spouse = None if case.spouse is None or case.spouse.family_employee else case.spouse
    return {
        "has_spouse": spouse is not None,
        "spouse_born_on": None if spouse is None else spouse.born_on,
        "spouse_total_income_yen": 0 if spouse is None else _total_income(number, 0, spouse, incomes),
        "spouse_elderly": False,
        "spouse_disability": "none" if spouse is None else spouse.disability,
        "spouse_living_together": spouse is not None and spouse.living_together,
        "spouse_abroad": spouse is not None and spouse.abroad,
    }


def _dependants(number: str, case: Case, incomes: Mapping[str, int]) -> list[Row]:
    """A row a dependant; a 専従者 counts for nothing."""
    first = 0 if case.spouse is None else 1
    return [
        {
            "taxpayer_no": number,
            "born_on": one.born_on,
            "total_income_yen": _total_income(number, place, one, incomes),
            "disability": one.disability,
            "living_together": one.living_together,
            "parent_living_together": one.parent_living_together,
            "abroad": one.abroad,
            "abroad_student": one.abroad_student,
            "abroad_remittance_yen": one.abroad_remittance_yen,
        }
        for place, one in enumerate(case.dependants, start=first)
        if not one.family_employee
    ]


def _fill(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[Row]) -> None:
    con.execute(create_table_sql(table, columns))
    if rows:
        given = pa.Table.from_pylist([{name: row.get(name) for name in columns} for row in rows])
        con.register("case_rows", given)
        con.execute(f"INSERT INTO {table} BY NAME FROM case_rows")
        con.unregister("case_rows")
