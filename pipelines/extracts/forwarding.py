"""回送: documents of people who lived elsewhere on 1 January, a file for each municipality and day of decision, each sent once."""

import json
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.query import csv_bytes, run_contract

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin


def build_forwarded_documents(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """A file for every municipality and day whose documents it was not yet sent; `yen` is what the documents say.

    `review`: documents whose municipality nobody knows yet, and files that left though all their documents stay here now.
    """
    columns = contract.column_names()
    municipality, day = columns.index("receiving_municipality"), columns.index("forwarded_on")
    document_no, amount = columns.index("document_no"), columns.index("amount_yen")
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    review = [
        f"資料番号 {row[document_no]}: 送り先の市区町村が決まっていません"
        f"（`juminzei queue decide {row[document_no]} forward --to 団体コード`）"
        for row in rows
        if not row[municipality]
    ]
    sent = _sent(session, contract, fiscal_year)
    files = []
    for (receiver, decided_on), documents in groupby(
        (row for row in rows if row[municipality]), key=lambda row: (row[municipality], row[day])
    ):
        listed = list(documents)
        name = f"forwarding-{fiscal_year}-{receiver}-{decided_on:%Y%m%d}.csv"
        yen = sum(row[amount] for row in listed)
        file = payload_file(staging, name, csv_bytes(listed, contract), rows=len(listed), yen=yen)
        if sent.pop(name, None) == file.sha256:
            file.path.unlink()
        else:
            files.append(file)
    review += [f"{name}: 送った資料の回送はすべて取り消されています。送り先へ連絡してください" for name in sent]
    return Payload(contract, fiscal_year, tuple(files), review=tuple(review))


def _sent(session: "LedgerSession", contract: Contract, fiscal_year: int) -> dict[str, str]:
    """File name → digest of what was last intended."""
    intents = session.con.execute(
        "SELECT i.files FROM pinned_outbox_intent i JOIN pinned_release r USING (release_no) "
        "ANTI JOIN pinned_release_repeat USING (release_no) WHERE i.contract = ? AND r.fiscal_year = ? ORDER BY i.intent_no",
        [contract.id, fiscal_year],
    ).fetchall()
    return {file["name"]: file["sha256"] for (files,) in intents for file in json.loads(files)["files"]}
