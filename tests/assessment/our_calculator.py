"""Our SQL over many cases at once, and the pools of people that its tests share."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import yaml
from everybody import everybody
from second_calculator.calculator import assess
from second_calculator.generate import generate

from pipelines.assessment import case_rows
from pipelines.assessment.case import Figures, assess_cases, parameters_of
from pipelines.assessment.case_file import Case, read_case
from pipelines.assessment.case_trial import trials

Document = dict[str, Any]
HERE = Path(__file__).parent
CASES = HERE / "cases"
INLINE_MAX = 6  # distinct inline municipalities in a pool: each costs a statement


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


def with_few_municipalities(documents: Iterable[Document]) -> list[Document]:
    """The cases, those of an inline municipality moved to one of the first `INLINE_MAX`."""
    found = list(documents)
    inline: list[Document] = []
    for place, document in enumerate(found):
        here = document["municipality"]
        if isinstance(here, str) or here in inline:
            continue
        if len(inline) < INLINE_MAX:
            inline.append(here)
        else:
            document["municipality"] = inline[place % INLINE_MAX]
    return found


def _worked_out(seed: int, count: int, fiscal_year: int) -> list[tuple[Document, Document]]:
    documents = with_few_municipalities(generate(seed, count, fiscal_year))
    return [(document, assess(document)) for document in documents]


def generated_and_assessed(count: int, fiscal_year: int) -> list[tuple[Document, Document]]:
    """Generated cases with the second calculator's figures, made by two processes from two seeds."""
    with ProcessPoolExecutor(2) as pool:
        halves = [pool.submit(_worked_out, seed, count // 2, fiscal_year) for seed in (fiscal_year, fiscal_year + 1000)]
        return [one for half in halves for one in half.result()]


def fill_pool(con: duckdb.DuckDBPyConnection, count: int, fiscal_year: int) -> None:
    """Generated people as the tables `case_person` and `case_relative`, half of them with wages only, half of every kind;
    some of the housing loans are declared as in a wage report, without the income tax."""
    inline: Document = {}  # no city's profile knows every fiscal year
    wages_only = count if fiscal_year in (2025, 2026) else 0  # the years for which there are people with wages only
    documents = [case | {"municipality": inline} for case in generate(11, wages_only, fiscal_year)]
    documents += everybody(12, count, fiscal_year, inline)
    cases = {str(number): read_case(case, file="generated") for number, case in enumerate(documents)}
    parameters = parameters_of(next(iter(cases.values())))
    case_rows.insert(con, cases, parameters, trials(con, cases, parameters))
    con.execute(
        "UPDATE case_person SET income_tax_taxable_yen = NULL, housing_unused_credit_yen = 150000, "
        "housing_moved_in_on = DATE '2020-05-05', housing_higher_cap = FALSE "
        f"WHERE taxpayer_no::INTEGER < {wages_only:d} AND hash(taxpayer_no) % 2 = 0"
    )
    con.execute(
        "UPDATE case_relative SET abroad_remittance_yen = 380000 WHERE abroad AND hash(taxpayer_no, born_on) % 2 = 0"
    )


def as_case(document: Document) -> Case:
    """The document as a case."""
    return read_case(document, file="test")
