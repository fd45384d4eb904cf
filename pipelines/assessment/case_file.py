"""Case files: who, where, what income, what was paid, and what must come out (docs/cases.md)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pipelines.assessment.case_income import Income
from pipelines.assessment.case_paid import Paid
from pipelines.assessment.case_part import YEN_MAX, Day, Disability, Part, Yen, as_list
from pipelines.assessment.kind_file import KINDS, AnyKind, FiscalYear
from pipelines.errors import DataError
from pipelines.parameters import Municipality
from pipelines.parameters.model import Rate
from pipelines.parameters.strict import read_yaml, validate

RELATIVES_MAX = HOUSES_MAX = 100
YEAR = "resident_tax"  # the kind of a case that does not name one
Month = Annotated[int, Field(ge=1, le=12)]
Method = Literal["none", "employment", "ordinary", "pension"]


class InlineMunicipality(Part):
    designated_city: bool = False
    exemption_grade: Literal[1, 2, 3] = 1
    city_rate: Rate | None = None
    prefecture_rate: Rate | None = None
    city_per_capita_yen: Yen | None = None
    prefecture_per_capita_yen: Yen | None = None
    exemption_base_yen: Yen | None = None
    exemption_addition_yen: Yen | None = None
    exemption_fixed_yen: Yen | None = None
    ordinary_split_unit_yen: Annotated[int, Field(ge=1, le=YEN_MAX)] | None = None
    ordinary_due_months: Annotated[tuple[Month, ...], Field(min_length=1, max_length=12, strict=False)] | None = None
    non_employment_by_employment: bool | None = None
    ordinary_decrease_evenly: bool | None = None

    def municipality(self) -> Municipality:
        """The same values under the names of the parameters."""
        return Municipality(
            designated_city=self.designated_city,
            exemption_grade=self.exemption_grade,
            city_income_levy_rate=self.city_rate,
            prefecture_income_levy_rate=self.prefecture_rate,
            city_per_capita_yen=self.city_per_capita_yen,
            prefecture_per_capita_yen=self.prefecture_per_capita_yen,
            exemption_base_yen=self.exemption_base_yen,
            exemption_addition_yen=self.exemption_addition_yen,
            exemption_fixed_yen=self.exemption_fixed_yen,
            ordinary_split_unit_yen=self.ordinary_split_unit_yen,
            ordinary_due_months=self.ordinary_due_months,
            non_employment_by_employment=self.non_employment_by_employment,
            ordinary_decrease_evenly=self.ordinary_decrease_evenly,
        )


class Taxpayer(Part):
    born_on: Day | None = None
    disability: Disability = "none"
    widow: bool = False
    single_parent: Literal["none", "mother", "father"] = "none"
    working_student: bool = False
    public_assistance: bool = False


class Relative(Part):
    born_on: Day | None = None
    total_income_yen: Yen = 0
    income: Income | None = None
    disability: Disability = "none"
    living_together: bool = True
    abroad: bool = False
    family_employee: bool = False


class Dependant(Relative):
    born_on: Day
    parent_living_together: bool = False
    abroad_student: bool = False
    abroad_remittance_yen: Yen = 0


JUNE, MONTHS = 6, 12  # 法321条の5①: from June to the next May


class Collection(Part):
    method: Annotated[list[Method], BeforeValidator(as_list)] = Field(default_factory=list, max_length=3)
    non_employment: Literal["employment", "ordinary"] = "employment"
    previous_year_pension_tax_yen: Yen = 0
    pension_first_year: bool | None = None
    from_month: Annotated[int, Field(ge=1, le=MONTHS)] = JUNE
    earlier_months_yen: list[Yen] = Field(default_factory=list, max_length=MONTHS)
    decided_on: Day | None = None
    due_on: list[Day] = Field(default_factory=list, max_length=MONTHS)
    earlier_bills_yen: list[Yen] = Field(default_factory=list, max_length=MONTHS)
    earlier_provisional_yen: list[Yen] = Field(default_factory=list, max_length=MONTHS)
    earlier_final_yen: list[Yen] = Field(default_factory=list, max_length=MONTHS)
    income_tax_changed: bool = False

    def row(self, fiscal_year: int) -> dict[str, object]:
        """The columns of the chain's input that say how the tax is collected; a case without a day is decided before any is due."""
        first_year = (
            self.previous_year_pension_tax_yen == 0 if self.pension_first_year is None else self.pension_first_year
        )
        return {
            "collection_method": ",".join(self.method) or "none",
            "non_employment_ordinary": self.non_employment == "ordinary",
            "previous_pension_tax_yen": self.previous_year_pension_tax_yen,
            "pension_first_year": first_year and "pension" in self.method,
            "months_past": (self.from_month - JUNE) % MONTHS,
            "earlier_months_yen": self.earlier_months_yen,
            "decided_on": self.decided_on or date(fiscal_year, 1, 1),
            "bills_due_on": self.due_on,
            "earlier_bills_yen": self.earlier_bills_yen,
            "earlier_provisional_yen": self.earlier_provisional_yen,
            "earlier_final_yen": self.earlier_final_yen,
            "income_tax_changed": self.income_tax_changed,
        }


class House(Part):
    ward: str


class Case(Part):
    """One case; every amount in whole yen."""

    case: str
    fiscal_year: FiscalYear
    municipality: str | InlineMunicipality
    cites: list[str] = Field(default_factory=list)
    taxpayer: Taxpayer = Taxpayer()
    income: Income = Income()
    spouse: Relative | None = None
    dependants: list[Dependant] = Field(default_factory=list, max_length=RELATIVES_MAX)
    paid: Paid = Paid()
    collection: Collection = Collection()
    kind: Literal["resident_tax"] = "resident_tax"
    houses: list[House] = Field(default_factory=list, max_length=HOUSES_MAX)
    expect: dict[str, Any] = Field(default_factory=dict)


def read_cases(path: Path) -> list[Case | AnyKind]:
    """The file's case or cases. Raises `DataError` (unknown key with the nearest one, wrong value) or `ConfigurationError` (not YAML)."""
    document = read_yaml(path)
    return [read_any(one, file=path.name) for one in (document if isinstance(document, list) else [document])]


def read_any(document: object, *, file: str) -> Case | AnyKind:
    """One case of any kind; raises as `read_cases`."""
    kind = document.get("kind", YEAR) if isinstance(document, dict) else YEAR
    if kind == YEAR:
        return read_case(document, file=file)
    if kind not in KINDS:
        raise DataError(
            "知らない種類の事例です。",
            file=file,
            item="kind",
            expected="・".join([YEAR, *KINDS]),
            action="種類の名前を直すか、消してください。",
        )
    return validate(KINDS[kind], document, file=file, error=DataError)


def read_case(document: object, *, file: str) -> Case:
    """One case of a document; raises as `read_cases`."""
    case = validate(Case, document, file=file, error=DataError)
    year_end = date(case.fiscal_year - 1, 12, 31)
    for name, born_on in _birthdays(case):
        if born_on > year_end:
            raise DataError(
                "所得の年が終わった後の生年月日です。",
                file=file,
                item=name,
                expected=f"{year_end.isoformat()} 以前",
                action="生年月日か年度を確かめてください。",
            )
    return case


def _birthdays(case: Case) -> Iterator[tuple[str, date]]:
    if case.taxpayer.born_on is not None:
        yield "taxpayer.born_on", case.taxpayer.born_on
    if case.spouse is not None and case.spouse.born_on is not None:
        yield "spouse.born_on", case.spouse.born_on
    for number, dependant in enumerate(case.dependants):
        yield f"dependants.{number}.born_on", dependant.born_on
