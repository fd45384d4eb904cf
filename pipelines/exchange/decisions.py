"""Decisions by people: signed files in the inbox, taken in like any document, so nobody competes for the ledger.

A decision file is JSON with the fields of `DecisionFile` and an Ed25519 `signature` (base64) by the officer over the
canonical JSON of the other fields. The officer's public key in the key ring is the right to decide.
"""

import base64
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidSignature
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.errors import DataError, OperatorError
from pipelines.exchange import durable
from pipelines.exchange.canonical import canonical_json, digest_of
from pipelines.ledger.context import StageContext, StageReport
from pipelines.ledger.session import open_ledger

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.ledger.session import LedgerSession
    from pipelines.vault import KeyRing

FOLDER = "decisions"
SIZE_BYTES_MAX = 65_536


DecisionKind = Literal[
    "link",
    "release",
    "reissue",
    "employer",
    "supplement",
    "relative",
    "quarantine",
    "notice",
    "inquiry",
    "taxed_elsewhere",
    "limit",
    "difference",
    "backfill",
]


class DecisionFile(BaseModel):
    """What an officer decides. `subject`: a document number, `<release_no>:<payload_digest>` (release, reissue), a 指定番号,
    `<fiscal_year>:<宛名番号>:<column of the tax base>`, a named relative (`<宛名番号>:<document_no>:<role>:<relative_no>`), a record
    in quarantine (`<file_no>:<record_no>`), a 通知書番号, whom to ask about or whose time limit is lifted (`<fiscal_year>:<宛名番号>`), a notice of 294条3項
    (`<fiscal_year>:<宛名番号>:<document_no>`), `<report_no>:<report_digest>`, or a backfill (`plan`, then its number).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: DecisionKind
    subject: str
    verdict: str
    detail: str = ""
    reason: str
    officer: str
    channel: Literal["file", "airflow"]
    decided_on: date

    def signed_bytes(self) -> bytes:
        """What the officer signs."""
        return canonical_json(self.model_dump(mode="json"))


def sign(decision: DecisionFile, keyring: "KeyRing") -> str:
    """The officer's signature (base64); an answer given in Airflow is signed by the gate, which knows who answered."""
    return base64.b64encode(keyring.signer(_signer_name(decision)).sign(decision.signed_bytes())).decode()


def _signer_name(decision: DecisionFile) -> str:
    return "airflow-gate" if decision.channel == "airflow" else f"officer-{decision.officer}"


def write_decision(home: "CityHome", keyring: "KeyRing", decision: DecisionFile) -> Path:
    """Put a signed decision into the inbox (the day folder of `decided_on`); the same decision has the same file."""
    content = decision.model_dump(mode="json") | {"signature": sign(decision, keyring)}
    name = f"{decision.kind}-{digest_of(decision.model_dump(mode='json'))[:16]}.json"
    path = home.inbox / FOLDER / decision.decided_on.isoformat() / name
    text = json.dumps(content, ensure_ascii=False, indent=2)
    durable.write_file(path, text.encode(), point="inbox.decision.write")
    return path


def read_decision(path: Path, keyring: "KeyRing") -> tuple[DecisionFile, str]:
    """Read and verify a decision file; the decision and its signature. Raises DataError when it cannot be trusted."""
    if not path.is_file() or path.stat().st_size > SIZE_BYTES_MAX:
        raise _refusal(path, "ファイルではないか、大きすぎます")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        signature = str(content.pop("signature"))
        decision = DecisionFile.model_validate(content)
    except (ValueError, KeyError, AttributeError, ValidationError) as error:
        raise _refusal(path, "決定ファイルの形ではありません") from error
    try:
        verifier = keyring.verifier(_signer_name(decision))
        verifier.verify(base64.b64decode(signature), decision.signed_bytes())
    except (InvalidSignature, ValueError, OperatorError) as error:
        raise _refusal(path, "署名が、登録された職員のものと一致しません") from error
    return decision, signature


def _refusal(path: Path, found: str) -> DataError:
    return DataError(
        "決定ファイルを受け付けられません",
        file=path.name,
        found=found,
        expected="登録された職員が `juminzei queue decide`・`juminzei release approve`・`juminzei employers`・`juminzei supplement`・`juminzei relatives`・"
        "`juminzei quarantine`・`juminzei notices`・`juminzei network-inquiries`・`juminzei taxed-elsewhere`・`juminzei corrections`・`juminzei differences`・`juminzei backfill` で作ったファイル",
        action="作り直して、受信箱に置き直してください。元のファイルはそのまま残っています",
    )


def take_decisions(ctx: StageContext) -> StageReport:
    """Take in every decision file up to the run's day; each file is one row of `decision`, once.

    The ledger is opened also when there is none: a writer finishes and publishes what one that died has left.
    """
    folder = ctx.home.inbox / FOLDER
    days = sorted(day for day in folder.glob("*") if day.is_dir() and day.name <= ctx.as_of.isoformat())
    files = [path for day in days for path in sorted(day.glob("*.json"))]
    problems: list[OperatorError] = []
    taken = 0
    with open_ledger(ctx.home, ctx.keyring, holder="決定の受付", identity=ctx.identity) as session:
        for path in files:
            try:
                decision, signature = read_decision(path, ctx.keyring)
            except DataError as error:
                problems.append(error)
                continue
            taken += _enter(session, decision, signature)
            durable.remove(path, point="inbox.decision.remove")
        commit_no = session.commit_no if taken else None
    return StageReport("decisions", commit_no, {"taken": taken, "refused": len(problems)}, problems=problems)


def enter_decision(ctx: StageContext, decision: DecisionFile) -> int:
    """Enter one decision directly (an answer given in Airflow); 0 when it is known already."""
    with open_ledger(ctx.home, ctx.keyring, holder="決裁の記録", identity=ctx.identity) as session:
        return _enter(session, decision, sign(decision, ctx.keyring))


def _enter(session: "LedgerSession", decision: DecisionFile, signature: str) -> int:
    known = session.con.execute("SELECT count(*) FROM ledger.decision WHERE signature = ?", [signature]).fetchone()
    if known != (0,):
        return 0
    with session.transaction(stage="decisions", known_on=decision.decided_on) as transaction:
        transaction.append_row(
            "decision",
            decision_no=session.next_no("decision", "decision_no"),
            decision_kind=decision.kind,
            subject=decision.subject,
            verdict=decision.verdict,
            detail=decision.detail,
            reason=decision.reason,
            officer=decision.officer,
            channel=decision.channel,
            decided_on=decision.decided_on,
            file_no=None,
            signature=signature,
        )
    return 1
