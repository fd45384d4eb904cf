"""A look into what is to leave, for the approver alone: a few records on the terminal, or a file; the audit log tells of it first."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.audit import AuditLog, merkle_root
from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.canonical import digest_of
from pipelines.exchange.contract import load_contract
from pipelines.exchange.staged import Staged, staged
from pipelines.ledger import open_snapshot
from pipelines.run.private_file import private_file
from pipelines.vault import KeyRing

SEEN = "release_sample"
RECORDS_SHOWN = 3
FILLED = "（出すときに入る）"


@dataclass(frozen=True)
class Look:
    """Who looks, when, and why; `target`: where one file is to be written for reading, if anywhere."""

    officer: str
    reason: str
    seen_on: date
    target: Path | None = None


def sample(city: str, release_no: int, look: Look) -> list[dict[str, Any]]:
    """The release's first records, an item a row; for what is printed, the first rows of the register of notices.

    Writes its first file to `look.target`, for the owner of the process alone. 個人番号 and people's keys are in neither: they
    are filled in only when it leaves. Raises DataError when there is no such release or it lies in staging no more, ConfigurationError
    when the officer has no key.
    """
    home, keyring = CityHome(city), KeyRing.open()
    keyring.verifier(f"officer-{look.officer}")
    with open_snapshot(home, keyring) as session:
        found = session.con.execute(
            "SELECT contract, fiscal_year, payload_digest FROM ledger.release WHERE release_no = ?", [release_no]
        ).fetchone()
    if found is None:
        raise _nothing_there(release_no, "その発送はありません")
    contract_id, fiscal_year, digest = found
    payload = staged(home, keyring, load_contract(contract_id, city_code=city), digest)
    if not payload.is_there:
        raise _nothing_there(release_no, "準備した発送データがありません")
    records = _records(payload)
    event = {
        "release_no": release_no,
        "contract": contract_id,
        "fiscal_year": fiscal_year,
        "payload_digest": digest,
        "record_count": len(records),
        "record_root": merkle_root([digest_of(record) for record in records], SEEN),
        "file": payload.listing["files"][0]["name"] if look.target else None,
        "officer": look.officer,
        "reason": look.reason,
        "known_on": look.seen_on.isoformat(),
    }
    if look.target is None:
        _log(home, keyring, event)
    else:
        with private_file(look.target, "確認用のファイル") as stream:
            try:
                _log(home, keyring, event)
                stream.write(payload.file(payload.listing["files"][0]["name"]))
            except BaseException:
                look.target.unlink()
                raise
    return _upright(records)


def _log(home: CityHome, keyring: KeyRing, event: dict[str, Any]) -> None:
    log = AuditLog(home, keyring)
    log.append(SEEN, event, key=f"{SEEN}:{digest_of(event)}")
    log.checkpoint()


def _nothing_there(release_no: int, what: str) -> DataError:
    return DataError(
        what,
        item=f"発送番号 {release_no}",
        action="`juminzei release list` で番号を確かめるか、準備からやり直してください",
    )


def _records(payload: Staged) -> list[dict[str, Any]]:
    """The first records by their Japanese names."""
    columns = {column.name: column for column in payload.contract.columns}
    table = payload.table()
    if table is not None:
        return [
            {
                columns[name].ja: FILLED if name in payload.contract.filled_columns else value
                for name, value in record.items()
            }
            for record in table.slice(0, RECORDS_SHOWN).to_pylist()
        ]
    entered = payload.listing["notices"] or payload.listing["entries"].get("employer_notice", [])
    names = {"notice_no": "通知書番号", "payer_no": "指定番号", "taxpayer_no": "宛名番号", "amount_yen": "税額"}
    return [{ja: row[name] for name, ja in names.items() if name in row} for row in entered[:RECORDS_SHOWN]]


def _upright(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An item a row, a record a column: wide records can be read on a terminal."""
    if not records:
        return []
    return [
        {"項目": item} | {f"{place}件目": record[item] for place, record in enumerate(records, 1)}
        for item in records[0]
    ]
