"""Makes the kept ledger of format 1: two decisions and one resident, nobody real, in small blocks."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from pipelines.exchange import duckdb_file
from pipelines.ledger.catalogue import FOLDER
from pipelines.ledger.context import RunIdentity
from pipelines.ledger.migrations import migrate, migrations
from pipelines.ledger.session import LedgerSession
from tests.ledger.kept import KEY_TEXT, kept_ledger

KNOWN_ON = date(2026, 1, 20)
RESIDENT = {
    "fiscal_year": 2026,
    "taxpayer_no": "000000000000001",
    "revision": 1,
    "household_no": "000000000000001",
    "relationship": "世帯主",
    "number_id": 4611686018427387904,
    "name": "試験　一郎",
    "kana": "シケン　イチロウ",
    "born_on": date(1980, 3, 1),
    "sex": "male",
    "postcode": "980-0000",
    "address": "架空の町１番地",
    "ward_code": "041017",
    "public_assistance": False,
    "protected_address": False,
    "file_no": 1,
    "record_no": 1,
}


def main() -> None:
    """Make the file, in the place of the one that is there."""
    path = kept_ledger(1)
    path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as spill:
        con = duckdb_file.connect(temp_directory=Path(spill))
        con.execute(f"ATTACH '{path}' AS ledger (ENCRYPTION_KEY ?, BLOCK_SIZE 16384)", [KEY_TEXT])
        con.execute("USE ledger")
        for file in (migrations()[0], FOLDER / "keys.yaml", FOLDER / "terms.yaml"):
            shutil.copyfile(file, Path(spill) / file.name)
        migrate(con, Path(spill))
        session = LedgerSession(con, RunIdentity())
        with session.transaction(stage="intake", known_on=KNOWN_ON) as transaction:
            transaction.append_row("resident", **RESIDENT)
        for number in (1, 2):
            with session.transaction(stage="decisions", known_on=KNOWN_ON) as transaction:
                transaction.append_row("decision", **_decision(number))
        con.execute("CHECKPOINT ledger; USE memory; DETACH ledger")
        con.close()


def _decision(number: int) -> dict[str, object]:
    return {
        "decision_no": number,
        "decision_kind": "link",
        "subject": str(number),
        "verdict": "forward",
        "detail": "",
        "reason": "試験",
        "officer": "sato",
        "channel": "file",
        "decided_on": KNOWN_ON,
        "file_no": None,
        "signature": f"signature {number}",
    }


if __name__ == "__main__":
    main()
