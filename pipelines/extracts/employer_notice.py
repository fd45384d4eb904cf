"""特別徴収税額決定通知: one file an employer; after the first release only employers whose file changed (地方税法321条の4, 321条の6)."""

import hashlib
import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.query import csv_bytes, run_contract

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin

DIGEST_CHARACTERS = 12


def build_employer_notices(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """A file for every employer whose content is not what that employer was last sent."""
    columns = contract.column_names()
    employer, annual_tax = columns.index("payer_designated_no"), columns.index("annual_tax_yen")
    sent = _last_sent(session, contract, fiscal_year)
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    files = []
    for number, employees in groupby(rows, key=lambda row: row[employer]):
        listed = list(employees)
        file = payload_file(
            staging,
            f"withholding-{fiscal_year}-{_in_a_file_name(number)}.csv",
            csv_bytes(listed, contract),
            rows=len(listed),
            yen=sum(row[annual_tax] for row in listed),
        )
        if sent.get(file.name) == file.sha256:
            file.path.unlink()
        else:
            files.append(file)
    return Payload(contract, fiscal_year, tuple(files))


def _in_a_file_name(number: str) -> str:
    """The designated number where it can stand in a file name, else `X` and its digest: payers wrote it, and may have
    written a slash."""
    if re.fullmatch(r"[0-9A-Za-z-]+", number):
        return number
    return "X" + hashlib.sha256(number.encode()).hexdigest()[:DIGEST_CHARACTERS]


def _last_sent(session: "LedgerSession", contract: Contract, fiscal_year: int) -> dict[str, str]:
    """File name → digest of what was last intended for that employer."""
    intents = session.con.execute(
        "SELECT i.files FROM pinned_outbox_intent i JOIN pinned_release r USING (release_no) "
        "WHERE i.contract = ? AND r.fiscal_year = ? ORDER BY i.intent_no",
        [contract.id, fiscal_year],
    ).fetchall()
    return {file["name"]: file["sha256"] for (files,) in intents for file in json.loads(files)["files"]}
