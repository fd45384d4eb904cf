"""納税通知書 for ordinary collection (普通徴収, 地方税法319条の2): who gets one now, what it says, the files and register."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.calendar import FiscalYear, due_dates, wareki
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, payload_file, require_contract_columns
from pipelines.ledger.sql_file import rows_of, sql_text
from pipelines.notices.addressee import addressed, objection
from pipelines.notices.due import late_due_on
from pipelines.notices.printing import NOTICES_PER_FILE, print_notices
from pipelines.notices.slip_codes import slip_layout
from pipelines.notices.slip_printing import period_name, print_slips
from pipelines.notices.slips import Issue, Slip, SlipState, register_rows, slips_of_notice
from pipelines.notices.statement import changes, percent, statement
from pipelines.notices.wording import load_wording

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
# 仮徴収, then 本徴収 (地方税法321条の7の8①・321条の7の2①).
PENSION_MONTHS = (4, 6, 8, 10, 12, 2)
TEMPLATE = "ordinary_collection_notice.typ"


def build_notices(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """The notices that are due with their payment slips, as PDF files of at most NOTICES_PER_FILE notices, and the rows
    of the registers of both.

    Whoever cannot get one by post as it stands (nobody to address it to, a character without a glyph, no address) is in
    `review`, one Japanese line each without the name. Raises DataError when a column is not in the contract.
    """
    city.require_fiscal_year(fiscal_year)
    if city.notice_medium != "pdf":  # the print house gets them as data: print_data
        return Payload(contract, fiscal_year, ())
    notice_on = notice_date(city, fiscal_year, pin.as_of)
    found = due_rows(session, city, fiscal_year)
    if found:
        require_contract_columns(contract, [*found[0], "payment_slips"])
    objections = {row["taxpayer_no"]: objection(row) for row in found}
    rows = [row for row in found if objections[row["taxpayer_no"]] is None]
    due_on = due_dates(city, FiscalYear(fiscal_year), "ordinary")
    earlier = _earlier_slips(session, fiscal_year, rows)
    whole_year = slip_layout().city(city.code).whole_year
    issues = [
        slips_of_notice(row, due_on, notice_on, earlier.get(row["taxpayer_no"], []), whole_year=whole_year)
        for row in rows
    ]
    notices = list(zip(rows, issues, strict=True))
    return Payload(
        contract,
        fiscal_year,
        _files(notices, city, fiscal_year, notice_on, staging),
        notices=tuple(register_row(row) for row in rows),
        entries={
            "payment_slip": [entry for row, issue in notices for entry in register_rows(row, issue.issued)],
            "payment_slip_void": [
                {"slip_no": slip.slip_no, "notice_no": row["notice_no"]}
                for row, issue in notices
                for slip in issue.voided
            ],
        },
        review=tuple(f"宛名番号 {number}: {reason}" for number, reason in sorted(objections.items()) if reason),
    )


def notice_date(city: "City", fiscal_year: int, as_of: date) -> date:
    """The profile's day in the fiscal year; after it, the day of the run: no notice is dated back."""
    return max(date.fromisoformat(f"{fiscal_year}-{city.notice_dates.ordinary}"), as_of)


def due_rows(session: "LedgerSession", city: "City", fiscal_year: int) -> list[Row]:
    """The rows of the notices that are due, in the post office's order; columns as in sql/notices/due_notice.sql."""
    session.define_leaving("notice_addressee")
    return rows_of(
        session, "notices", "due_notice", fiscal_year=fiscal_year, instalment_count=len(city.due_months.ordinary)
    )


def _earlier_slips(
    session: "LedgerSession", fiscal_year: int, rows: list[Row]
) -> dict[str, list[tuple[Slip, SlipState]]]:
    """Every slip issued so far to those who were sent a notice before, and whether it still holds; by taxpayer."""
    numbers = [row["taxpayer_no"] for row in rows if row["notice_kind"] == "change_notice" or row["resent"]]
    issued = session.con.execute(
        sql_text("notices", "issued_slip"), {"fiscal_year": fiscal_year, "taxpayer_nos": numbers}
    ).fetchall()
    found: dict[str, list[tuple[Slip, SlipState]]] = {}
    for taxpayer_no, slip_no, period, yen, due_on, state in issued:
        found.setdefault(taxpayer_no, []).append((Slip(slip_no, period, yen, due_on), state))
    return found


def register_row(row: Row) -> Row:
    """The notice's row in the register of notices."""
    kept = ("notice_no", "notice_kind", "fiscal_year", "taxpayer_no", "ward_code", "version")
    return {name: row[name] for name in kept} | {"amount_yen": row["annual_tax_yen"]}


def _files(
    notices: list[tuple[Row, Issue]], city: "City", fiscal_year: int, notice_on: date, staging: SealedFolder
) -> tuple[PayloadFile, ...]:
    """For each lot a file of notices and one of their slips, which counts nothing: its yen are those of the notices."""
    common = common_text(city, fiscal_year, notice_on)
    due_on = due_dates(city, FiscalYear(fiscal_year), "ordinary")
    files = []
    for number, first in enumerate(range(0, len(notices), NOTICES_PER_FILE), start=1):
        lot = notices[first : first + NOTICES_PER_FILE]
        pages = [printed(row, issue, due_on, notice_on, city) for row, issue in lot]
        content = print_notices(TEMPLATE, common, pages, notice_on=notice_on)
        yen = sum(row["annual_tax_yen"] for row, _ in lot)
        files.append(payload_file(staging, f"notice-{number:04d}.pdf", content, rows=len(lot), yen=yen))
        if slipped := [(row, issue.issued) for row, issue in lot if issue.issued]:
            content = print_slips(common, city, fiscal_year, slipped, notice_on=notice_on)
            files.append(payload_file(staging, f"payment_slip-{number:04d}.pdf", content, rows=0, yen=0))
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


def printed(row: Row, issue: Issue, due_on: list[date], notice_on: date, city: "City") -> Row:
    """What one notice says: its row, whom it is addressed to, its instalments with their days, what holds of the slips."""
    change = row["notice_kind"] == "change_notice"
    instalments = []
    for day, yen, earlier in zip(due_on, row["ordinary_instalments_yen"], row["earlier_instalments_yen"], strict=True):
        late = late_due_on(day, notice_on, more_yen=yen - earlier if change else yen)
        instalments.append(
            {"due_on": wareki(day), "late_due_on": late and wareki(late), "yen": yen, "earlier_yen": earlier}
        )
    return (
        row
        | addressed(row)
        | {
            "change": change,
            "instalments": instalments,
            "slip_periods": _periods(issue.issued),
            "void_periods": _periods(issue.voided),
            "statement": statement(row, city, row["fiscal_year"]),
            "changes": changes(row),
            "changed_from": _first_change(instalments) if change else None,
            "pension_months": list(
                zip(PENSION_MONTHS, row["pension_provisional_yen"] + row["pension_final_yen"], strict=True)
            )
            if row["pension_tax_yen"]
            else [],
        }
    )


def _first_change(instalments: list[Row]) -> int | None:
    """From which period on the amounts are others than told before; None when all stay."""
    return next((place for place, each in enumerate(instalments, 1) if each["yen"] != each["earlier_yen"]), None)


def _periods(slips: list[Slip]) -> str:
    """第1期・第2期: which periods the slips are for, each once."""
    return "・".join(period_name(period) for period in sorted({slip.period for slip in slips}))
