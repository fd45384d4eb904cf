"""所得証明・課税証明・非課税証明: what was decided of one person's year, as one page. What nobody declared is never certified."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.calendar import FiscalYear, wareki
from pipelines.errors import DataError
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.glyphs import unprintable
from pipelines.notices.printing import print_notices
from pipelines.notices.statement import statement
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession

Row = dict[str, Any]
CertificateKind = Literal["income", "tax", "exemption"]
TEMPLATE = "certificate.typ"
SAID = SCHEMAS / "notices" / "certificate.yaml"


class Kind(BaseModel):
    """A kind of certificate as it is called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str


class Certificates(BaseModel):
    """schemas/notices/certificate.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[CertificateKind, Kind]
    purposes: dict[str, str]


@cache
def certificates() -> Certificates:
    """The kinds and the purposes."""
    return Certificates.model_validate(load_yaml(SAID))


def certified(session: "LedgerSession", fiscal_year: int, taxpayer_no: str, kind: CertificateKind) -> Row:
    """What may be certified of the person as the session is pinned. Raises DataError with what to do when it may not."""
    session.define_leaving("notice_addressee")
    found = rows_of(session, "notices", "certified_assessment", fiscal_year=fiscal_year, taxpayer_no=taxpayer_no)
    row = found[0] if found else None
    if problem := _problem(row, kind):
        what, action = problem
        raise DataError(what, item=f"{fiscal_year}年度 宛名番号 {taxpayer_no}", action=action)
    assert row is not None
    return row


def certificate_page(
    row: Row, city: "City", kind: CertificateKind, purpose: str, issue_no: str, issued_on: date
) -> bytes:
    """The certificate as PDF. `issue_no` is printed on it."""
    year = FiscalYear(row["fiscal_year"])
    common = {
        "title": certificates().kinds[kind].title,
        "fiscal_year": year.label,
        "income_year": wareki(date(year.income_year, 12, 31)).partition("年")[0] + "年",
        "assessment_day": wareki(year.assessment_day),
        "city": city.name,
        "city_tax": city.tax_names.city,
        "prefecture_tax": city.tax_names.prefecture,
        "mayor": city.mayor_title,
        "issued_on": wareki(issued_on),
    }
    told = {
        "kind": kind,
        "purpose": certificates().purposes[purpose],
        "issue_no": issue_no,
        "decided_on": wareki(row["decided_on"]),
        "statement": statement(row, city, row["fiscal_year"]),
    }
    kept = {name: value for name, value in row.items() if name in _SHOWN}
    return print_notices(TEMPLATE, common, [kept | told], notice_on=issued_on)


_SHOWN = {
    "taxpayer_no", "name", "home_address", "total_income_yen", "gross_income_etc_yen", "taxable_income_yen",
    "city_income_levy_yen", "prefecture_income_levy_yen", "city_per_capita_yen", "prefecture_per_capita_yen",
    "city_tax_yen", "prefecture_tax_yen", "forest_environment_tax_yen", "annual_tax_yen", "has_spouse",
    "dependant_specific_count", "dependant_elderly_count", "dependant_other_count", "dependant_under_16_count",
    "disabled_relative_count",
}  # fmt: skip


def _problem(row: Row | None, kind: CertificateKind) -> tuple[str, str] | None:
    """Why this cannot be certified, and what to do; None when it can."""
    if row is None:
        return "この宛名番号の人は台帳にいません", "宛名番号を確かめてください"
    if not row["lived_here"]:
        return (
            "1月1日にこの団体の住民ではなかったので、証明できません（他団体課税）",
            "1月1日に住んでいた市区町村へ申請するよう案内してください",
        )
    # 未申告 is not 非課税: of whom no document tells, nobody knows the income.
    if row["version"] is None or not row["document_count"]:
        return (
            "申告も報告書もない（未申告）ので、証明できません。未申告は非課税ではありません",
            "市民税・県民税申告書を受け付け、賦課を決定してから発行してください。収入がなくても申告が要ります",
        )
    if missing := unprintable(f"{row['name']}{row['home_address'] or ''}"):
        return (
            f"氏名か住所に印字できない文字があります（{'、'.join(missing)}）",
            "字体を確かめ、手書きなど別の方法で発行してください",
        )
    return _wrong_kind(row["annual_tax_yen"], kind)


def _wrong_kind(annual_tax_yen: int, kind: CertificateKind) -> tuple[str, str] | None:
    if kind == "exemption" and annual_tax_yen > 0:
        return "課税されているので、非課税証明書は出せません", "課税証明書（--kind tax）を発行してください"
    if kind == "tax" and annual_tax_yen == 0:
        return "課税されていないので、課税証明書は出せません", "非課税証明書（--kind exemption）を発行してください"
    return None
