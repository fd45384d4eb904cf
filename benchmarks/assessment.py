"""The complete assessment beside a six-rule query over the same people in memory: people a second, the ratio, what costs what.

Run: python -m benchmarks.assessment [people]. Every figure is computed and summed, nothing is stored but where said. DuckDB
leaves out what nobody asks for, so the figures of one subject more cost what that subject costs.
"""

import sys
import time

import duckdb

from pipelines.assessment.chain import compute, install
from pipelines.assessment.figures import EXEMPT, IDENTITY, INSTALMENTS, KEPT, PENSION_INSTALMENTS, YEN
from pipelines.assessment.person import PERSON, create_table_sql
from pipelines.city import load_city
from pipelines.parameters import load_parameters

FISCAL_YEAR = 2026
RUNS = 3
# Deterministic people: wages up to 12 million yen, a fourth with a spouse in the same city, children, premiums, few loans.
PEOPLE = {
    "fiscal_year": f"{FISCAL_YEAR}",
    "taxpayer_no": "lpad(n::VARCHAR, 15, '0')",
    "ward_code": "'041017'",
    "tax_base_version": "1",
    "resident": "TRUE",
    "born_on": "DATE '1950-01-01' + (n % 20000)::INTEGER",
    "public_assistance": "n % 97 = 0",
    "self_disability": "CASE WHEN n % 50 = 0 THEN 'ordinary' WHEN n % 51 = 0 THEN 'special' ELSE 'none' END",
    "widow": "n % 37 = 0",
    "single_parent": "CASE WHEN n % 41 = 0 THEN 'mother' WHEN n % 43 = 0 THEN 'father' ELSE 'none' END",
    "working_student": "n % 89 = 0",
    "employment_paid_yen": "n * 7919 % 12000000",
    "employment_net_yen": "NULL",
    "social_insurance_yen": "n * 7919 % 12000000 * 15 // 100",
    "new_general_premium_yen": "n * 31 % 90000",
    "care_premium_yen": "n * 17 % 60000",
    "old_pension_premium_yen": "CASE WHEN n % 5 = 0 THEN n * 13 % 80000 ELSE 0 END",
    "earthquake_premium_yen": "CASE WHEN n % 4 = 0 THEN n % 40000 ELSE 0 END",
    "has_spouse": "n % 2 = 0",
    "spouse_taxpayer_no": "CASE WHEN n % 4 = 0 THEN lpad((n + 1)::VARCHAR, 15, '0') END",
    "spouse_total_income_yen": "CASE WHEN n % 2 = 0 THEN n * 31 % 1500000 ELSE 0 END",
    "spouse_disability": "'none'",
    "declared_general_count": "CASE WHEN n % 7 = 0 THEN 1 ELSE 0 END",
    "declared_specific_count": "CASE WHEN n % 11 = 0 THEN 1 ELSE 0 END",
    "declared_under_16_count": "n % 3",
    "housing_unused_credit_yen": "CASE WHEN n % 10 = 0 THEN 90000 ELSE 0 END",
    "income_tax_taxable_yen": "NULL",
    "housing_moved_in_on": "DATE '2022-04-01'",
    "collection_method": "CASE WHEN n % 4 = 0 THEN 'ordinary' ELSE 'employment' END",
}
# Figures that are not 0 but unknown where no document gives them.
UNKNOWN = dict.fromkeys(
    (
        "pension_net_yen",
        "without_pension_levy_yen",
        "without_pension_unreduced_levy_yen",
        "wages_only_levy_yen",
        "wages_only_unreduced_levy_yen",
    ),
    "NULL::BIGINT",
)
# Subjects in the order of the law, each with the last of its figures.
SUBJECTS = (
    ("incomes and what is set off", ("total_income_yen",)),
    ("losses of earlier years", ("gross_income_etc_yen",)),
    ("deductions", ("deductions_yen",)),
    ("exemptions", EXEMPT),
    (
        "bases, levy before credits",
        ("city_income_levy_before_credits_yen", "prefecture_income_levy_before_credits_yen"),
    ),
    ("credits, levy, year", ("annual_tax_yen",)),
    ("instalments", (*INSTALMENTS, *PENSION_INSTALMENTS)),
)
SIX_RULES = """
SELECT sum(income), sum(deductions), sum(base), sum(city), sum(prefecture), sum(city + prefecture)
FROM (
  SELECT *, divide(base * p_city_income_levy_rate_numerator(), p_city_income_levy_rate_denominator(), 0) AS city,
    divide(base * p_prefecture_income_levy_rate_numerator(), p_prefecture_income_levy_rate_denominator(), 0) AS prefecture
  FROM (SELECT *, floor_taxable_base(greatest(income - deductions, 0)) AS base
    FROM (SELECT *, social_insurance_yen + t_basic_deduction(income) AS deductions
      FROM (SELECT *, t_employment_income(employment_paid_yen) AS income FROM people))))
"""


def main(people: int) -> None:
    """Assess `people` synthetic taxpayers, and run the six rules on them."""
    con = duckdb.connect()
    fill(con, people)
    sums = [summed(name) for name in (*YEN, *EXEMPT, *INSTALMENTS, *PENSION_INSTALMENTS)]
    person = person_sql()
    install(con, load_parameters(FISCAL_YEAR, load_city("041009")))
    everything = compute(con, person, columns=sums, folded=True)
    kept = compute(con, person, columns=[*IDENTITY, *KEPT], folded=True)
    complete = best(con, "complete assessment", everything, people)
    six = best(con, "six rules", SIX_RULES, people)
    print(f"complete / six rules: {complete / six:.3f}")
    best(con, "complete, kept in memory", f"CREATE OR REPLACE TEMP TABLE kept AS {kept}", people)
    before = seconds(con, f"EXPLAIN {everything}")
    print(f"planning the statement: {before:.2f} s")
    asked: list[str] = []
    for subject, names in SUBJECTS:
        asked += [summed(name) for name in names]
        now = seconds(con, compute(con, person, columns=asked, folded=True))
        print(f"{subject}: {now - before:.2f} s more")
        before = now


def fill(con: duckdb.DuckDBPyConnection, people: int) -> None:
    """Make the table `people`."""
    known = {name: kind for name, kind in PERSON.items() if name in PEOPLE}
    con.execute(create_table_sql("people", known))
    columns = ", ".join(f"({PEOPLE[name]})::{kind} AS {name}" for name, kind in known.items())
    con.execute(f"INSERT INTO people SELECT {columns} FROM range({people:d}) AS numbers(n)")


def person_sql() -> str:
    """The people with every column of the chain's input; what no document brings in is neutral, as in the ledger."""
    nil = {"BOOLEAN": "FALSE", "INTEGER": "0", "BIGINT": "0::BIGINT", "VARCHAR": "NULL::VARCHAR", "DATE": "NULL::DATE"}
    columns = (name if name in PEOPLE else f"{UNKNOWN.get(name, nil[kind])} AS {name}" for name, kind in PERSON.items())
    return f"SELECT {', '.join(columns)} FROM people"


def summed(name: str) -> str:
    """The SQL that asks for a figure of everybody."""
    if name in EXEMPT:
        return f"count_if({name})"
    return f"sum(list_sum({name}))" if name in (*INSTALMENTS, *PENSION_INSTALMENTS) else f"sum({name})"


def seconds(con: duckdb.DuckDBPyConnection, query: str) -> float:
    """The fastest of three runs."""
    found = []
    for _ in range(RUNS):
        started = time.perf_counter()
        con.execute(query).fetchall()
        found.append(time.perf_counter() - started)
    return min(found)


def best(con: duckdb.DuckDBPyConnection, name: str, query: str, people: int) -> float:
    """People a second in the fastest of three runs; printed."""
    fastest = seconds(con, query)
    print(f"{name}: {people:,} people in {fastest:.2f} s = {people / fastest / 1_000_000:.2f} M/s")
    return people / fastest


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
