"""納税通知書 for ordinary collection (普通徴収, 地方税法319条の2): who gets one now, what it says, the files and register."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.calendar import FiscalYear, due_dates, wareki
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, require_contract_columns
from pipelines.exchange.progress import Progress
from pipelines.ledger.sql_file import sql_text
from pipelines.notices.addressee import addressed, objection
from pipelines.notices.due import late_due_on
from pipelines.notices.glyphs import unprintable
from pipelines.notices.payment_way import Payer, Ways, payers, ways_of
from pipelines.notices.printing import NOTICES_PER_FILE, Press, lots
from pipelines.notices.slip_codes import slip_layout
from pipelines.notices.slip_printing import TEMPLATE as SLIP_TEMPLATE
from pipelines.notices.slip_printing import period_name, slip_sheets, slip_text
from pipelines.notices.slips import Issue, Slip, SlipState, register_rows, slips_of_notice
from pipelines.notices.statement import changes, percent, statement
from pipelines.notices.told import define_told, earlier_slips, told_reductions
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
    due = due_notices(session, city, fiscal_year)
    if due.num_rows:
        require_contract_columns(contract, [*due.column_names, "payment_slips", "accounts"])
    asked = due.select(["taxpayer_no", "notice_kind", "resent"]).to_pylist()
    sent_before = [row["taxpayer_no"] for row in asked if row["notice_kind"] == "change_notice" or row["resent"]]
    desk = _Desk(
        due_dates(city, FiscalYear(fiscal_year), "ordinary"),
        notice_on,
        payers(session, fiscal_year, [str(number) for number in due.column("taxpayer_no").to_pylist()]),
        earlier_slips(session, fiscal_year, sent_before),
        whole_year=slip_layout().city(city.code).whole_year,
    )
    files = _files(desk, due, city, fiscal_year, staging)
    return Payload(
        contract,
        fiscal_year,
        files,
        notices=tuple(desk.register),
        entries={"payment_slip": desk.slips, "payment_slip_void": desk.voids}
        | told_entries(session, fiscal_year, desk.told),
        review=tuple(f"宛名番号 {number}: {reason}" for number, reason in sorted(desk.objections.items())),
    )


@dataclass
class _Desk:
    """Settles one notice after another, and keeps what the registers will say; the wide rows themselves are not kept."""

    due_on: list[date]
    notice_on: date
    payers: dict[str, Payer]
    earlier: dict[str, list[tuple[Slip, SlipState]]]
    whole_year: bool
    register: list[Row] = field(default_factory=list)
    slips: list[Row] = field(default_factory=list)
    voids: list[Row] = field(default_factory=list)
    told: list[tuple[Row, Ways]] = field(default_factory=list)
    objections: dict[str, str] = field(default_factory=dict)

    def settled(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Issue, Ways]]:
        """The notices that may be printed, each with its slips and how its instalments are paid."""
        for row in rows:
            number = row["taxpayer_no"]
            if reason := objection(row) or account_objection(self.payers.get(number)):
                self.objections[number] = reason
                continue
            ways = ways_of(row, self.due_on, self.notice_on, self.payers.get(number, Payer()))
            issue = slips_of_notice(
                row,
                self.due_on,
                self.notice_on,
                self.earlier.get(number, []),
                whole_year=self.whole_year,
                debited=ways.debited,
                again=ways.again,
            )
            registered = register_row(row)
            self.register.append(registered)
            self.slips += register_rows(row, issue.issued)
            self.voids += void_rows(row, issue)
            self.told.append((registered, ways))
            yield row, issue, ways


def account_objection(payer: Payer | None) -> str | None:
    """Why the names of the accounts cannot be printed, in Japanese; None when they can."""
    text = "".join(account.text for account in payer.accounts) if payer else ""
    missing = unprintable(text)
    return f"金融機関の名に印字できない文字（{'、'.join(missing)}）。通知書を作っていない" if missing else None


def void_rows(row: Row, issue: Issue) -> list[Row]:
    """The rows of the register of slips that a notice voids, without the release."""
    return [{"slip_no": slip.slip_no, "notice_no": row["notice_no"]} for slip in issue.voided]


def told_entries(session: "LedgerSession", fiscal_year: int, notices: list[tuple[Row, Ways]]) -> dict[str, list[Row]]:
    """What these notices tell of 減免 and of the ways of payment, without the release; no table without rows."""
    rows = {(row["taxpayer_no"], row["ward_code"]): row for row, _ in notices}
    decisions = told_reductions(session, fiscal_year, [number for number, _ in rows])
    kept = ("fiscal_year", "taxpayer_no", "ward_code")
    told = [
        {"notice_no": row["notice_no"]}
        | {name: row[name] for name in kept}
        | {name: decision[name] for name in ("decision_ref", "reduction_version")}
        for decision in decisions
        if (row := rows.get((decision["taxpayer_no"], decision["ward_code"])))
    ]
    found = {
        "told_reduction": told,
        "told_payment_way": [entry for row, ways in notices for entry in ways.entries(row)],
    }
    return {table: entries for table, entries in found.items() if entries}


def notice_date(city: "City", fiscal_year: int, as_of: date) -> date:
    """The profile's day in the fiscal year; after it, the day of the run: no notice is dated back."""
    return max(date.fromisoformat(f"{fiscal_year}-{city.notice_dates.ordinary}"), as_of)


def due_notices(session: "LedgerSession", city: "City", fiscal_year: int) -> pa.Table:
    """The notices that are due, in the post office's order, columns as in sql/notices/due_notice.sql: a tenth of the memory of as many dicts."""
    define_told(session, city)
    found = session.con.execute(
        sql_text("notices", "due_notice"),
        {"fiscal_year": fiscal_year, "instalment_count": len(city.due_months.ordinary)},
    )
    return found.to_arrow_table()


def rows_in(table: pa.Table) -> Iterator[Row]:
    """The rows of a table, a file's worth of them in memory at a time."""
    for batch in table.to_batches(max_chunksize=NOTICES_PER_FILE):
        yield from batch.to_pylist()


def register_row(row: Row) -> Row:
    """The notice's row in the register of notices."""
    kept = ("notice_no", "notice_kind", "fiscal_year", "taxpayer_no", "ward_code", "version")
    return {name: row[name] for name in kept} | {"amount_yen": row["annual_tax_yen"]}


def _files(
    desk: _Desk, due: pa.Table, city: "City", fiscal_year: int, staging: SealedFolder
) -> tuple[PayloadFile, ...]:
    """For each lot a file of notices and one of their slips, which counts nothing: its yen are those of the notices."""
    common = common_text(city, fiscal_year, desk.notice_on)
    progress = Progress("納税通知書の印刷", "件", due.num_rows)
    press = Press(staging, TEMPLATE, common, desk.notice_on, progress)
    slip_press = Press(staging, SLIP_TEMPLATE, slip_text(common), desk.notice_on, progress)
    files = []
    for number, lot in enumerate(lots(desk.settled(rows_in(due)), NOTICES_PER_FILE), start=1):
        pages = [printed(row, issue, desk.due_on, desk.notice_on, city, ways) for row, issue, ways in lot]
        yen = sum(row["annual_tax_yen"] for row, _, _ in lot)
        files.append(press.file(f"notice-{number:04d}.pdf", pages, rows=len(lot), yen=yen))
        if slipped := [(row, issue.issued) for row, issue, _ in lot if issue.issued]:
            sheets = slip_sheets(city, fiscal_year, slipped)
            files.append(slip_press.file(f"payment_slip-{number:04d}.pdf", sheets, rows=0, yen=0))
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


def printed(row: Row, issue: Issue, due_on: list[date], notice_on: date, city: "City", ways: Ways) -> Row:
    """What one notice says: its row, whom it is addressed to, its instalments with their days, what holds of the slips, what
    is debited from an account."""
    change = row["notice_kind"] == "change_notice"
    instalments = []
    for day, yen, earlier in zip(due_on, row["payable_instalments_yen"], row["earlier_payable_yen"], strict=True):
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
            "payable_yen": sum(row["payable_instalments_yen"]),
            "slip_periods": periods(slip.period for slip in issue.issued),
            "void_periods": periods(slip.period for slip in issue.voided),
            "accounts": [each | {"periods": periods(each["periods"])} for each in ways.printed()],
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


def periods(numbers: Iterable[int]) -> str:
    """第1期・第2期: the periods, each once."""
    return "・".join(period_name(period) for period in sorted(set(numbers)))
