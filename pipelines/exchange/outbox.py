"""What leaves: prepared, approved by two people, intended in the ledger, emitted exactly once.

prepare  payload files, sealed as they are made, move to staging/<contract>/<digest>/; a `release` row names their digest
approve  `decision` rows bound to that digest become `approval` rows; other bytes need other approvals
intend   one ledger transaction holds the `outbox_intent` and the register of notices: the state's commit point
emit     files, signature, and last the manifest: the emission's commit point; then audit and `delivery`

What was lost on the way leaves again by `reissue`.
"""

import io
import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.audit import AuditLog
from pipelines.errors import DataError, OperatorError
from pipelines.exchange import durable
from pipelines.exchange.canonical import canonical_json
from pipelines.exchange.contract import EACH_PERSON
from pipelines.exchange.emission import emit, is_emitted, recipient_of
from pipelines.exchange.filling import fillings
from pipelines.exchange.reissue import repeated, require_repeatable
from pipelines.vault import PERSONAL, encrypt_for, open_sealed, seal_file, sealed_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.city import CityHome
    from pipelines.exchange.contract import Contract
    from pipelines.exchange.payload import Payload
    from pipelines.ledger.session import LedgerSession
    from pipelines.ledger.transaction import Transaction
    from pipelines.vault import KeyRing

APPROVALS_NEEDED = 2
# What a payload's folder holds beside its files: what they are, and what is entered when they leave.
LISTING = "listing.sealed"
# What of a payload's list the intent keeps, so that the emission can be finished by another process.
PLANNED = ("files", "encryption", "filled_columns")


@dataclass(frozen=True)
class Prepared:
    """A release as it stands in the ledger; `new` is false when the same bytes were prepared before."""

    release_no: int
    payload_digest: str
    new: bool


def staging_folder(home: "CityHome", contract: str, payload_digest: str) -> Path:
    """Where the sealed payload of a release lies until it has left."""
    return home.staging / contract / payload_digest[:32]


def prepare_releases(
    session: "LedgerSession", home: "CityHome", keyring: "KeyRing", made: "Sequence[Payload]"
) -> list[Prepared]:
    """Keep payloads in staging and enter their releases in one transaction; the same digest as the last enters nothing.

    Until it has left, what lies in staging is made anew each time: so a damaged one is mended, and its approvals hold.
    Raises DataError when something else has left as of a later day: who was told the newer must not be told the older.
    """
    assert session.pinned is not None
    prepared = []
    first_no = session.next_no("release", "release_no")
    rows: list[dict[str, object]] = []
    for payload in made:
        last_no, last_digest, has_left, last_as_of = _last_release(session, payload)
        if has_left and last_digest != payload.digest and last_as_of > session.pinned.as_of:
            raise _older_than_what_left(payload.contract, session.pinned.as_of, last_as_of)
        if last_digest != payload.digest or not has_left:
            _keep_payload(home, keyring, payload)
        if last_digest == payload.digest:
            prepared.append(Prepared(last_no, payload.digest, new=False))
            continue
        release_no = first_no + len(rows)
        prepared.append(Prepared(release_no, payload.digest, new=True))
        rows.append(
            {
                "release_no": release_no,
                "contract": payload.contract.id,
                "fiscal_year": payload.fiscal_year,
                "payload_digest": payload.digest,
                "pinned_commit_no": session.pinned.commit_no_max,
                "as_of": session.pinned.as_of,
                "row_count": payload.row_count,
                "amount_yen": payload.amount_yen,
                "file_count": len(payload.files),
                "replaces_release_no": (last_no or None) if _replaces(payload.contract, has_left) else None,
            }
        )
    with session.transaction(stage="release", known_on=session.pinned.as_of) as transaction:
        for row in rows:
            transaction.append_row("release", **row)
    return prepared


def _replaces(contract: "Contract", has_left: bool) -> bool:
    """Whether a new release takes the place of the last: not when that has left and each carries only what is new."""
    return contract.carries == "everything" or not has_left


def _older_than_what_left(contract: "Contract", as_of: "date", last_as_of: "date") -> DataError:
    return DataError(
        "より後の基準日の内容が、すでに発送されています",
        item=contract.title_ja,
        found=f"基準日 {as_of}",
        expected=f"{last_as_of} 以降の基準日",
        action="基準日を改めて実行してください。過去の日の内容を確かめるだけなら `juminzei explain` を使ってください",
    )


def _last_release(session: "LedgerSession", payload: "Payload") -> "tuple[int, str, bool, date]":
    """Number and digest of the contract's last release of the year, whether it has left, its day; (0, "", False, …): none."""
    row = session.con.execute(
        "SELECT release_no, payload_digest, release_no IN (SELECT release_no FROM ledger.outbox_intent), as_of "
        "FROM ledger.release ANTI JOIN ledger.release_repeat USING (release_no) "
        "WHERE contract = ? AND fiscal_year = ? ORDER BY release_no DESC LIMIT 1",
        [payload.contract.id, payload.fiscal_year],
    ).fetchone()
    return (row[0], row[1], row[2], row[3]) if row else (0, "", False, date.min)


def _keep_payload(home: "CityHome", keyring: "KeyRing", payload: "Payload") -> None:
    """Put the list beside the sealed files, and move their folder: in its place it is whole, or it is not there."""
    contract = payload.contract
    target = staging_folder(home, contract.id, payload.digest)
    listing = {
        "files": [file.listed() for file in payload.files],
        "notices": payload.notices,
        "told": {"name": payload.told.name, "sha256": payload.told.sha256} if payload.told else None,
        "entries": payload.entries,
        "filled_columns": contract.filled_columns,
        "number_ids": payload.number_ids,
        "people": sorted({row["taxpayer_no"] for row in payload.notices}),
        "encryption": contract.encryption,
        "carries": contract.carries,
    }
    made = payload.files[0].path.parent
    purpose = f"data-{payload.fiscal_year}"
    seal_file(canonical_json(listing), made / LISTING, keyring=keyring, purpose=purpose)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    durable.replace(made, target, point="staging.replace")


def enter_approvals(session: "LedgerSession", as_of: "date") -> int:
    """Turn release decisions into approvals, where their digest is that of the release; how many were new."""
    with session.transaction(stage="release", known_on=as_of) as transaction:
        return transaction.append(
            "approval",
            """
            SELECT r.release_no, r.payload_digest, d.officer, d.verdict, d.reason, d.channel, d.decision_no
            FROM ledger.decision d
            JOIN ledger.release r ON d.subject = r.release_no || ':' || r.payload_digest
            WHERE d.decision_kind = 'release' AND d.known_on <= ?
              AND d.decision_no NOT IN (SELECT decision_no FROM ledger.approval WHERE decision_no IS NOT NULL)
            ORDER BY d.decision_no
            """,
            [as_of],
        )


RELEASABLE = """
    SELECT r.release_no, r.contract, r.fiscal_year, r.payload_digest, r.row_count, r.amount_yen, r.as_of,
           r.pinned_commit_no, list(DISTINCT a.officer ORDER BY a.officer) AS officers
    FROM ledger.release r
    JOIN ledger.approval a ON a.release_no = r.release_no AND a.payload_digest = r.payload_digest
    WHERE r.release_no NOT IN (SELECT release_no FROM ledger.outbox_intent)
      AND NOT EXISTS (SELECT 1 FROM ledger.release later WHERE later.replaces_release_no = r.release_no)
    GROUP BY ALL
    HAVING count(DISTINCT a.officer) FILTER (WHERE a.verdict = 'approve') >= ?
       AND count(*) FILTER (WHERE a.verdict = 'reject') = 0
    ORDER BY r.release_no
"""


def emit_releases(session: "LedgerSession", home: "CityHome", keyring: "KeyRing", as_of: "date") -> int:
    """Let out every release that two different people approved; how many. Rejected or replaced ones stay.

    One that cannot leave (its file was changed, its recipient has no key) stays too, without an intent: the others
    leave, and then its error is raised.
    """
    releases = session.con.execute(RELEASABLE, [APPROVALS_NEEDED]).fetchall()
    problems: list[OperatorError] = []
    for release in releases:
        try:
            _intend(session, home, keyring, release, as_of)
        except OperatorError as problem:
            problems.append(problem)
        else:
            complete_open_intents(session, home, keyring)
    AuditLog(home, keyring).checkpoint()  # again for one who died between the last delivery and its checkpoint
    if problems:
        raise problems[0]
    return len(releases)


def _intend(
    session: "LedgerSession", home: "CityHome", keyring: "KeyRing", release: tuple[Any, ...], as_of: "date"
) -> None:
    (
        release_no,
        contract,
        fiscal_year,
        payload_digest,
        row_count,
        amount_yen,
        pinned_as_of,
        pinned_commit_no,
        officers,
    ) = release
    staging = staging_folder(home, contract, payload_digest)
    listing = _ready(staging, keyring, release_no)
    last, replaced = session.con.execute(
        "SELECT coalesce(max(i.sequence_no), 0), max(i.sequence_no) FILTER (WHERE r.fiscal_year = ?) "
        "FROM ledger.outbox_intent i JOIN ledger.release r USING (release_no) WHERE i.contract = ?",
        [fiscal_year, contract],
    ).fetchall()[0]
    summary = {
        "contract": contract,
        "fiscal_year": fiscal_year,
        "release_no": release_no,
        "payload_digest": payload_digest,
        "rows": row_count,
        "yen": amount_yen,
        "as_of": pinned_as_of.isoformat(),
        "commit_no_max": pinned_commit_no,
        "approved_by": officers,
        "replaces_sequence_no": replaced if listing["carries"] == "everything" else None,
    }
    earlier = repeated(session, release_no)
    if earlier is not None:
        repeated_no, sequence_no = earlier
        require_repeatable(session, repeated_no, listing["carries"])
        summary |= {"replaces_sequence_no": None, "repeats_sequence_no": sequence_no}
    with session.transaction(stage="release", known_on=as_of) as transaction:
        transaction.append_row(
            "outbox_intent",
            intent_no=session.next_no("outbox_intent", "intent_no"),
            release_no=release_no,
            contract=contract,
            sequence_no=last + 1,
            payload_digest=payload_digest,
            files=json.dumps({name: listing[name] for name in PLANNED}, ensure_ascii=False),
            audit_payload=canonical_json(summary).decode(),
        )
        if earlier is None:  # what is let out again is in the registers already
            _register(session, transaction, keyring, staging, listing, release_no, contract, fiscal_year)


def _register(
    session: "LedgerSession",
    transaction: "Transaction",
    keyring: "KeyRing",
    staging: Path,
    listing: dict[str, Any],
    release_no: int,
    contract: str,
    fiscal_year: int,
) -> None:
    """Enter in the registers what leaves: notices, other entries, and whom the recipient is told about."""
    for table, rows in {"notice": listing["notices"], **listing["entries"]}.items():
        if rows:
            session.con.register("leaving_row", pa.Table.from_pylist(rows))
            transaction.append(table, f"SELECT *, {release_no:d}::BIGINT AS release_no FROM leaving_row")
            session.con.unregister("leaving_row")
    if listing["told"]:
        told = open_sealed(staging / f"{listing['told']['name']}.sealed", keyring=keyring)
        session.con.register("leaving_told", pq.read_table(io.BytesIO(told)))
        transaction.append(
            "told_person",
            f"SELECT *, {release_no:d}::BIGINT AS release_no, '{contract}' AS contract, "
            f"{fiscal_year:d}::INTEGER AS fiscal_year FROM leaving_told",
        )
        session.con.unregister("leaving_told")


def _ready(staging: Path, keyring: "KeyRing", release_no: int) -> dict[str, Any]:
    """The list of what lies in staging, after all of it was found to be able to leave.

    An open intent is finished before anything else is written to the ledger, so what cannot leave must not become one.
    """
    if not staging.exists():
        raise DataError(
            "準備した発送データがありません",
            item=f"発送番号 {release_no}",
            action="準備からやり直してください。中身が決裁時と同じなら、決裁はそのまま効きます",
        )
    listing: dict[str, Any] = json.loads(open_sealed(staging / LISTING, keyring=keyring))
    for file in [*listing["files"], *([listing["told"]] if listing["told"] else [])]:
        if sealed_digest(staging / f"{file['name']}.sealed", keyring=keyring) != file["sha256"]:
            raise DataError(
                "準備した発送データの中身が、決裁したものと違います",
                file=file["name"],
                expected="決裁時のダイジェストと同じ内容",
                action="準備からやり直してください。中身が決裁時と同じなら、決裁はそのまま効きます",
            )
    if listing["encryption"] == EACH_PERSON:
        keyring.primary(PERSONAL)
    else:
        for recipient in sorted({recipient_of(file, listing["encryption"]) for file in listing["files"]} - {"none"}):
            encrypt_for(b"", recipient, keyring=keyring)
    return listing


def complete_open_intents(session: "LedgerSession", home: "CityHome", keyring: "KeyRing") -> int:
    """Finish every emission that an earlier process intended and did not finish; how many."""
    intents = session.con.execute(
        "SELECT intent_no, contract, sequence_no, payload_digest, files, audit_payload, known_on "
        "FROM ledger.outbox_intent WHERE intent_no NOT IN (SELECT intent_no FROM ledger.delivery) ORDER BY intent_no"
    ).fetchall()
    for intent_no, contract, sequence_no, payload_digest, files, audit_payload, known_on in intents:
        summary = json.loads(audit_payload)
        staging = staging_folder(home, contract, payload_digest)
        target = home.outbox / contract / f"{sequence_no:06d}"
        plan = json.loads(files)
        values = {}
        if plan.get("filled_columns") and not is_emitted(target):
            listing = json.loads(open_sealed(staging / LISTING, keyring=keyring))
            event = {name: summary[name] for name in ("contract", "fiscal_year")} | {"known_on": summary["as_of"]}
            key = f"disclosure-{intent_no}"
            values = fillings(home, keyring, plan["filled_columns"], listing, event, key=key)
        manifest = emit(staging, target, keyring, plan, summary | {"sequence_no": sequence_no}, values)
        AuditLog(home, keyring).append(
            "release", summary | {"sequence_no": sequence_no, "manifest": manifest}, key=f"release-{intent_no}"
        )
        with session.transaction(stage="release", known_on=known_on) as transaction:
            transaction.append_row("delivery", intent_no=intent_no, manifest_digest=manifest)
    if intents:
        AuditLog(home, keyring).checkpoint()
    return len(intents)
