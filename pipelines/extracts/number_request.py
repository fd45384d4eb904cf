"""付番依頼: the city's 統合宛名 system is asked for the 統合宛名番号 of whoever has none; each person once."""

from typing import TYPE_CHECKING

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.individual_numbers import require_allowed
from pipelines.extracts.query import csv_bytes, run_contract

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin


def build_number_request(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """One file of everybody who must be asked for; individual numbers enter when it leaves. It counts no yen.

    Raises ConfigurationError when the profile keeps individual numbers from this stage.
    """
    require_allowed(city, "付番の依頼には個人番号が要ります。設定を改めるか、統合宛名システムの側で付番してください")
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    if not rows:
        return Payload(contract, fiscal_year, ())
    number = contract.column_names().index("taxpayer_no")
    content = csv_bytes(rows, contract)
    file = payload_file(staging, f"number-request-{fiscal_year}.csv", content, rows=len(rows), yen=0)
    asked = [{"fiscal_year": fiscal_year, "taxpayer_no": row[number]} for row in rows]
    return Payload(
        contract,
        fiscal_year,
        (file,),
        entries={"unified_number_request": asked},
        number_ids=_number_ids(session, {row["taxpayer_no"] for row in asked}),
    )


def _number_ids(session: "LedgerSession", people: set[str]) -> dict[str, int]:
    """宛名番号 → the vault's number_id, of those who have a number."""
    found = session.con.execute(
        "SELECT taxpayer_no, number_id FROM person_of_year WHERE number_id IS NOT NULL ORDER BY taxpayer_no"
    ).fetchall()
    return {str(taxpayer_no): int(number_id) for taxpayer_no, number_id in found if taxpayer_no in people}
