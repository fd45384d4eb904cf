"""Case files: who, where, what income, what was paid, and what must come out (docs/cases.md)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.errors import DataError
from pipelines.parameters import Municipality
from pipelines.parameters.model import Rate
from pipelines.parameters.strict import read_yaml, validate

YEN_MAX = 1_000_000_000_000
PAYERS_MAX = RELATIVES_MAX = 100
Yen = Annotated[int, Field(ge=0, le=YEN_MAX)]
Day = Annotated[date, Field(ge=date(1890, 1, 1))]
Disability = Literal["none", "ordinary", "special"]
Later = Any  # a key of the format whose subject this edition does not compute: nil is accepted, anything else refused


class Part(BaseModel):
    """A part of a case: knows its keys, takes no text for a number and no number for true or false."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
        )


class Taxpayer(Part):
    born_on: Day | None = None
    disability: Disability = "none"
    widow: bool = False
    single_parent: Literal["none", "mother", "father"] = "none"
    working_student: bool = False
    public_assistance: bool = False


class Employment(Part):
    paid_yen: Yen | None = None
    net_yen: Yen | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Employment":
        if self.paid_yen is None and self.net_yen is None:
            raise ValueError("paid_yen か net_yen が要ります。")
        return self


class Income(Part):
    employment: Annotated[list[Employment], Field(max_length=PAYERS_MAX)] = []
    public_pension: Later = None
    business_yen: Later = None
    real_estate_yen: Later = None
    dividend: Later = None
    miscellaneous_yen: Later = None
    occasional: Later = None
    capital_gain: Later = None
    land: Later = None
    shares: Later = None
    futures_yen: Later = None
    forestry_yen: Later = None
    loss_carried_forward_yen: Later = None

    @property
    def paid_yen(self) -> int:
        """Wages of all payers."""
        return sum(payer.paid_yen or 0 for payer in self.employment)

    @property
    def net_yen(self) -> int | None:
        """給与所得 where the case gives it instead of the wages."""
        given = [payer.net_yen for payer in self.employment if payer.net_yen is not None]
        return sum(given) if given else None


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


class LifeInsurance(Part):
    new_general_yen: Yen = 0
    new_care_yen: Yen = 0
    new_pension_yen: Yen = 0
    old_general_yen: Yen = 0
    old_pension_yen: Yen = 0


class EarthquakeInsurance(Part):
    earthquake_yen: Yen = 0
    old_long_term_yen: Yen = 0


class HousingLoan(Part):
    moved_in_on: Day
    creditable_yen: Yen = 0
    income_tax_before_credit_yen: Yen = 0
    income_tax_taxable_yen: Yen = 0
    rate_percent: Literal[5, 7] = 5


class Paid(Part):
    social_insurance_yen: Yen = 0
    small_enterprise_mutual_aid_yen: Yen = 0
    life_insurance: LifeInsurance = LifeInsurance()
    earthquake_insurance: EarthquakeInsurance = EarthquakeInsurance()
    housing_loan: HousingLoan | None = None
    medical: Later = None
    self_medication: Later = None
    casualty: Later = None
    donation: Later = None
    foreign_tax_yen: Later = None
    withheld: Later = None


class Collection(Part):
    method: Literal["none", "employment", "ordinary"] = "none"
    previous_year_pension_tax_yen: Later = None


class Case(Part):
    """One case; every amount in whole yen."""

    case: str
    fiscal_year: Literal[2022, 2023, 2024, 2025, 2026, 2027]
    municipality: str | InlineMunicipality
    cites: list[str] = []
    taxpayer: Taxpayer = Taxpayer()
    income: Income = Income()
    spouse: Relative | None = None
    dependants: Annotated[list[Dependant], Field(max_length=RELATIVES_MAX)] = []
    paid: Paid = Paid()
    collection: Collection = Collection()
    kind: Later = None
    houses: Later = None
    expect: dict[str, Any] = {}


def read_cases(path: Path) -> list[Case]:
    """The file's case or cases. Raises `DataError` (unknown key with the nearest one, wrong value, subject not yet
    computed) or `ConfigurationError` (not YAML)."""
    document = read_yaml(path)
    return [read_case(one, file=path.name) for one in (document if isinstance(document, list) else [document])]


def read_case(document: object, *, file: str) -> Case:
    """One case of a document; raises as `read_cases`."""
    if isinstance(document, dict):
        _refuse_later(document, file)
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


def _refuse_later(document: dict[Any, Any], file: str) -> None:
    """Refuse a subject of the format that this edition does not compute, unless it is nil."""
    parts = (("", Case, document), ("income.", Income, document.get("income")), ("paid.", Paid, document.get("paid")),
             ("collection.", Collection, document.get("collection")))  # fmt: skip
    for prefix, model, part in parts:
        later = [name for name, field in model.model_fields.items() if field.annotation is Any and name != "expect"]
        for name in later:
            if isinstance(part, dict) and _says_something(part.get(name)):
                raise _not_yet(f"{prefix}{name}", file)
    method = (document.get("collection") or {}).get("method") if isinstance(document.get("collection"), dict) else None
    if method == "pension" or isinstance(method, list):
        raise _not_yet("collection.method", file)


def _not_yet(item: str, file: str) -> DataError:
    what, action = "この版では未対応の項目です。", "給与所得だけの事例にしてください。"
    return DataError(what, file=file, item=item, expected="0 または記載なし", action=action)


def _says_something(value: object) -> bool:
    """Whether a value is more than nil: a figure other than 0, true, or any of these inside. Words say nothing."""
    if isinstance(value, dict):
        return any(_says_something(one) for one in value.values())
    if isinstance(value, list):
        return any(_says_something(one) for one in value)
    return not isinstance(value, str | date) and bool(value)
