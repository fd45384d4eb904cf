"""Assess cases through the same SQL as the city's taxpayers, and compare with what a case expects."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.assessment import case_rows
from pipelines.assessment.case_file import Case, House, InlineMunicipality, read_cases
from pipelines.assessment.chain import compute
from pipelines.assessment.figures import EXEMPT, HOUSE, INSTALMENTS, PENSION_INSTALMENTS, YEN
from pipelines.assessment.kind_file import AnyKind
from pipelines.assessment.kinds import work_out
from pipelines.assessment.labels import label_of
from pipelines.city import load_city
from pipelines.errors import DataError
from pipelines.parameters import ParameterSet, load_parameters
from pipelines.parameters.strict import nearest

Figure = object  # whole yen, a truth, or instalments by method, houses by ward, charges by year
Figures = dict[str, Figure]
_SCALARS = (*YEN, *EXEMPT)
_METHOD = {"ordinary_collection": "ordinary_instalments_yen", "employment_withholding": "withholding_instalments_yen"}


@dataclass(frozen=True)
class Difference:
    """A figure that came out otherwise than the case expects."""

    name: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{label_of(self.name)}（{self.name}）: 期待 {self.expected}、計算 {self.found}"


@dataclass(frozen=True)
class CaseResult:
    """A case worked out: every figure, and what differs from its `expect`."""

    case: str
    figures: Figures
    differences: list[Difference]

    def rows(self) -> list[tuple[str, Figure]]:
        """Japanese label and value of every figure, in the order of the assessment."""
        return [(label_of(name), value) for name, value in self.figures.items()]

    def as_dict(self) -> dict[str, object]:
        """The same for `--json`, under the names of the case format."""
        differences = [{"name": one.name, "expected": one.expected, "found": one.found} for one in self.differences]
        return {"case": self.case, "figures": self.figures, "differences": differences}


def parameters_of(case: Case) -> ParameterSet:
    """The parameters of the case's fiscal year and municipality; `ConfigurationError` for an unknown one."""
    if isinstance(case.municipality, InlineMunicipality):
        return load_parameters(case.fiscal_year, case.municipality.municipality())
    city = load_city(case.municipality)
    city.require_fiscal_year(case.fiscal_year)
    return load_parameters(case.fiscal_year, city)


def assess_file(path: Path) -> list[CaseResult]:
    """Every case of the file, worked out. Raises `DataError` or `ConfigurationError` when a case is wrong."""
    cases = read_cases(path)
    with duckdb.connect() as con:
        found = assess_any(con, cases)
    return [CaseResult(case.case, figures, compare(case, figures)) for case, figures in zip(cases, found, strict=True)]


def assess_any(con: duckdb.DuckDBPyConnection, cases: Sequence[Case | AnyKind]) -> list[Figures]:
    """The figures of each case of any kind, in order."""
    years = iter(assess_cases(con, [case for case in cases if isinstance(case, Case)]))
    return [next(years) if isinstance(case, Case) else work_out(con, case) for case in cases]


def assess_cases(con: duckdb.DuckDBPyConnection, cases: Sequence[Case]) -> list[Figures]:
    """The figures of each case, in order: whole yen, exemptions, and `instalments` by method of collection."""
    found: dict[int, Figures] = {}
    for places in _by_parameters(cases).values():
        parameters = parameters_of(cases[places[0]])
        found |= _assess(con, {place: cases[place] for place in places}, parameters)
    return [found[place] for place in range(len(cases))]


def compare(case: Case | AnyKind, figures: Figures) -> list[Difference]:
    """What differs from the case's `expect`; `DataError` for a figure that does not exist."""
    differences = []
    for name, expected in case.expect.items():
        if name not in figures:
            raise DataError(
                "知らない数値の名前です。",
                item=f"expect.{name}",
                expected=f"{nearest(name, list(figures))}（最も近い名前）",
                action="名前を直すか、消してください。",
            )
        if figures[name] != expected:
            differences.append(Difference(name, expected, figures[name]))
    return differences


def _by_parameters(cases: Sequence[Case]) -> dict[object, list[int]]:
    """Places of the cases that share fiscal year and municipality."""
    groups: dict[object, list[int]] = {}
    for place, case in enumerate(cases):
        groups.setdefault((case.fiscal_year, case.municipality), []).append(place)
    return groups


def _assess(con: duckdb.DuckDBPyConnection, cases: dict[int, Case], parameters: ParameterSet) -> dict[int, Figures]:
    columns = ("taxpayer_no", *_SCALARS, *INSTALMENTS, *PENSION_INSTALMENTS, *HOUSE)
    numbered = {str(place): case for place, case in cases.items()}
    case_rows.insert(con, numbered, parameters)
    select = compute(con, case_rows.PERSONS, relative=case_rows.RELATIVES, columns=columns, folded=True)
    rows = con.execute(select).fetchall()
    return {int(row[0]): _figures(dict(zip(columns, row, strict=True)), cases[int(row[0])].houses) for row in rows}


def _figures(row: dict[str, object], houses: Sequence[House]) -> Figures:
    figures: Figures = {name: _whole(row[name]) for name in _SCALARS}
    instalments: dict[str, object] = {
        name: list(parts) for name, column in _METHOD.items() if (parts := _list(row[column]))
    }
    if provisional := _list(row["pension_provisional_yen"]):
        instalments["pension_withholding"] = {"provisional": provisional, "final": _list(row["pension_final_yen"])}
    figures["instalments"] = instalments
    if houses:
        city, prefecture = (_whole(row[name]) for name in HOUSE)
        figures["house_tax_yen"] = [
            {"ward": house.ward, "city_per_capita_yen": city, "prefecture_per_capita_yen": prefecture}
            for house in houses
        ]
    return figures


def _whole(value: object) -> int | bool:
    if not isinstance(value, int):
        raise TypeError(f"not a whole number: {type(value).__name__}")
    return value


def _list(value: object) -> list[int]:
    if not isinstance(value, list):
        raise TypeError(f"not a list: {type(value).__name__}")
    return value
