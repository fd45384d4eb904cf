"""納税通知書 for ordinary collection (普通徴収, 地方税法319条の2): who gets one now, what it says, the files and register."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pipelines.calendar import FiscalYear, due_dates, wareki
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, payload_file, require_contract_columns
from pipelines.ledger.sql_file import sql_text
from pipelines.notices.due import late_due_on
from pipelines.notices.glyphs import unprintable
from pipelines.notices.printing import NOTICES_PER_FILE, print_notices
from pipelines.notices.wording import load_wording

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
TEMPLATE = "ordinary_collection_notice.typ"
_PRINTED_TEXT = {"name": "氏名", "postcode": "郵便番号", "address": "住所"}


def build_notices(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """The notices that are due: PDF files of at most NOTICES_PER_FILE notices, and the rows of the register of notices.

    Whoever cannot get one by post as it stands (住所の保護, a character without a glyph, no address) is in `review`, one
    Japanese line each without the name. Raises DataError when a column is not in the contract.
    """
    city.require_fiscal_year(fiscal_year)
    if city.notice_medium != "pdf":  # the print house gets them as data: print_data
        return Payload(contract, fiscal_year, ())
    notice_on = notice_date(city, fiscal_year, pin.as_of)
    found = due_rows(session, city, fiscal_year, contract)
    objections = {row["taxpayer_no"]: objection(row) for row in found}
    rows = [row for row in found if objections[row["taxpayer_no"]] is None]
    files = _files(rows, city, fiscal_year, notice_on, staging)
    return Payload(
        contract,
        fiscal_year,
        files,
        notices=tuple(register_row(row) for row in rows),
        review=tuple(f"宛名番号 {number}: {reason}" for number, reason in sorted(objections.items()) if reason),
    )


def notice_date(city: "City", fiscal_year: int, as_of: date) -> date:
    """The profile's day in the fiscal year; after it, the day of the run: no notice is dated back."""
    return max(date.fromisoformat(f"{fiscal_year}-{city.notice_dates.ordinary}"), as_of)


def objection(row: Row) -> str | None:
    """Why this notice must not be printed, in Japanese; None when it may."""
    if row["protected_address"]:
        return "住所の保護（支援措置）の対象。通知書を作っていない。送り先と渡し方を職員が決める"
    for column, ja in _PRINTED_TEXT.items():
        if not (row[column] or "").strip():
            return f"{ja}が空。通知書を作っていない"
        missing = unprintable(row[column])
        if missing:
            return f"{ja}に印字できない文字（{'、'.join(missing)}）。通知書を作っていない"
    return None


def due_rows(session: "LedgerSession", city: "City", fiscal_year: int, contract: "Contract") -> list[Row]:
    """The rows of the notices that are due, held to the contract's columns."""
    cursor = session.con.execute(
        sql_text("notices", "due_notice"),
        {"fiscal_year": fiscal_year, "instalment_count": len(city.due_months.ordinary)},
    )
    names = [str(column[0]) for column in cursor.description or ()]
    # protected_address decides whether a notice is printed; it is on none.
    require_contract_columns(contract, [name for name in names if name != "protected_address"])
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def register_row(row: Row) -> Row:
    """The notice's row in the register of notices."""
    kept = ("notice_no", "notice_kind", "fiscal_year", "taxpayer_no", "version")
    return {name: row[name] for name in kept} | {"amount_yen": row["annual_tax_yen"]}


def _files(
    rows: list[Row], city: "City", fiscal_year: int, notice_on: date, staging: SealedFolder
) -> tuple[PayloadFile, ...]:
    common = common_text(city, fiscal_year, notice_on)
    due_on = due_dates(city, FiscalYear(fiscal_year), "ordinary")
    files = []
    for number, first in enumerate(range(0, len(rows), NOTICES_PER_FILE), start=1):
        chunk = rows[first : first + NOTICES_PER_FILE]
        content = print_notices(
            TEMPLATE, common, [printed(row, due_on, notice_on) for row in chunk], notice_on=notice_on
        )
        yen = sum(row["annual_tax_yen"] for row in chunk)
        files.append(payload_file(staging, f"notice-{number:04d}.pdf", content, rows=len(chunk), yen=yen))
    return tuple(files)


def common_text(city: "City", fiscal_year: int, notice_on: date) -> Row:
    """What every notice of the run says."""
    year, wording = FiscalYear(fiscal_year), load_wording(city.code)
    return {
        "fiscal_year": year.label,
        "income_year": wareki(date(year.income_year, 12, 31)).partition("年")[0] + "年",
        "assessment_day": wareki(year.assessment_day),
        "notice_on": wareki(notice_on),
        "city": city.name,
        "city_tax": city.tax_names.city,
        "prefecture_tax": city.tax_names.prefecture,
        "city_rate": percent(city.rates.city_income_levy),
        "prefecture_rate": percent(city.rates.prefecture_income_levy),
        "due_months": list(city.due_months.ordinary),
        "split_unit_yen": city.ordinary_split_unit_yen,
        "mayor": city.mayor_title,
        "office": city.office.model_dump(),
        "appeal": city.appeal.model_dump(),
        "wording": wording.model_dump(),
    }


def printed(row: Row, due_on: list[date], notice_on: date) -> Row:
    """What one notice says: its row, and its instalments with their days."""
    change = row["notice_kind"] == "change_notice"
    instalments = []
    for day, yen, earlier in zip(due_on, row["ordinary_instalments_yen"], row["earlier_instalments_yen"], strict=True):
        late = late_due_on(day, notice_on, more_yen=yen - earlier if change else yen)
        instalments.append(
            {"due_on": wareki(day), "late_due_on": late and wareki(late), "yen": yen, "earlier_yen": earlier}
        )
    return row | {"change": change, "instalments": instalments}


def percent(rate: Fraction) -> str:
    """A rate as printed: `8/100` is `8`, `4025/100000` is `4.025`."""
    scaled = rate * 100
    return f"{(Decimal(scaled.numerator) / Decimal(scaled.denominator)).normalize():f}"
