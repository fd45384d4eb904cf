"""A municipality's profile: what its ordinances and its office decide, read from `schemas/cities/`."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
    model_validator,
)

from pipelines.city.monthly import MONTHS_OF_CORRECTIONS, Month, MonthDay, MonthlyCorrection
from pipelines.errors import ConfigurationError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

CITIES = SCHEMAS / "cities"


def _rate(text: object) -> Fraction:
    """`"4025/100000"` as an exact fraction; a decimal is refused, because YAML would read it as a float."""
    match = re.fullmatch(r"(\d+)/(\d+)", text) if isinstance(text, str) else None
    if match is None or int(match[2]) == 0:
        raise ValueError("率は 8/100 のように整数の分数で書く")
    return Fraction(int(match[1]), int(match[2]))


def is_municipality_code(code: str) -> bool:
    """Whether these are six digits of which the last is the check digit of the 全国地方公共団体コード."""
    if not re.fullmatch(r"[0-9]{6}", code):
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return int(code[5]) == (11 - weighted % 11) % 10


def _municipality_code(code: str) -> str:
    if not is_municipality_code(code):
        raise ValueError("団体コードは6桁の数字で、6桁目は検査数字")
    return code


Rate = Annotated[Fraction, BeforeValidator(_rate), PlainSerializer(lambda rate: f"{rate.numerator}/{rate.denominator}")]
MunicipalityCode = Annotated[str, AfterValidator(_municipality_code)]
Yen = Annotated[int, Field(ge=0, strict=True)]
DocumentKind = Literal["amended_return", "final_return", "resident_tax_return", "wage_report", "pension_report"]
# 法315条・317条の3: what was amended or the tax office determined, the latest 確定申告書, the resident tax return; then reports.
RETURNS_BY_LAW = ("amended_return", "final_return", "resident_tax_return")
REPORTS = {"wage_report", "pension_report"}


class Part(BaseModel):
    """A part of a profile: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ward(Part):
    code: MunicipalityCode
    name: str


class TaxNames(Part):
    """市民税・県民税; in the special wards 特別区民税・都民税."""

    city: str
    prefecture: str


class FiscalYears(Part):
    """First and last fiscal year for which the rates, per-capita amounts and exemption were looked up."""

    first: int
    last: int


class Rates(Part):
    """Rates of the income levy (所得割) by ordinance, as exact fractions."""

    city_income_levy: Rate
    prefecture_income_levy: Rate


class PerCapita(Part):
    """The per-capita levy (均等割), without the forest environment tax, which is national."""

    city_yen: Yen
    prefecture_yen: Yen


class PerCapitaExemption(Part):
    """均等割の非課税基準 (地方税法295条③, 令47条の3): base × persons + fixed, + addition with relatives."""

    base_yen: Yen
    fixed_yen: Yen
    addition_yen: Yen


class DueMonths(Part):
    """Months at whose last day ordinary collection is due; a month before June is in the next calendar year."""

    ordinary: tuple[Month, ...]


class ByMethod(Part):
    """A day of the year for each way of collection (給与特別徴収, 普通徴収), as `MM-DD`."""

    employment: MonthDay
    ordinary: MonthDay


class MailingDays(Part):
    """A day of the year for each of the year's mailings, as `MM-DD`: when it is prepared and asked about."""

    employer_forms: MonthDay
    returns: MonthDay
    taxed_here: MonthDay
    requests: MonthDay
    inquiries: MonthDay

    @model_validator(mode="after")
    def _each_has_a_day_of_its_own(self) -> "MailingDays":
        if len(set(self.model_dump().values())) < len(MailingDays.model_fields):
            raise ValueError("郵送物の日は、文書ごとに違う日にする（その日に動く文書が一つに決まるように）")
        return self


class Security(Part):
    stages_that_see_numbers: tuple[str, ...]


class Office(Part):
    """The office that the notice names; in the profiles shipped here number and address are fictitious."""

    name: str
    postcode: str
    address: str
    phone: str


class Appeal(Part):
    """To whom a review is asked, and whom to sue (行政不服審査法82条, 行政事件訴訟法46条)."""

    review_by: str
    defendant: str
    represented_by: str


class Recipient(Part):
    code: str
    name: str


class Source(Part):
    """Where a value comes from; `open` = from nowhere yet, the municipality must confirm it."""

    basis: Literal["law", "document", "published", "open"]
    text: str


class City(Part):
    """The profile of one municipality. Amounts are yen, rates exact fractions, days `MM-DD`."""

    code: MunicipalityCode
    name: str
    prefecture_name: str
    designated_city: bool
    wards: tuple[Ward, ...]
    tax_names: TaxNames
    fiscal_years: FiscalYears
    rates: Rates
    per_capita: PerCapita
    exemption_grade: Literal[1, 2, 3]
    per_capita_exemption: PerCapitaExemption
    due_months: DueMonths
    ordinary_split_unit_yen: Yen
    decrease_of_bills: Literal["later_first", "evenly"]
    cut_offs: ByMethod
    notice_dates: ByMethod
    notice_medium: Literal["pdf", "print_data"]
    mailing_days: MailingDays
    monthly_corrections: tuple[MonthlyCorrection, ...]
    document_priority: tuple[DocumentKind, ...]
    retention_years: Annotated[int, Field(ge=1)]
    security: Security
    mayor_title: str
    office: Office
    appeal: Appeal
    recipients: tuple[Recipient, ...]
    sources: dict[str, Source]

    @field_validator("document_priority")
    @classmethod
    def _returns_stand_as_the_law_has_them(cls, kinds: tuple[DocumentKind, ...]) -> tuple[DocumentKind, ...]:
        returns, reports = kinds[: len(RETURNS_BY_LAW)], kinds[len(RETURNS_BY_LAW) :]
        if returns != RETURNS_BY_LAW or sorted(reports) != sorted(REPORTS):
            raise ValueError(
                f"地方税法315条・317条の3の順（{'、'.join(RETURNS_BY_LAW)}）を先に書き、"
                f"その後に {'、'.join(sorted(REPORTS))} を団体の順で一つずつ書く"
            )
        return kinds

    @field_validator("monthly_corrections")
    @classmethod
    def _one_a_month(cls, runs: tuple[MonthlyCorrection, ...]) -> tuple[MonthlyCorrection, ...]:
        if tuple(int(run.cut_off[:2]) for run in runs) != MONTHS_OF_CORRECTIONS:
            raise ValueError("6月から翌年4月まで、月に一つずつ、この順に書く（5月は当初の賦課の月）")
        return runs

    @model_validator(mode="after")
    def _wards_only_in_designated_cities(self) -> "City":
        if self.designated_city != bool(self.wards):
            raise ValueError("行政区は指定都市にだけあり、指定都市には必ずある")
        return self

    @model_validator(mode="after")
    def _every_value_has_a_source(self) -> "City":
        unsourced = set(City.model_fields) - {"name", "prefecture_name", "sources"}
        if unsourced != set(self.sources):
            raise ValueError(f"出典の無い値、または値の無い出典: {sorted(unsourced ^ set(self.sources))}")
        return self

    def require_fiscal_year(self, fiscal_year: int) -> None:
        """Refuse a fiscal year for which nobody has looked up this municipality's ordinance values."""
        if not self.fiscal_years.first <= fiscal_year <= self.fiscal_years.last:
            raise ConfigurationError(
                f"{self.name}の{fiscal_year}年度の税率・均等割・非課税基準は確認されていません",
                file=f"schemas/cities/{self.code}-*.yaml",
                expected=f"{self.fiscal_years.first}～{self.fiscal_years.last}年度",
                action="条例の値を確かめ、fiscal_years を改めてください",
            )

    def open_values(self) -> list[str]:
        """Names of the values without a source, in the profile's order."""
        return [name for name, source in self.sources.items() if source.basis == "open"]


@cache
def load_city(code: str, folder: Path = CITIES) -> City:
    """The profile of the municipality with the six-digit `code` from `folder`.

    Raises ConfigurationError when there is none, or when one of its values has not the right form.
    """
    files = sorted(folder.glob(f"{code}-*.yaml")) if re.fullmatch(r"\d{6}", code) else []
    if len(files) != 1:
        known = "、".join(path.stem for path in sorted(folder.glob("*.yaml")))
        raise ConfigurationError(
            f"団体コード {code} の団体別設定が{'ありません' if not files else '複数あります'}",
            file="schemas/cities",
            expected=known,
            action="団体コードを確かめるか、団体別設定を1つ置いてください",
        )
    try:
        city = City.model_validate(load_yaml(files[0]))
    except (ValidationError, yaml.YAMLError) as error:
        raise _wrong_profile(files[0], error) from error
    if city.code != code:
        raise ConfigurationError(
            "団体別設定のファイル名と中の団体コードが違います",
            file=files[0].name,
            action="どちらが正しいか確かめて直してください",
        )
    return city


def _wrong_profile(path: Path, error: ValidationError | yaml.YAMLError) -> ConfigurationError:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        item, found = ".".join(str(part) for part in first["loc"]) or "全体", first["msg"]
    else:
        item, found = "全体", "YAMLとして読めない"
    return ConfigurationError(
        "団体別設定の値が正しくありません",
        file=path.name,
        item=item,
        found=found,
        action="その項目を直してください",
    )
