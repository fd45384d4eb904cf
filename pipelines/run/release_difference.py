"""How a release differs from what its recipients were told before: rows added, gone, changed, and the yen."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.exchange.contract import load_contract
from pipelines.exchange.staged import Staged, staged
from pipelines.run.rows import rows

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.exchange.contract import Contract
    from pipelines.ledger import LedgerSession
    from pipelines.vault import KeyRing

NO_LINES = pa.table(
    {"subject": pa.array([], pa.string()), "line": pa.array([], pa.string()), "yen": pa.array([], pa.int64())}
)
PERSON = ("taxpayer_no", "ward_code")
CANCELLED = "3"
NEW = "1"


@dataclass(frozen=True)
class Difference:
    """Rows by subject (a person, or the classes of a summary). `more_yen`: None when the rows carry no yen of their own."""

    before_release_no: int | None
    added: int
    gone: int
    changed: int
    more_yen: int | None

    @property
    def yen_ja(self) -> str:
        """The yen for people."""
        return "—" if self.more_yen is None else f"{self.more_yen:+,}"


def difference(session: "LedgerSession", home: "CityHome", keyring: "KeyRing", release_no: int) -> Difference | None:
    """Against the contract's last release of the year that left; None when what is compared lies in staging no more.

    A contract that says everything is compared file by file; one that carries changes tells them itself, by the kind of change or
    beside what the registers of notices say was told last.
    """
    contract_id, fiscal_year, digest = session.con.execute(
        "SELECT contract, fiscal_year, payload_digest FROM ledger.release WHERE release_no = ?", [release_no]
    ).fetchall()[0]
    contract = load_contract(contract_id, city_code=home.city_code)
    now = staged(home, keyring, contract, digest)
    last = next(iter(rows(session, "last_left", {"release_no": release_no})), None)
    before = staged(home, keyring, contract, last["payload_digest"]) if last else None
    if not now.is_there or (before is not None and not before.is_there):
        return None
    last_no = last["release_no"] if last else None
    told = now.told()
    if told is not None:
        kinds = [row["change_kind"] for row in told]
        changed = len(kinds) - kinds.count(NEW) - kinds.count(CANCELLED)
        return Difference(last_no, kinds.count(NEW), kinds.count(CANCELLED), changed, None)
    session.con.register("staged_now", _lines(now))
    if contract.carries == "everything":
        session.con.register("staged_before", NO_LINES if before is None else _lines(before))
    else:
        asked = {"release_no": release_no, "contract": contract_id, "fiscal_year": fiscal_year}
        found = pa.Table.from_pylist(rows(session, "told_before", asked), schema=NO_LINES.schema)
        session.con.register("staged_before", found)
    (counted,) = rows(session, "release_difference")
    for name in ("staged_now", "staged_before"):
        session.con.unregister(name)
    return Difference(last_no, **counted)


def _lines(payload: Staged) -> pa.Table:
    """(subject, line, yen) of each row that the payload holds."""
    table = payload.table() if payload.contract.carries == "everything" else None
    return _register_lines(payload.listing) if table is None else _csv_lines(table, payload.contract)


def _csv_lines(table: pa.Table, contract: "Contract") -> pa.Table:
    subjects = [name for name in PERSON if name in table.column_names]
    if "taxpayer_no" not in subjects:
        subjects = [one.name for one in contract.columns if one.type not in ("yen", "count")]
    yen = [one.name for one in contract.columns if one.type == "yen"]
    total = [name for name in ("annual_tax_yen", "amount_yen") if name in yen] or yen[:1]
    joined: Any = pc.binary_join_element_wise
    amounts: Any = table[total[0]].cast(pa.int64()) if total else pa.array([0] * table.num_rows, pa.int64())
    columns: dict[str, Any] = {
        "subject": joined(*(table[name] for name in subjects), "|"),
        "line": joined(*(table[name] for name in table.column_names), "|"),
        "yen": amounts,
    }
    return pa.table(columns).cast(NO_LINES.schema)


def _register_lines(listing: dict[str, Any]) -> pa.Table:
    """Of notices and of lines told to employers; what has no register counts file by file."""
    found: list[dict[str, Any]] = [*listing["notices"], *listing["entries"].get("employer_notice", [])]
    lines = [
        {
            "subject": f"{row['taxpayer_no']}|{row.get('ward_code') or ''}|{row.get('payer_no', '')}",
            "line": str(row["amount_yen"]),
            "yen": row["amount_yen"],
        }
        for row in found
    ]
    files = [
        {"subject": json.dumps([file["name"]]), "line": file["sha256"], "yen": file["yen"]} for file in listing["files"]
    ]
    return pa.Table.from_pylist(lines or files, schema=NO_LINES.schema)
