"""The year's mailings that are letters: 申告のお願い, 申告特例が適用されないことのお知らせ, 扶養の照会と回答, 294条3項の通知. Each is sent once."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.calendar import FiscalYear, due_dates, wareki
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, require_contract_columns
from pipelines.ledger.sql_file import rows_of
from pipelines.notices import addressee
from pipelines.notices.due import late_due_on
from pipelines.notices.glyphs import unprintable
from pipelines.notices.ordinary_collection import common_text, notice_date
from pipelines.notices.printing import NOTICES_PER_FILE, Press, lots
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
TEMPLATE = "letter.typ"
WORDING = SCHEMAS / "notices" / "letters.yaml"
DOCUMENT = "文書"
# Why there is nobody to whom it can go, by what is written to.
_OBJECTIONS: dict[str, Callable[[Row, str], str | None]] = {
    "person": addressee.objection,
    "municipality": addressee.municipality_objection,
    "employer": addressee.employer_objection,
}


class Part(BaseModel):
    """A part of a letter: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LetterColumn(Part):
    """A column of the letter's table; widths are shares of the page."""

    name: str
    ja: str
    width: int


class Letter(Part):
    """A kind of letter: its kind in the register of notices, its code in their numbers, and what it says.

    `dated`: on the day of the run, or on the profile's day for 納税通知書 when that is later. `writable`:
    the recipient fills in the empty cells of the table, which are high enough for it.
    """

    kind: str
    code: str
    dated: Literal["run", "ordinary"] = "run"
    to: Literal["person", "municipality", "employer"] = "person"
    writable: bool = False
    title: str
    paragraphs: tuple[str, ...]
    columns: tuple[LetterColumn, ...]


@cache
def letter_of(contract_id: str) -> Letter:
    """The letter of a contract."""
    return Letter.model_validate(load_yaml(WORDING)[contract_id])


def build_letters(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """PDF files with a letter a recipient of what was not sent before, in the order of the post; the register's rows.

    A letter that bills something has `amount_yen` and the levy's `version` in its rows. Who cannot get one as it stands is in `review`. The TEMP tables that the
    query reads must be there. Raises DataError when a column is not in the contract.
    """
    letter = letter_of(contract.id)
    session.define_leaving("notice_addressee")
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
    dated_on = notice_date(city, fiscal_year, pin.as_of) if letter.dated == "ordinary" else pin.as_of
    files = tuple(_files(letters, letter, city, fiscal_year, dated_on, staging))
    review = tuple(
        f"{'宛名番号 ' + row['taxpayer_no'] if row['taxpayer_no'] else row['notice_no']}: {reason}"
        for row in due
        if (reason := reasons[row["notice_no"]])
    )
    register = tuple(
        {
            "notice_no": row["notice_no"],
            "notice_kind": letter.kind,
            "fiscal_year": fiscal_year,
            "taxpayer_no": row["taxpayer_no"],
            "version": row.get("version", 1),
            "amount_yen": row.get("amount_yen", 0),
            "ward_code": row.get("ward_code"),
        }
        for row in rows
        if row["taxpayer_no"] or letter.to == "municipality"
    )
    return Payload(contract, fiscal_year, files, notices=register, review=review)


def objection(row: Row, letter: Letter) -> str | None:
    """Why this row must not be in a letter, in Japanese; None when it may."""
    if row["objection"]:
        return f"{row['objection']}。{DOCUMENT}を作っていない"
    if reason := _OBJECTIONS[letter.to](row, DOCUMENT):
        return reason
    for column in letter.columns:
        value = row[column.name]
        if isinstance(value, str) and (missing := unprintable(value)):
            return f"{column.ja}に印字できない文字（{'、'.join(missing)}）。{DOCUMENT}を作っていない"
    return None


def _sent(session: "LedgerSession", kind: str) -> set[str]:
    """The numbers of the letters of this kind that have left, as far as the pin knows."""
    sent = session.con.execute("SELECT notice_no FROM pinned_notice WHERE notice_kind = ?", [kind]).fetchall()
    return {number for (number,) in sent}


def _files(
    letters: list[list[Row]], letter: Letter, city: "City", fiscal_year: int, dated_on: date, staging: SealedFolder
) -> Iterator[PayloadFile]:
    common = common_text(city, fiscal_year, dated_on)
    said = common | _said(common, city, fiscal_year, dated_on)
    common["letter"] = {
        "title": letter.title.format_map(said),
        "paragraphs": [paragraph.format_map(said) for paragraph in letter.paragraphs],
        "writable": letter.writable,
        "columns": [{"ja": one.ja.format_map(said), "width": one.width} for one in letter.columns],
    }
    press = Press(staging, TEMPLATE, common, dated_on)
    for number, lot in enumerate(lots(letters, NOTICES_PER_FILE), start=1):
        yen = sum(row.get("amount_yen", 0) for rows in lot for row in rows)
        told = [_printed(rows, letter, city) for rows in lot]
        yield press.file(f"letter-{number:04d}.pdf", told, rows=sum(map(len, lot)), yen=yen)


def _said(common: Row, city: "City", fiscal_year: int, dated_on: date) -> Row:
    """What the wording may name beside the notices' common text."""
    first = due_dates(city, FiscalYear(fiscal_year), "ordinary")[0]
    return {
        "taxes": f"{city.tax_names.city}・{city.tax_names.prefecture}",
        "as_of": wareki(dated_on),
        "city_ordinance": common["wording"]["city_ordinance"],
        "prefecture_ordinance": common["wording"]["prefecture_ordinance"],
        "payment_places": "、".join(common["wording"]["payment_places"]),
        "first_due": wareki(late_due_on(first, dated_on, more_yen=1) or first),
        **common["appeal"],
    }


def _printed(rows: list[Row], letter: Letter, city: "City") -> Row:
    """What one letter says: whom it is addressed to, for whom, and its table."""
    first = rows[0]
    home = first.get("home_address") if letter.to == "person" and first["addressee_kind"] != "taxpayer" else None
    return {
        "notice_no": first["notice_no"],
        "postcode": first["postcode"],
        "address": first["address"],
        "home": home and f"納税義務者の住所　{home}",
        **_address(first, letter),
        "rows": [[_cell(row[one.name], city) for one in letter.columns] for row in rows],
    }


def _address(row: Row, letter: Letter) -> Row:
    if letter.to == "person":
        return addressee.addressed(row)
    name = row["name"] if letter.to == "employer" else f"{row['receiver_name']}　{row['receiver_office']}"
    return addressee.office(name)


def _cell(value: object, city: "City") -> object:
    """A value as the table prints it: days by era, wards by name, nothing where nothing is known, yen by the template."""
    if isinstance(value, date):
        return wareki(value)
    names = {city.code: city.name} | {ward.code: f"{city.name}{ward.name}" for ward in city.wards}
    return "" if value is None else names.get(value, value) if isinstance(value, str) else value
