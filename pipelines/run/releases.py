"""Preparing the releases of a cut, asking about them, and letting out what two people approved."""

import shutil
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.contract import load_contract
from pipelines.exchange.decisions import DecisionFile, DecisionKind, enter_decision, write_decision
from pipelines.exchange.emission import MANIFEST, verify_emission
from pipelines.exchange.outbox import emit_releases, enter_approvals, prepare_releases
from pipelines.exchange.payload import SealedFolder
from pipelines.ledger import StageContext, StageReport, open_ledger, open_snapshot
from pipelines.run.cuts import contracts_of, tells_assessments
from pipelines.run.difference_report import require_approved
from pipelines.run.officer import everything_known
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.exchange.payload import Payload
    from pipelines.ledger import LedgerSession

# The populations of the contracts that are made from `person_figures`.
PEOPLE = ("members", "everybody")
REVIEW_LINES_SHOWN = 20
DIFFERENCES = {
    "missing": "提供先にない（渡した人が一覧にいない）",
    "extra": "提供先にだけある（渡していない、または取り消した人）",
    "differs": "内容が違う",
    "twice": "一覧に二度ある",
}
VERDICTS = {"承認": "approve", "差戻し": "reject"}


@dataclass(frozen=True)
class ReleaseSummary:
    """What an approver is asked about. `emitted`: it has left already, nothing waits for an answer."""

    release_no: int
    contract: str
    title: str
    payload_digest: str
    row_count: int
    amount_yen: int
    file_count: int
    emitted: bool


@dataclass(frozen=True)
class Preparation:
    """What was prepared, and whom no release reaches until a person has seen to it (one Japanese line each)."""

    summaries: tuple[ReleaseSummary, ...]
    review: tuple[str, ...]

    @property
    def waiting(self) -> list[ReleaseSummary]:
        """What waits for two approvals."""
        return [summary for summary in self.summaries if not summary.emitted]


def _builders() -> dict[str, Any]:
    """Contract id → payload builder, from the stages that make payloads."""
    return {**import_module("pipelines.notices").CONTRACTS, **import_module("pipelines.extracts").CONTRACTS}


def prepare(ctx: StageContext, cut: str) -> Preparation:
    """Prepare the contracts of a cut; see `prepare_contracts`. Corrections must have been approved (difference_report)."""
    if tells_assessments(cut):
        require_approved(ctx)
    return prepare_contracts(ctx, contracts_of(ctx.city.code, cut))


def prepare_contracts(ctx: StageContext, contracts: tuple[str, ...]) -> Preparation:
    """Build and seal payloads from what is known as of the run's day; the same bytes enter nothing new."""
    work = ctx.home.staging / "work"
    builders = _builders()
    transfer = import_module("pipelines.extracts").build_transfer
    made: list[Payload] = []
    review: list[str] = []
    shutil.rmtree(work, ignore_errors=True)
    with open_ledger(ctx.home, ctx.keyring, holder="発送の準備", identity=ctx.identity) as session:
        pin = session.pin(ctx.fiscal_year, ctx.as_of)
        loaded = [load_contract(contract_id, city_code=ctx.city.code) for contract_id in contracts]
        by_person = [contract for contract in loaded if contract.population.query in PEOPLE]
        keep_figures(session, ctx.city, ctx.fiscal_year, ctx.as_of, by_person)
        for contract in loaded:
            contract.require_basis(ctx.as_of)
            _keep_list(session, contract.id, ctx.city, ctx.fiscal_year)
            folder = SealedFolder(work / contract.id, ctx.keyring, f"data-{ctx.fiscal_year}")
            build = builders.get(contract.id, transfer)
            payload = build(session, pin, ctx.city, ctx.fiscal_year, contract, staging=folder)
            review += [f"{contract.title_ja}: {line}" for line in payload.review]
            if payload.row_count:
                made.append(payload)
        prepared = prepare_releases(session, ctx.home, ctx.keyring, made)
        summaries = tuple(
            _summary(session, payload, one.release_no) for payload, one in zip(made, prepared, strict=True)
        )
    shutil.rmtree(work, ignore_errors=True)
    return Preparation(summaries, tuple(review))


def keep_figures(
    session: "LedgerSession",
    city: "City",
    fiscal_year: int,
    as_of: date,
    transfers: "list[Contract]",
    *,
    only: str | None = None,
) -> None:
    """Compute once, in TEMP tables, what these contracts of departments read (of one taxpayer, with `only`); nothing when there are none."""
    if not transfers:
        return
    other_levies = import_module("pipelines.assessment.other_levies")
    wanted = {name for contract in transfers for name in contract.column_names()}
    other_levies.keep_other_levies(
        session,
        city,
        fiscal_year,
        as_of,
        ordinary_city=not wanted.isdisjoint(other_levies.ORDINARY_CITY),
        only=only,
    )
    import_module("pipelines.extracts").keep_person_figures(session, city, fiscal_year)


def _keep_list(session: "LedgerSession", contract_id: str, city: "City", fiscal_year: int) -> None:
    """Keep the list that the contract's query reads, where it is consolidation's and in no table of the ledger."""
    lists = import_module("pipelines.consolidation.lists")
    if contract_id == "taxpayer-return_request":
        lists.keep_non_filers(session, fiscal_year, city.document_priority)
    elif contract_id in ("municipality-relative_inquiry", "tax_office-denied_relatives"):
        lists.keep_findings(session, fiscal_year, city.document_priority)
    elif contract_id == "taxpayer-one_stop_void":
        import_module("pipelines.consolidation.one_stop").keep_one_stop_notices(session, fiscal_year)


def _summary(session: "LedgerSession", payload: "Payload", release_no: int) -> ReleaseSummary:
    left = session.con.execute(
        "SELECT count(*) FROM ledger.outbox_intent WHERE release_no = ?", [release_no]
    ).fetchone()
    return ReleaseSummary(
        release_no,
        payload.contract.id,
        payload.contract.title_ja,
        payload.digest,
        payload.row_count,
        payload.amount_yen,
        len(payload.files),
        emitted=left != (0,),
    )


def question(preparation: Preparation) -> str:
    """What the approver reads (Markdown): counts, yen and digests, and whom nothing reaches yet, in Japanese."""
    lines = ["| 発送番号 | 内容 | 件数 | 円 | ファイル | ダイジェスト |", "| --- | --- | ---: | ---: | ---: | --- |"]
    lines += [
        f"| {item.release_no} | {item.title} | {item.row_count:,} | {item.amount_yen:,} | {item.file_count:,} "
        f"| `{item.payload_digest[:12]}` |"
        for item in preparation.waiting
    ]
    if preparation.review:
        lines += ["", f"**人の対応が要り、今回は出ないもの {len(preparation.review)} 件**", ""]
        lines += [f"- {line}" for line in preparation.review[:REVIEW_LINES_SHOWN]]
    return "\n".join([*lines, "", "承認は、このダイジェストの中身だけに効きます。違う職員2人の承認で発送されます。"])


def record_decisions(
    ctx: StageContext, answer: dict[str, Any], subjects: list[str], kind: DecisionKind = "release"
) -> dict[str, Any]:
    """Enter the answer given in Airflow, one decision a release (or difference report). Raises DataError when one person answers twice."""
    officer = str(answer["responded_by_user"]["name"])
    verdict = VERDICTS[answer["chosen_options"][0]]
    with open_snapshot(ctx.home, ctx.keyring) as session:
        asked = session.con.execute(
            "SELECT count(*) FROM ledger.decision WHERE decision_kind = ? AND officer = ? "
            "AND verdict = 'approve' AND list_contains(?, subject)",
            [kind, officer, subjects],
        ).fetchone()
    if asked != (0,):
        raise DataError(
            "同じ職員が二度決裁しています",
            found=f"職員 {officer}",
            expected="1人目と違う職員の決裁",
            action="このゲートをクリアし、別の職員が答えてください",
        )
    for subject in subjects:
        decision = DecisionFile(
            kind=kind,
            subject=subject,
            verdict=verdict,
            reason="Airflowの決裁画面",
            officer=officer,
            channel="airflow",
            decided_on=ctx.as_of,
        )
        enter_decision(ctx, decision)
    return {"officer": officer, "verdict": verdict, "subjects": len(subjects)}


def emit(ctx: StageContext) -> StageReport:
    """Enter approvals bound to unchanged digests, then emit what two different people approved."""
    with open_ledger(ctx.home, ctx.keyring, holder="発送", identity=ctx.identity) as session:
        before = session.commit_no
        approvals = enter_approvals(session, ctx.as_of)
        emitted = emit_releases(session, ctx.home, ctx.keyring, ctx.as_of)
        after = session.commit_no
    return StageReport("release", after if after > before else None, {"approvals": approvals, "emitted": emitted})


def listing(city: str) -> list[dict[str, Any]]:
    """Every release, oldest first."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "release_listing")


def detail(city: str, release_no: int) -> list[dict[str, Any]]:
    """One release beside the one that it replaces."""
    found = {row["発送番号"]: row for row in listing(city)}
    if release_no not in found:
        return []
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        replaced = session.con.execute(
            "SELECT replaces_release_no FROM ledger.release WHERE release_no = ?", [release_no]
        ).fetchone()
    before = found.get(replaced[0]) if replaced else None
    keys = ("契約", "年度", "基準日", "件数", "円", "ファイル", "承認", "状態", "ダイジェスト")
    return [
        {"項目": key, "この発送": str(found[release_no][key]), "前回": str(before[key]) if before else "なし"}
        for key in keys
    ]


def decide(city: str, release_no: int, verdict: str, officer: str, reason: str, decided_on: date) -> Path:
    """Sign an approval or rejection of a release, bound to its digest, and put it into the inbox."""
    home, keyring = CityHome(city), KeyRing.open()
    with open_snapshot(home, keyring) as session:
        row = session.con.execute(
            "SELECT payload_digest FROM ledger.release WHERE release_no = ?", [release_no]
        ).fetchone()
    if row is None:
        raise DataError(
            "その発送はありません",
            item=f"発送番号 {release_no}",
            action="`juminzei release list` で番号を確かめてください",
        )
    decision = DecisionFile(
        kind="release",
        subject=f"{release_no}:{row[0]}",
        verdict=verdict,
        reason=reason,
        officer=officer,
        channel="file",
        decided_on=decided_on,
    )
    return write_decision(home, keyring, decision)


def returned(city: str, fiscal_year: int, contract_id: str, path: Path) -> list[dict[str, Any]]:
    """A list that a recipient returned of what it holds, against all that it was told: one row a person in whom they differ."""
    extracts = import_module("pipelines.extracts")
    contract = extracts.of_year(load_contract(contract_id, city_code=city), fiscal_year)
    if contract.carries != "changes" or contract.population.query not in PEOPLE:
        raise DataError(
            "この契約では、渡した人ごとの状態を記録していません",
            item=contract_id,
            expected="移転の契約か、中間サーバーの副本（docs/contracts.md の `transfers`・`network`）",
            action="契約の名前を確かめてください",
        )
    with everything_known(city, fiscal_year) as session:
        found = extracts.differences(session, contract, fiscal_year, path)
    return [{"宛名番号": taxpayer_no, "違い": DIFFERENCES[difference]} for taxpayer_no, difference in found]


def verify(city: str) -> list[dict[str, Any]]:
    """Each emission held against its signed manifest."""
    keyring = KeyRing.open()
    found = []
    for manifest in sorted(CityHome(city).outbox.glob(f"*/*/{MANIFEST}")):
        problems = verify_emission(manifest.parent, keyring)
        found.append(
            {"契約": manifest.parent.parent.name, "連番": manifest.parent.name, "結果": "、".join(problems) or "一致"}
        )
    return found
