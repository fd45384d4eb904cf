"""Letters that follow the tax notice and change how it is paid: 減免決定通知書, 納期限変更告知書, 納付方法の変更のお知らせ; with their slips.

A taxpayer gets one of them at a time, and none while a tax notice is due: each settles the slips that hold, so that two at once would
ask for the same yen twice. What waits is made as soon as the one before has left.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.calendar import FiscalYear, due_dates
from pipelines.exchange.payload import Payload, PayloadFile, SealedFolder, require_contract_columns
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.addressee import addressed, objection
from pipelines.notices.levy_letter_wording import LevyLetter, levy_letter
from pipelines.notices.made_letter import MadeLetter, Recipient
from pipelines.notices.ordinary_collection import (
    account_objection,
    common_text,
    notice_date,
    periods,
    told_entries,
    void_rows,
)
from pipelines.notices.payment_way import Payer, payers
from pipelines.notices.printing import NOTICES_PER_FILE, Press, lots
from pipelines.notices.slip_printing import TEMPLATE as SLIP_TEMPLATE
from pipelines.notices.slip_printing import slip_sheets, slip_text
from pipelines.notices.slips import register_rows
from pipelines.notices.told import define_told, earlier_slips, moved_due_dates

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin

Row = dict[str, Any]
TEMPLATE = "levy_letter.typ"
Facts = dict[str, Row]
# A kind of letter: what is to be told of whom, and one recipient's letter. In the order in which they go first.
Kind = tuple[Callable[["LedgerSession", int, date, list[date]], Facts], Callable[[Recipient, date], MadeLetter | None]]


def _kinds() -> dict[str, Kind]:
    from pipelines.notices import due_date_letter, payment_way_letter, reduction_letter

    return {
        "taxpayer-due_date_notice": (due_date_letter.facts, due_date_letter.made),
        "taxpayer-reduction_notice": (reduction_letter.facts, reduction_letter.made),
        "taxpayer-payment_way_notice": (payment_way_letter.facts, payment_way_letter.made),
    }


def build_levy_letters(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: "Contract", *, staging: SealedFolder
) -> Payload:
    """The letters of a contract that are due, a page a taxpayer, as PDF files with their slips beside them; the rows of the registers.

    Who cannot get one as it stands is in `review`. Raises DataError when a column is not in the contract.
    """
    city.require_fiscal_year(fiscal_year)
    notice_on = notice_date(city, fiscal_year, pin.as_of)
    define_told(session, city)
    made = _due(session, city, fiscal_year, contract.id, notice_on)
    if made:
        require_contract_columns(contract, [*made[0].row, "tables", "payment_slips", "accounts"])
    objections = {one.row["taxpayer_no"]: objection(one.row) or account_objection(one.payer) for one in made}
    letters = [one for one in made if objections[one.row["taxpayer_no"]] is None]
    entries = {
        "payment_slip": [entry for one in letters for entry in register_rows(one.row, one.issue.issued)],
        "payment_slip_void": [entry for one in letters for entry in void_rows(one.row, one.issue)],
    }
    told = told_entries(session, fiscal_year, [(one.row, one.ways) for one in letters])
    if contract.id != "taxpayer-reduction_notice":
        told.pop("told_reduction", None)
    moved = [entry for one in letters for entry in one.moved]
    return Payload(
        contract,
        fiscal_year,
        tuple(_files(letters, levy_letter(contract.id), city, fiscal_year, notice_on, staging)),
        notices=tuple(_register_row(one) for one in letters),
        entries=entries | told | ({"due_date_change": moved} if moved else {}),
        review=tuple(f"宛名番号 {number}: {reason}" for number, reason in sorted(objections.items()) if reason),
    )


def _due(
    session: "LedgerSession", city: "City", fiscal_year: int, contract_id: str, notice_on: date
) -> list[MadeLetter]:
    """The letters of this contract, but for those who get another one first; in the post office's order."""
    due_on = due_dates(city, FiscalYear(fiscal_year), "ordinary")
    before: set[str] = set()
    for kind, (facts, make) in _kinds().items():
        found = facts(session, fiscal_year, notice_on, due_on)
        made = [
            letter
            for recipient in _recipients(session, city, fiscal_year, kind, found, due_on)
            if (letter := make(recipient, notice_on))
        ]
        if kind == contract_id:
            return [letter for letter in made if letter.row["taxpayer_no"] not in before]
        before |= {letter.row["taxpayer_no"] for letter in made}
    raise KeyError(contract_id)


def _recipients(
    session: "LedgerSession", city: "City", fiscal_year: int, kind: str, facts: Facts, due_on: list[date]
) -> list[Recipient]:
    """What is known of each of these people whose newest assessment was told."""
    numbers, letter = [*facts], levy_letter(kind)
    given = {"fiscal_year": fiscal_year, "taxpayer_nos": numbers, "notice_kind": letter.kind, "code": letter.code}
    faces = rows_of(session, "notices", "levy_letter_face", **given) if numbers else []
    slips = earlier_slips(session, fiscal_year, numbers)
    known = payers(session, fiscal_year, numbers)
    moved = moved_due_dates(session, fiscal_year, numbers, due_on)
    return [
        Recipient(
            city, face, facts[number], moved.get(number, due_on), slips.get(number, []), known.get(number, Payer())
        )
        for face in faces
        for number in [face["taxpayer_no"]]
    ]


def _register_row(letter: MadeLetter) -> Row:
    kept = ("notice_no", "notice_kind", "fiscal_year", "taxpayer_no", "ward_code", "version")
    return {name: letter.row[name] for name in kept} | {"amount_yen": letter.amount_yen}


def _files(
    letters: list[MadeLetter],
    wording: LevyLetter,
    city: "City",
    fiscal_year: int,
    notice_on: date,
    staging: SealedFolder,
) -> list[PayloadFile]:
    """For each lot a file of letters and one of their slips, which counts nothing."""
    common = common_text(city, fiscal_year, notice_on)
    press = Press(staging, TEMPLATE, common | {"letter": wording.said(common)}, notice_on)
    slip_press = Press(staging, SLIP_TEMPLATE, slip_text(common), notice_on)
    files = []
    for number, lot in enumerate(lots(letters, NOTICES_PER_FILE), start=1):
        pages = [_printed(one, wording) for one in lot]
        yen = sum(one.amount_yen for one in lot)
        files.append(press.file(f"letter-{number:04d}.pdf", pages, rows=len(lot), yen=yen))
        if slipped := [(one.row, one.issue.issued) for one in lot if one.issue.issued]:
            sheets = slip_sheets(city, fiscal_year, slipped)
            files.append(slip_press.file(f"payment_slip-{number:04d}.pdf", sheets, rows=0, yen=0))
    return files


def _printed(letter: MadeLetter, wording: LevyLetter) -> Row:
    row = letter.row
    return (
        {name: row[name] for name in ("notice_no", "taxpayer_no", "postcode", "address")}
        | addressed(row)
        | {
            "tables": [wording.tables[name].said(rows) for name, rows in letter.tables.items()],
            "slip_periods": periods(slip.period for slip in letter.issue.issued),
            "void_periods": periods(slip.period for slip in letter.issue.voided),
            "accounts": [each | {"periods": periods(each["periods"])} for each in letter.ways.printed()],
        }
    )
