"""特別徴収税額決定・変更通知書（特別徴収義務者用） on paper: who must be told what, the files and the register (321条の4①, 321条の6①)."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, payload_file, require_contract_columns
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.glyphs import unprintable
from pipelines.notices.ordinary_collection import common_text
from pipelines.notices.printing import NOTICES_PER_FILE, print_notices

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
TEMPLATE = "employer_withholding_notice.typ"
# A file is laid out as a whole; so many employees take as much memory as the notices of a file of bills.
LINES_PER_FILE = 3_000
MONTHS = (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)
KINDS = {"start": "開始", "change": "変更", "end": "終了"}
_OF_PAYER = {"payer_name": "名称", "payer_address": "所在地"}


def build_employer_papers(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """PDF files with a notice for every employer that is told on paper and must hear of somebody.

    One with a name that cannot be printed waits whole, with the reason in `review`: a list that lacks a person would be
    wrong. Raises DataError when a column is not in the contract.
    """
    city.require_fiscal_year(fiscal_year)
    notice_on = employment_notice_date(city, fiscal_year, pin.as_of)
    session.define_leaving("withheld_version", "due_employer_line")
    lines = _lines(session, contract)
    notices = [[*group] for _, group in groupby(lines, key=lambda line: line["payer_no"])]
    objections = {group[0]["payer_no"]: found for group in notices if (found := objection(group))}
    printable = [group for group in notices if group[0]["payer_no"] not in objections]
    told = {group[0]["payer_no"] for group in printable}
    register = rows_of(session, "ledger", "employer_register", delivery="paper")
    return Payload(
        contract,
        fiscal_year,
        tuple(_files(printable, city, fiscal_year, notice_on, staging)),
        entries={"employer_notice": [row for row in register if row["payer_no"] in told]},
        review=tuple(f"指定番号 {number}: {reason}" for number, reason in objections.items()),
    )


def employment_notice_date(city: "City", fiscal_year: int, as_of: date) -> date:
    """The profile's day for notices to employers; after it, the day of the run: no notice is dated back."""
    return max(date.fromisoformat(f"{fiscal_year}-{city.notice_dates.employment}"), as_of)


def objection(lines: list[Row]) -> str | None:
    """Why this employer's notice must not be printed, in Japanese; None when it may."""
    for column, ja in _OF_PAYER.items():
        if not (lines[0][column] or "").strip():
            return f"特別徴収義務者の{ja}が空。通知書を作っていない"
        if missing := unprintable(lines[0][column]):
            return f"特別徴収義務者の{ja}に印字できない文字（{'、'.join(missing)}）。通知書を作っていない"
    for line in lines:
        if not (line["name"] or "").strip():
            return f"宛名番号 {line['taxpayer_no']} の氏名が空。この特別徴収義務者の通知書を作っていない"
        if missing := unprintable(f"{line['name']}{line['address'] or ''}{line['employee_no']}"):
            return (
                f"宛名番号 {line['taxpayer_no']} の氏名・住所・受給者番号に印字できない文字（{'、'.join(missing)}）。"
                "この特別徴収義務者の通知書を作っていない"
            )
    return None


def _lines(session: "LedgerSession", contract: "Contract") -> list[Row]:
    lines = rows_of(session, "notices", "employer_line")
    if lines:
        require_contract_columns(contract, list(lines[0]))
    return lines


def _files(
    notices: list[list[Row]], city: "City", fiscal_year: int, notice_on: date, staging: SealedFolder
) -> Iterator[PayloadFile]:
    common = common_text(city, fiscal_year, notice_on)
    for number, chunk in enumerate(_chunks(notices), start=1):
        content = print_notices(TEMPLATE, common, [printed(lines) for lines in chunk], notice_on=notice_on)
        yen = sum(line["withheld_yen"] for lines in chunk for line in lines)
        rows = sum(map(len, chunk))
        yield payload_file(staging, f"employer-{number:04d}.pdf", content, rows=rows, yen=yen)


def _chunks(notices: list[list[Row]]) -> Iterator[list[list[Row]]]:
    """The notices in files of bounded size, in order; an employer's notice is never split over two."""
    chunk: list[list[Row]] = []
    for lines in notices:
        if chunk and (len(chunk) == NOTICES_PER_FILE or sum(map(len, chunk)) + len(lines) > LINES_PER_FILE):
            yield chunk
            chunk = []
        chunk.append(lines)
    if chunk:
        yield chunk


def printed(lines: list[Row]) -> Row:
    """What one notice says: the employer, its people, and the months' totals after and before."""
    first = lines[0]
    return {
        "change": first["told_before"],
        "payer_no": first["payer_no"],
        "payer_name": first["payer_name"],
        "payer_address": first["payer_address"],
        "people": [
            {
                "employee_no": line["employee_no"],
                "taxpayer_no": line["taxpayer_no"],
                "name": line["name"],
                "address": line["address"] or "",
                "kind": KINDS[line["line_kind"]],
                "from_month": MONTHS[line["from_month"] - 1],
                "withheld_yen": line["withheld_yen"],
                "months_yen": line["months_yen"],
                "earlier_withheld_yen": line["earlier_withheld_yen"],
                "earlier_months_yen": line["earlier_months_yen"],
            }
            for line in lines
        ],
        "months_yen": _sums([line["months_yen"] for line in lines]),
        "earlier_months_yen": _sums([line["earlier_months_yen"] for line in lines if line["earlier_months_yen"]]),
    }


def _sums(months: list[list[int]]) -> list[int]:
    return [sum(one[place] for one in months) for place in range(len(MONTHS))]
