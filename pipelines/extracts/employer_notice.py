"""特別徴収税額決定・変更通知 to employers that get it electronically: a file each, of those of whom it must still hear (321条の4⑦, 321条の6)."""

import hashlib
import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.individual_numbers import require_allowed
from pipelines.extracts.query import csv_bytes, run_contract
from pipelines.ledger.sql_file import rows_of

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin

DIGEST_CHARACTERS = 12


def build_employer_notices(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """A file for every employer that gets its notices electronically and must hear of somebody, sealed.

    Raises ConfigurationError when the profile keeps individual numbers from this stage.
    """
    require_allowed(
        city, "電子の通知には個人番号が要ります。設定を改めるか、特別徴収義務者の受取方法を書面にしてください"
    )
    session.define_leaving("withheld_version", "due_employer_line")
    columns = contract.column_names()
    employer, withheld = columns.index("payer_designated_no"), columns.index("withheld_yen")
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    files = []
    for number, employees in groupby(rows, key=lambda row: row[employer]):
        listed = list(employees)
        files.append(
            payload_file(
                staging,
                f"withholding-{fiscal_year}-{_in_a_file_name(number)}.csv",
                csv_bytes(listed, contract),
                rows=len(listed),
                yen=sum(row[withheld] for row in listed),
            )
        )
    register = rows_of(session, "ledger", "employer_register", delivery="electronic")
    return Payload(
        contract, fiscal_year, tuple(files), entries={"employer_notice": register}, number_ids=_number_ids(session)
    )


def _number_ids(session: "LedgerSession") -> dict[str, int]:
    """宛名番号 → the vault's number_id, of those in the files who have a number."""
    found = session.con.execute(
        "SELECT DISTINCT taxpayer_no, number_id FROM due_employer_line "
        "WHERE delivery = 'electronic' AND number_id IS NOT NULL ORDER BY taxpayer_no"
    ).fetchall()
    return {str(taxpayer_no): int(number_id) for taxpayer_no, number_id in found}


def _in_a_file_name(number: str) -> str:
    """The designated number where it can stand in a file name, else `X` and its digest: payers wrote it, and may have
    written a slash."""
    if re.fullmatch(r"[0-9A-Za-z-]+", number):
        return number
    return "X" + hashlib.sha256(number.encode()).hexdigest()[:DIGEST_CHARACTERS]
