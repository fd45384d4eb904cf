"""特別徴収税額決定・変更通知書（納税義務者用）: a document for each employee, on paper or sealed to the person (321条の4①⑧, 321条の6)."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, made_once, require_contract_columns
from pipelines.exchange.personal_archive import SEALED, archive
from pipelines.exchange.progress import Progress
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.employer import MONTHS, employment_notice_date
from pipelines.notices.glyphs import unprintable
from pipelines.notices.ordinary_collection import common_text
from pipelines.notices.printing import NOTICES_PER_FILE, Press, inputs_digest, lots, print_notices

if TYPE_CHECKING:
    from datetime import date

    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
TEMPLATE = "employee_withholding_notice.typ"
_PRINTED = {"name": "氏名", "payer_name": "特別徴収義務者の名称", "employee_no": "受給者番号"}


def build_employee_papers(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """PDF files with a sheet for every employee whose employer hands out paper, sorted by employer, and the register.

    Raises DataError when a column is not in the contract.
    """
    rows, review = _due(session, contract, fiscal_year, sealed=False)
    notice_on = employment_notice_date(city, fiscal_year, pin.as_of)
    press = Press(staging, TEMPLATE, common_text(city, fiscal_year, notice_on), notice_on)
    files = [
        press.file(
            f"employee-{number:04d}.pdf",
            [printed(row) for row in lot],
            rows=len(lot),
            yen=sum(row["withheld_yen"] for row in lot),
        )
        for number, lot in enumerate(lots(rows, NOTICES_PER_FILE), start=1)
    ]
    return Payload(contract, fiscal_year, tuple(files), notices=_register(rows), review=review)


def build_employee_archives(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """An archive for every employer that hands the documents out electronically, each document sealed to its person when
    the archive leaves. Raises DataError when a column is not in the contract.
    """
    rows, review = _due(session, contract, fiscal_year, sealed=True)
    notice_on = employment_notice_date(city, fiscal_year, pin.as_of)
    files = tuple(_archives(rows, city, fiscal_year, notice_on, staging))
    return Payload(contract, fiscal_year, files, notices=_register(rows), review=review)


def objection(row: Row) -> str | None:
    """Why this employee's document must not be printed, in Japanese; None when it may."""
    if not (row["name"] or "").strip():
        return "氏名が空。通知書を作っていない"
    for column, ja in _PRINTED.items():
        if missing := unprintable(row[column] or ""):
            return f"{ja}に印字できない文字（{'、'.join(missing)}）。通知書を作っていない"
    return None


def _due(
    session: "LedgerSession", contract: "Contract", fiscal_year: int, *, sealed: bool
) -> tuple[list[Row], tuple[str, ...]]:
    """The rows to print, and for whom a person must see to it."""
    session.define_leaving("withheld_version")
    found = rows_of(session, "notices", "due_employee_notice", fiscal_year=fiscal_year)
    if found:
        # Which way it goes decides who gets which; it is on no document.
        require_contract_columns(contract, [name for name in found[0] if name != "sealed_for_employer"])
    due = [row for row in found if row["sealed_for_employer"] == sealed]
    reasons = {row["taxpayer_no"]: objection(row) for row in due}
    review = tuple(f"宛名番号 {number}: {reason}" for number, reason in sorted(reasons.items()) if reason)
    return [row for row in due if reasons[row["taxpayer_no"]] is None], review


def _register(rows: list[Row]) -> tuple[Row, ...]:
    kept = ("notice_no", "notice_kind", "fiscal_year", "taxpayer_no", "version")
    return tuple({name: row[name] for name in kept} | {"amount_yen": row["annual_tax_yen"]} for row in rows)


def _archives(
    rows: list[Row], city: "City", fiscal_year: int, notice_on: "date", staging: SealedFolder
) -> Iterator[PayloadFile]:
    common = common_text(city, fiscal_year, notice_on)
    progress = Progress("給与所得者あての通知の印刷", "件", len(rows))
    for number, (_, employees) in enumerate(groupby(rows, key=lambda row: row["payer_no"]), start=1):
        listed = list(employees)
        made = made_once(
            staging,
            f"employees-{number:05d}.zip",
            inputs_digest(TEMPLATE, common, listed, notice_on),
            partial(_archive, listed, common, notice_on),
            rows=len(listed),
            yen=sum(row["withheld_yen"] for row in listed),
        )
        progress.add(len(listed))
        yield made


def _archive(rows: list[Row], common: Row, notice_on: "date") -> bytes:
    """The documents of one employer's people, each a file, and their index."""
    documents = {
        row["taxpayer_no"]: print_notices(TEMPLATE, common, [printed(row)], notice_on=notice_on) for row in rows
    }
    index = [
        {
            "指定番号": row["payer_no"],
            "受給者番号": row["employee_no"],
            "氏名": row["name"],
            "ファイル": f"{row['taxpayer_no']}.pdf{SEALED}",
        }
        for row in rows
    ]
    return archive(documents, index)


def printed(row: Row) -> Row:
    """What one document says: its row, with the month as it is called."""
    return row | {"change": row["earlier_months_yen"] is not None, "from_month": MONTHS[row["from_month"] - 1]}
