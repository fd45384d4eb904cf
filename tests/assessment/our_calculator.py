"""Our SQL over many cases at once, and the pools of people that its tests share."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import yaml
from edge_people import edge_people
from everybody import everybody
from second_calculator.calculator import assess
from second_calculator.generate import generate
from second_calculator.generate_full import full_cases

from pipelines.assessment import case_rows
from pipelines.assessment.case import Figures, assess_cases, parameters_of
from pipelines.assessment.case_file import Case, read_case
from pipelines.city import load_city

Document = dict[str, Any]
HERE = Path(__file__).parent
CASES = HERE / "cases"
LAWS_STANDARD: Document = {"exemption_grade": 1}  # a municipality without an ordinance of its own
WAGES_ONLY_YEARS = (2025, 2026)  # for which `generate` makes people with wages only


# What generated people rarely are. Applied to the pool's tables; `wage_earner` are those with wages only.
RARE = (
    # the housing loan of someone on an edge, without the income tax
    "UPDATE case_person SET income_tax_taxable_yen = NULL "
    "WHERE taxpayer_no IN (SELECT taxpayer_no FROM on_edge) AND housing_unused_credit_yen > 0",
    # a housing loan declared as in a wage report, without the income tax
    "UPDATE case_person SET income_tax_taxable_yen = NULL, housing_unused_credit_yen = 150000, "
    "housing_moved_in_on = DATE '2020-05-05', housing_higher_cap = FALSE "
    "WHERE taxpayer_no IN (SELECT taxpayer_no FROM wage_earner) AND hash(taxpayer_no) % 2 = 0",
    # a student who has a little more beside the wages than one may
    "UPDATE case_person SET working_student = TRUE, employment_paid_yen = 1150000, real_estate_yen = 105000, "
    "social_insurance_yen = 0 WHERE taxpayer_no IN (SELECT taxpayer_no FROM wage_earner) AND hash(taxpayer_no) % 50 = 1",
    # 65 within the weeks around 1 April of the fiscal year
    "UPDATE case_person SET born_on = make_date(fiscal_year - 65, 4, 10) "
    "WHERE collection_method IN ('employment', 'employment,ordinary') AND pension_paid_yen > 0 "
    "AND taxpayer_no NOT IN (SELECT taxpayer_no FROM on_edge)",
    "UPDATE case_relative SET abroad_remittance_yen = 380000 WHERE abroad AND hash(taxpayer_no, born_on) % 2 = 0",
    # counts as a wage report declares them, some beside relatives named one by one
    "UPDATE case_person SET declared_general_count = hash(taxpayer_no, 1) % 3, declared_specific_count = hash(taxpayer_no, 2) % 2, "
    "declared_elderly_count = hash(taxpayer_no, 3) % 2, declared_elderly_parent_count = hash(taxpayer_no, 4) % 2, "
    "declared_under_16_count = hash(taxpayer_no, 5) % 2, declared_disabled_count = hash(taxpayer_no, 6) % 2, "
    "declared_special_disabled_count = hash(taxpayer_no, 7) % 2, declared_special_living_together_count = hash(taxpayer_no, 8) % 2 "
    "WHERE hash(taxpayer_no) % 13 = 2",
    "UPDATE case_person SET declared_under_16_count = 1 WHERE employment_paid_yen > 8500000 AND hash(taxpayer_no) % 7 = 2",
    # wages under a treaty
    "UPDATE case_person SET treaty_exempt = TRUE WHERE hash(taxpayer_no) % 61 = 3 AND employment_paid_yen > 0",
    # a spouse whose own tax is assessed, and one of whom only the age class is known
    "UPDATE case_person SET spouse_taxpayer_no = (taxpayer_no::INTEGER - 1)::VARCHAR "
    "WHERE has_spouse AND taxpayer_no::INTEGER > 0 AND hash(taxpayer_no) % 19 = 4",
    "UPDATE case_person SET spouse_elderly = TRUE, spouse_born_on = NULL WHERE has_spouse AND hash(taxpayer_no) % 23 = 5",
)


def in_bulk(documents: Sequence[Document]) -> list[Figures]:
    """The figures of each case by our SQL."""
    with duckdb.connect() as con:
        return assess_cases(con, [read_case(document, file="generated") for document in documents])


def good_documents() -> list[tuple[str, Document]]:
    """Every good case of a year's tax with the name of its file."""
    return _documents(path for path in (CASES / "good").rglob("*.yaml") if path.parent.name != "kinds")


def good_kinds() -> list[tuple[str, Document]]:
    """Every good case of another kind with the name of its file."""
    return _documents((CASES / "good" / "kinds").glob("*.yaml"))


def _documents(paths: Iterable[Path]) -> list[tuple[str, Document]]:
    found = []
    for path in sorted(paths):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [(path.stem, case) for case in (document if isinstance(document, list) else [document])]
    return found


def with_few_municipalities(documents: Iterable[Document], most: int) -> list[Document]:
    """The cases moved to at most `most` municipalities, none to a city whose profile does not know the fiscal year."""
    found = list(documents)
    known: list[object] = []
    for place, document in enumerate(found):
        here = document["municipality"]
        if isinstance(here, str):
            years = load_city(here).fiscal_years
            here = here if years.first <= document["fiscal_year"] <= years.last else LAWS_STANDARD
        if here not in known and len(known) < most:
            known.append(here)
        document["municipality"] = here if here in known else known[place % most]
    return found


Pair = tuple[Document, Document]


def _worked_out(seed: int, count: int, fiscal_year: int, municipalities: int) -> list[Pair]:
    wage_earners = count // 5 if fiscal_year in WAGES_ONLY_YEARS else 0
    people = [*generate(seed, wage_earners, fiscal_year), *full_cases(seed, count - wage_earners, fiscal_year)]
    documents = with_few_municipalities(people, municipalities)
    return [(document, assess(document)) for document in documents]


def generated_and_assessed(count: int, fiscal_year: int, municipalities: int, processes: int) -> list[Pair]:
    """Generated cases, a fifth of them of wage earners, with the second calculator's figures; a seed a process.

    Those of each seed live in at most so many municipalities: each costs our calculator a few statements.
    """
    if processes == 1:
        return _worked_out(fiscal_year, count, fiscal_year, municipalities)
    with ProcessPoolExecutor(processes) as pool:
        seeds = range(fiscal_year, fiscal_year + 1000 * processes, 1000)
        parts = [pool.submit(_worked_out, seed, count // processes, fiscal_year, municipalities) for seed in seeds]
        return [one for part in parts for one in part.result()]


def fill_pool(con: duckdb.DuckDBPyConnection, count: int, fiscal_year: int) -> None:
    """Generated people as the tables `case_person` and `case_relative`: so many with wages only, so many of every kind, so
    many of every kind near a cliff, and people in every row of the law's tables."""
    wages_only = count if fiscal_year in WAGES_ONLY_YEARS else 0
    documents = [case | {"municipality": LAWS_STANDARD} for case in generate(11, wages_only, fiscal_year)]
    documents += everybody(12, count, fiscal_year, LAWS_STANDARD)
    documents += [case | {"municipality": LAWS_STANDARD} for case in full_cases(13, count, fiscal_year)]
    before = len(documents)
    documents += edge_people(fiscal_year, LAWS_STANDARD)
    cases = {str(number): read_case(case, file="generated") for number, case in enumerate(documents)}
    parameters = parameters_of(next(iter(cases.values())))
    case_rows.insert(con, cases, parameters)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW wage_earner AS FROM case_person WHERE taxpayer_no::INTEGER < {wages_only:d}"
    )
    con.execute(f"CREATE OR REPLACE TEMP VIEW on_edge AS FROM case_person WHERE taxpayer_no::INTEGER >= {before:d}")
    for statement in RARE:
        con.execute(statement)


def as_case(document: Document) -> Case:
    """The document as a case."""
    return read_case(document, file="test")
