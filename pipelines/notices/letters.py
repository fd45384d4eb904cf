"""The year's mailings that are letters: 申告のお願い, 申告特例が適用されないことのお知らせ, 扶養の照会, 294条3項の通知. Each is sent once."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict

from pipelines.calendar import wareki
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, payload_file, require_contract_columns
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.glyphs import unprintable
from pipelines.notices.ordinary_collection import common_text
from pipelines.notices.printing import NOTICES_PER_FILE, print_notices
from pipelines.paths import SCHEMAS

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
TEMPLATE = "letter.typ"
WORDING = SCHEMAS / "notices" / "letters.yaml"


class Part(BaseModel):
    """A part of a letter: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LetterColumn(Part):
    """A column of the letter's table; widths are shares of the page."""

    name: str
    ja: str
    width: int


class Letter(Part):
    """A kind of letter: its kind in the register of notices, its code in their numbers, and what it says."""

    kind: str
    code: str
    title: str
    paragraphs: tuple[str, ...]
    columns: tuple[LetterColumn, ...]


@cache
def letter_of(contract_id: str) -> Letter:
    """The letter of a contract."""
    return Letter.model_validate(yaml.safe_load(WORDING.read_text(encoding="utf-8"))[contract_id])


def build_letters(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """PDF files with a letter a recipient of what was not sent before, in the order of the post; the register's rows.

    `amount_yen` is nil: no letter bills anything. Who cannot get one as it stands is in `review`. The TEMP tables that the
    query reads must be there. Raises DataError when a column is not in the contract.
    """
    letter = letter_of(contract.id)
    found = rows_of(
        session,
        "notices",
        contract.population.query,
        fiscal_year=fiscal_year,
        city=city.name,
        taxes=f"{city.tax_names.city}・{city.tax_names.prefecture}",
    )
    if found:
        require_contract_columns(contract, [name for name in found[0] if name != "objection"])
    sent = _sent(session, letter.kind)
    due = [row for row in found if row["notice_no"] not in sent]
    reasons = {row["notice_no"]: objection(row, letter) for row in due}
    rows = [row for row in due if reasons[row["notice_no"]] is None]
    letters = [[*group] for _, group in groupby(rows, key=lambda row: row["recipient"])]
    files = tuple(_files(letters, letter, city, fiscal_year, pin.as_of, staging))
    review = tuple(
        f"{'宛名番号 ' + row['taxpayer_no'] if row['taxpayer_no'] else row['notice_no']}: {reason}。文書を作っていない"
        for row in due
        if (reason := reasons[row["notice_no"]])
    )
    register = tuple(
        {
            "notice_no": row["notice_no"],
            "notice_kind": letter.kind,
            "fiscal_year": fiscal_year,
            "taxpayer_no": row["taxpayer_no"],
            "version": 1,
            "amount_yen": 0,
        }
        for row in rows
    )
    return Payload(contract, fiscal_year, files, notices=register, review=review)


def objection(row: Row, letter: Letter) -> str | None:
    """Why this row must not be in a letter, in Japanese; None when it may."""
    if row["objection"]:
        return str(row["objection"])
    for name, ja in (("name", "氏名"), ("address", "住所")):
        if not (row[name] or "").strip():
            return f"{ja}が空"
    texts = {"氏名": row["name"], "住所": row["address"]} | {one.ja: row[one.name] for one in letter.columns}
    for ja, value in texts.items():
        if isinstance(value, str) and (missing := unprintable(value)):
            return f"{ja}に印字できない文字（{'、'.join(missing)}）"
    return None


def _sent(session: "LedgerSession", kind: str) -> set[str]:
    """The numbers of the letters of this kind that have left, as far as the pin knows."""
    sent = session.con.execute("SELECT notice_no FROM pinned_notice WHERE notice_kind = ?", [kind]).fetchall()
    return {number for (number,) in sent}


def _files(
    letters: list[list[Row]], letter: Letter, city: "City", fiscal_year: int, as_of: date, staging: SealedFolder
) -> Iterator[PayloadFile]:
    common = common_text(city, fiscal_year, as_of)
    said = common | {"taxes": f"{city.tax_names.city}・{city.tax_names.prefecture}", "as_of": wareki(as_of)}
    common["letter"] = {
        "title": letter.title.format_map(said),
        "paragraphs": [paragraph.format_map(said) for paragraph in letter.paragraphs],
        "columns": [{"ja": one.ja.format_map(said), "width": one.width} for one in letter.columns],
    }
    for number, first in enumerate(range(0, len(letters), NOTICES_PER_FILE), start=1):
        chunk = letters[first : first + NOTICES_PER_FILE]
        content = print_notices(TEMPLATE, common, [_printed(rows, letter) for rows in chunk], notice_on=as_of)
        yield payload_file(staging, f"letter-{number:04d}.pdf", content, rows=sum(map(len, chunk)), yen=0)


def _printed(rows: list[Row], letter: Letter) -> Row:
    """What one letter says: whom it is addressed to (a person, or a municipality's tax office), and its table."""
    first = rows[0]
    person = first["recipient"] == first["taxpayer_no"]
    return {
        "notice_no": first["notice_no"],
        "postcode": first["postcode"],
        "address": first["address"],
        "addressee": f"{first['name']}　様" if person else "個人住民税担当課　御中",
        "rows": [[_cell(row[one.name]) for one in letter.columns] for row in rows],
    }


def _cell(value: object) -> object:
    """A value as the table prints it: days by era, nothing where nothing is known, yen by the template."""
    if isinstance(value, date):
        return wareki(value)
    return "" if value is None else value
