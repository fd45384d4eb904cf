"""回送: documents of people who lived elsewhere on 1 January, a file for each municipality and day of decision, each sent once.

None is ever clear: a file leaves under its municipality's key where that lies in the key folder, else under that of our printing, for the post.
"""

import json
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.query import csv_bytes, run_contract

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin

# Whose key opens what goes by post: whoever prints it and encloses the originals.
BY_POST = "printing"


def build_forwarded_documents(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """A file for every municipality and day whose documents it was not yet sent; `yen` is what the documents say.

    `review`: documents whose municipality nobody knows yet, and files that left though all their documents stay here now.
    """
    columns = contract.column_names()
    known = columns.index("receiving_name")
    municipality, day = columns.index("receiving_municipality"), columns.index("forwarded_on")
    document_no, amount = columns.index("document_no"), columns.index("amount_yen")
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    review = [
        f"資料番号 {row[document_no]}: 送り先の市区町村が決まっていません"
        f"（`juminzei queue decide {row[document_no]} forward --to 団体コード`）"
        for row in rows
        if not row[municipality]
    ]
    review += [
        f"送り先の団体（団体コード {code}）が市区町村の名簿にありません。名簿（municipality_directory）に加えるまで送りません"
        for code in sorted({row[municipality] for row in rows if row[municipality] and row[known] is None})
    ]
    sent = _sent(session, contract, fiscal_year)
    files = []
    for (receiver, decided_on), documents in groupby(
        (row for row in rows if row[known] is not None), key=lambda row: (row[municipality], row[day])
    ):
        listed = list(documents)
        name = f"forwarding-{fiscal_year}-{receiver}-{decided_on:%Y%m%d}.csv"
        yen = sum(row[amount] for row in listed)
        content = csv_bytes(listed, contract)
        file = payload_file(staging, name, content, rows=len(listed), yen=yen, recipient=_key_of(receiver, staging))
        if sent.pop(name, None) == file.sha256:
            file.path.unlink()
        else:
            files.append(file)
    withheld = {row[municipality] for row in rows if row[known] is None}
    sent = {name: digest for name, digest in sent.items() if name.split("-")[2] not in withheld}
    review += [f"{name}: 送った資料の回送はすべて取り消されています。送り先へ連絡してください" for name in sent]
    return Payload(contract, fiscal_year, tuple(files), review=tuple(review))


def _key_of(municipality: str, staging: SealedFolder) -> str:
    """The name of the key for a municipality's files: its own where it gave one, else that of our printing."""
    own = f"municipality-{municipality}"
    return own if staging.keyring.has_recipient(own) else BY_POST


def _sent(session: "LedgerSession", contract: Contract, fiscal_year: int) -> dict[str, str]:
    """File name → digest of what was last intended."""
    intents = session.con.execute(
        "SELECT i.files FROM pinned_outbox_intent i JOIN pinned_release r USING (release_no) "
        "ANTI JOIN pinned_release_repeat USING (release_no) WHERE i.contract = ? AND r.fiscal_year = ? ORDER BY i.intent_no",
        [contract.id, fiscal_year],
    ).fetchall()
    return {file["name"]: file["sha256"] for (files,) in intents for file in json.loads(files)["files"]}
