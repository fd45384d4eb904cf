"""納税通知書 as data for the print house: fixed-length CP932 records in the order of the post, and a control sheet (interim layout)."""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.calendar import FiscalYear, due_dates
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, payload_file, require_contract_columns
from pipelines.notices.addressee import addressed, nobody
from pipelines.notices.due import late_due_on
from pipelines.notices.ordinary_collection import due_notices, notice_date, register_row, rows_in, told_entries
from pipelines.notices.payment_way import Payer, Ways, payers, ways_of
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
LAYOUT = SCHEMAS / "notices" / "print_data.yaml"
RECORDS_PER_FILE = 50_000
CONTROL = "control.csv"


class Part(BaseModel):
    """A part of the layout: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(Part):
    """An item of the record: where its value comes from, and how many bytes it has."""

    name: str
    ja: str
    kind: Literal["text", "code", "yen", "day"]
    bytes: int


class Instalments(Part):
    """The items of an instalment, `max` times."""

    max: int
    items: tuple[Item, ...]


class Layout(Part):
    """`schemas/notices/print_data.yaml`."""

    title: str
    items: tuple[Item, ...]
    instalments: Instalments

    @property
    def record_bytes(self) -> int:
        """Length of a record without its line end."""
        of_instalment = sum(item.bytes for item in self.instalments.items)
        return sum(item.bytes for item in self.items) + self.instalments.max * of_instalment


@cache
def print_layout() -> Layout:
    """The layout of the records."""
    return Layout.model_validate(load_yaml(LAYOUT))


@dataclass(frozen=True)
class Line:
    """A notice as its record, its row in the register, and what the control sheet tells of it: the wide row is not kept."""

    content: bytes
    register: Row
    postcode: str
    billed_yen: int


class DoesNotFitError(Exception):
    """A value that the record cannot hold as it is; the message says which and why, in Japanese."""


def build_print_data(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """The notices that are due as data, where the profile says so; the control sheet tells counts and yen of each file.

    Whoever has a character that CP932 lacks, or a name too long for its item, is in `review`: nothing is cut or replaced.
    Raises DataError when a column is not in the contract.
    """
    city.require_fiscal_year(fiscal_year)
    if city.notice_medium != "print_data":
        return Payload(contract, fiscal_year, ())
    notice_on = notice_date(city, fiscal_year, pin.as_of)
    due_on = due_dates(city, FiscalYear(fiscal_year), "ordinary")
    made: list[Line] = []
    review: list[str] = []
    layout = print_layout()
    require_contract_columns(contract, [item.name for item in (*layout.items, *layout.instalments.items)])
    due = due_notices(session, city, fiscal_year)
    known = payers(session, fiscal_year, [str(number) for number in due.column("taxpayer_no").to_pylist()])
    told: list[tuple[Row, Ways]] = []
    for row in rows_in(due):
        ways = ways_of(row, due_on, notice_on, known.get(row["taxpayer_no"], Payer()))
        try:
            content = record(row, due_on, notice_on, ways)
            made.append(Line(content, register_row(row), row["postcode"], row["ordinary_tax_yen"]))
            told.append((made[-1].register, ways))
        except DoesNotFitError as reason:
            review.append(f"宛名番号 {row['taxpayer_no']}: {reason}。印刷データに載せていない")
    files = _files(made, fiscal_year, staging)
    return Payload(
        contract,
        fiscal_year,
        files,
        notices=tuple(line.register for line in made),
        entries=told_entries(session, fiscal_year, told),
        review=tuple(sorted(review)),
    )


def record(row: Row, due_on: list[date], notice_on: date, ways: Ways) -> bytes:
    """One notice as a record without its line end. Raises DoesNotFitError."""
    if reason := nobody(row):
        raise DoesNotFitError(reason.replace("。通知書を作っていない", ""))
    for name, ja in (("name", "氏名"), ("postcode", "郵便番号"), ("address", "住所")):
        if not (row[name] or "").strip():
            raise DoesNotFitError(f"{ja}が空")
    layout = print_layout()
    account = "、".join(each["account"] for each in ways.printed())
    values = row | addressed(row) | {"notice_on": notice_on, "account": account}
    written = [_written(item, values[item.name]) for item in layout.items]
    instalments = _instalments(row, due_on, notice_on, ways)
    for place in range(layout.instalments.max):
        values = instalments[place] if place < len(instalments) else {}
        written += [_written(item, values.get(item.name)) for item in layout.instalments.items]
    whole = b"".join(written)
    assert len(whole) == layout.record_bytes
    return whole


def _instalments(row: Row, due_on: list[date], notice_on: date, ways: Ways) -> list[Row]:
    change = row["notice_kind"] == "change_notice"
    return [
        {
            "due_on": day,
            "late_due_on": late_due_on(day, notice_on, more_yen=yen - earlier if change else yen),
            "yen": yen,
            "earlier_yen": earlier,
            "debited": "1" if period in ways.accounts else "0",
        }
        for period, (day, yen, earlier) in enumerate(
            zip(due_on, row["payable_instalments_yen"], row["earlier_payable_yen"], strict=True), 1
        )
    ]


def _written(item: Item, value: Any) -> bytes:
    if item.kind == "yen":
        digits = b"%0*d" % (item.bytes, value or 0)
        if len(digits) > item.bytes:
            raise DoesNotFitError(f"{item.ja}が{item.bytes}桁を超える")
        return digits
    text = value.strftime("%Y%m%d") if isinstance(value, date) else str(value or "")
    lacking = list(dict.fromkeys(character for character in text if not _in_cp932(character)))
    if lacking:
        shown = "、".join(f"{character} U+{ord(character):04X}" for character in lacking)
        raise DoesNotFitError(f"{item.ja}に CP932 にない文字（{shown}）")
    content = text.encode("cp932")
    if len(content) > item.bytes:
        raise DoesNotFitError(f"{item.ja}が{item.bytes}バイトに入りきらない（{len(content)}バイト）")
    return content.ljust(item.bytes)


def _in_cp932(character: str) -> bool:
    """Whether CP932 has the character, and gives the same one back; control characters would break the record."""
    try:
        return (
            character.isprintable() | (character == "\u3000") and character.encode("cp932").decode("cp932") == character
        )
    except UnicodeEncodeError:
        return False


def _files(made: list[Line], fiscal_year: int, staging: SealedFolder) -> tuple[PayloadFile, ...]:
    """The data files, and the control sheet beside them; none where there is no record."""
    files: list[PayloadFile] = []
    sheet = [
        [
            "ファイル",
            "レコード長",
            "件数",
            "年税額の合計（円）",
            "普通徴収税額の合計（円）",
            "先頭の郵便番号",
            "末尾の郵便番号",
            "SHA-256",
        ]
    ]
    for number, first in enumerate(range(0, len(made), RECORDS_PER_FILE), start=1):
        chunk = made[first : first + RECORDS_PER_FILE]
        name = f"notice-{fiscal_year}-{number:04d}.dat"
        content = b"".join(line.content + b"\r\n" for line in chunk)
        annual = sum(line.register["amount_yen"] for line in chunk)
        billed = sum(line.billed_yen for line in chunk)
        files.append(payload_file(staging, name, content, rows=len(chunk), yen=annual))
        digest = hashlib.sha256(content).hexdigest()
        ends = [chunk[place].postcode for place in (0, -1)]
        sheet.append([name, str(print_layout().record_bytes), str(len(chunk)), str(annual), str(billed), *ends, digest])
    if not files:
        return ()
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(sheet)
    return (*files, payload_file(staging, CONTROL, text.getvalue().encode("cp932"), rows=0, yen=0))
