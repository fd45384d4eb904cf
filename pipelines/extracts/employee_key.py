"""The keys that open employees' electronic notices: a letter each, by post to the person once a year, never by the employer."""

from typing import TYPE_CHECKING

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.query import csv_bytes, run_contract
from pipelines.ledger.sql_file import rows_of

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin


def build_employee_keys(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """One file in the order of the post; the key itself is put in when it leaves. Who cannot get a letter is in `review`."""
    session.define_leaving("withheld_version", "notice_addressee")
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    review = tuple(
        f"宛名番号 {row['taxpayer_no']}: {row['reason']}。開封鍵のお知らせに載せていない。渡し方を職員が決める"
        for row in rows_of(session, "extracts", "employee_key_review", fiscal_year=fiscal_year)
    )
    if not rows:
        return Payload(contract, fiscal_year, (), review=review)
    number = contract.column_names().index("taxpayer_no")
    file = payload_file(staging, f"key-{fiscal_year}.csv", csv_bytes(rows, contract), rows=len(rows), yen=0)
    notices = tuple(
        {
            "notice_no": f"{fiscal_year}-39-{row[number]}",
            "notice_kind": "notice_key",
            "fiscal_year": fiscal_year,
            "taxpayer_no": row[number],
            "version": 1,
            "amount_yen": 0,
        }
        for row in rows
    )
    return Payload(contract, fiscal_year, (file,), notices=notices, review=review)
