"""Preparing the releases of a cut, asking about them, and letting out what two people approved."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.contract import load_contract
from pipelines.exchange.control_sheet import with_control_sheet
from pipelines.exchange.decisions import DecisionFile, DecisionKind, enter_decision
from pipelines.exchange.emission import MANIFEST, verify_emission
from pipelines.exchange.outbox import emit_releases, enter_approvals, prepare_releases
from pipelines.exchange.payload import SealedFolder
from pipelines.exchange.reissue import enter_reissues, require_repeatable
from pipelines.exchange.staged import staged
from pipelines.ledger import StageContext, StageReport, open_ledger, open_snapshot
from pipelines.run.cuts import contracts_of, cut_named
from pipelines.run.difference_report import require_approved
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.release_difference import Difference, difference
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.exchange.payload import Payload
    from pipelines.ledger import LedgerSession

RESTS_ON_RELATIVES = ("municipality-relative_inquiry", "municipality-relative_answer", "tax_office-denied_relatives")
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
    """What an approver is asked about. `emitted`: it has left already, nothing waits for an answer. `repeats`: the release that it lets
    out again. `difference`: from what was told before, where both can be read.
    """

    release_no: int
    contract: str
    title: str
    payload_digest: str
    row_count: int
    amount_yen: int
    file_count: int
    emitted: bool
    repeats: int | None = None
    difference: Difference | None = None


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
    if cut_named(cut).tells_assessments:
        require_approved(ctx)
    return prepare_contracts(ctx, contracts_of(ctx.city.code, cut))


def prepare_contracts(ctx: StageContext, contracts: tuple[str, ...]) -> Preparation:
    """Build and seal payloads from what is known as of the run's day; the same bytes enter nothing new.

    What a killed preparation has printed is not printed again.
    """
    work, printed = ctx.home.staging / "work", ctx.home.staging / "printed"
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
            folder = SealedFolder(work / contract.id, ctx.keyring, f"data-{ctx.fiscal_year}", kept=printed)
            build = builders.get(contract.id, transfer)
            payload = build(session, pin, ctx.city, ctx.fiscal_year, contract, staging=folder)
            payload = with_control_sheet(payload, folder)
            review += [f"{contract.title_ja}: {line}" for line in payload.review]
            if payload.row_count:
                made.append(payload)
        prepared = prepare_releases(session, ctx.home, ctx.keyring, made)
        enter_reissues(session, ctx.as_of)
        summaries = _summaries(session, ctx, contracts, [one.release_no for one in prepared])
    for folder_done in (work, printed):
        shutil.rmtree(folder_done, ignore_errors=True)
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
    elif contract_id in RESTS_ON_RELATIVES:
        lists.keep_findings(session, fiscal_year, city.document_priority)
    elif contract_id == "tax_office-own_computation":
        lists.keep_raised_incomes(session, fiscal_year)
    elif contract_id == "taxpayer-one_stop_void":
        import_module("pipelines.consolidation.one_stop").keep_one_stop_notices(session, fiscal_year)


def _summaries(
    session: "LedgerSession", ctx: StageContext, contracts: tuple[str, ...], prepared: list[int]
) -> tuple[ReleaseSummary, ...]:
    """What was prepared, in order, then what officers want to be let out again of these contracts."""
    found = rows(session, "release_summary", {"prepared": prepared, "contracts": list(contracts)})
    summaries = {row["release_no"]: ReleaseSummary(**row, title=_title(ctx, row["contract"])) for row in found}
    for release_no, summary in summaries.items():
        if not summary.emitted and summary.repeats is None:
            told = difference(session, ctx.home, ctx.keyring, release_no)
            summaries[release_no] = replace(summary, difference=told)
    return tuple(summaries[number] for number in [*prepared, *(set(summaries) - set(prepared))])


def _title(ctx: StageContext, contract_id: str) -> str:
    return load_contract(contract_id, city_code=ctx.city.code).title_ja


def question(preparation: Preparation) -> str:
    """What the approver reads (Markdown): counts, yen, what is new beside the last time, digests, and whom nothing reaches yet, in Japanese."""
    lines = [
        "| 発送番号 | 内容 | 件数 | 円 | 増 | 減 | 変更 | 前回との差額 | ファイル | ダイジェスト |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {item.release_no} | {_called(item)} | {item.row_count:,} | {item.amount_yen:,} | {_changes(item)} "
        f"| {item.file_count:,} | `{item.payload_digest[:12]}` |"
        for item in preparation.waiting
    ]
    if preparation.review:
        lines += ["", f"**人の対応が要り、今回は出ないもの {len(preparation.review)} 件**", ""]
        lines += [f"- {line}" for line in preparation.review[:REVIEW_LINES_SHOWN]]
    return "\n".join(
        [
            *lines,
            "",
            "増・減・変更は、前に伝えたものと比べた行の数。中身の見本は `juminzei release show 発送番号 --officer 職員ID --on 日付`。",
            "承認は、このダイジェストの中身だけに効きます。違う職員2人の承認で発送されます。",
        ]
    )


def _called(item: ReleaseSummary) -> str:
    return item.title if item.repeats is None else f"{item.title}（発送番号 {item.repeats} の再発送）"


def _changes(item: ReleaseSummary) -> str:
    """増 | 減 | 変更 | 前回との差額."""
    told = item.difference
    if told is None:
        return "— | — | — | —"
    return f"{told.added:,} | {told.gone:,} | {told.changed:,} | {told.yen_ja}"


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
        enter_reissues(session, ctx.as_of)
        approvals = enter_approvals(session, ctx.as_of)
        emitted = emit_releases(session, ctx.home, ctx.keyring, ctx.as_of)
        after = session.commit_no
    return StageReport("release", after if after > before else None, {"approvals": approvals, "emitted": emitted})


def require_none_rejected(ctx: StageContext, subjects: list[str]) -> None:
    """Raise DataError when an officer rejected one of these (`<release_no>:<payload_digest>`)."""
    with open_snapshot(ctx.home, ctx.keyring) as session:
        rejected = session.con.execute(
            "SELECT DISTINCT release_no FROM ledger.approval WHERE verdict = 'reject' "
            "AND list_contains(?, release_no || ':' || payload_digest) ORDER BY release_no",
            [subjects],
        ).fetchall()
    if rejected:
        raise DataError(
            "差戻しがあったので、出ていないものがあります",
            item="発送番号 " + "、".join(str(number) for (number,) in rejected),
            expected="違う職員2人の承認",
            action="差戻しの理由を直し、準備からやり直してください。承認されたものは出ています",
        )


def listing(city: str) -> list[dict[str, Any]]:
    """Every release, oldest first."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "release_listing")


def detail(city: str, release_no: int) -> list[dict[str, Any]]:
    """One release beside the contract's last that left before it, and what differs."""
    found = {row["発送番号"]: row for row in listing(city)}
    if release_no not in found:
        return []
    home, keyring = CityHome(city), KeyRing.open()
    with open_snapshot(home, keyring) as session:
        last = rows(session, "last_left", {"release_no": release_no})
        told = difference(session, home, keyring, release_no)
    before = found[last[0]["release_no"]] if last else None
    keys = ("契約", "年度", "基準日", "件数", "円", "ファイル", "承認", "状態", "ダイジェスト")
    shown = [
        {"項目": key, "この発送": str(found[release_no][key]), "前回出たもの": str(before[key]) if before else "なし"}
        for key in keys
    ]
    gone = "不明（準備した発送データがない）"
    changes = {
        "増えた行": f"{told.added:,}" if told else gone,
        "なくなった行": f"{told.gone:,}" if told else gone,
        "変わった行": f"{told.changed:,}" if told else gone,
        "円の差": told.yen_ja if told else gone,
    }
    return shown + [{"項目": item, "この発送": value, "前回出たもの": ""} for item, value in changes.items()]


def decide(city: str, release_no: int, verdict: str, officer: str, reason: str, decided_on: date) -> Path:
    """Sign an approval or rejection of a release, bound to its digest, and put it into the inbox."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        _, _, digest = _known(session, release_no)
    subject = f"{release_no}:{digest}"
    return place_decision(city, "release", subject, verdict, officer=officer, reason=reason, decided_on=decided_on)


def reissue(city: str, release_no: int, officer: str, reason: str, decided_on: date) -> Path:
    """Sign that what this release let out was lost or damaged and is to leave again as it was, and put it into the inbox.

    The next preparation or emission makes a release of it, which needs approvals of its own. Raises DataError when it may not leave again,
    or its payload lies in staging no more.
    """
    home, keyring = CityHome(city), KeyRing.open()
    with open_snapshot(home, keyring) as session:
        first_no, contract_id, digest = _known(session, release_no)
        contract = load_contract(contract_id, city_code=city)
        require_repeatable(session, first_no, contract.carries)
    if not staged(home, keyring, contract, digest).is_there:
        raise DataError(
            "出したときの発送データが残っていないので、再発送できません",
            item=f"発送番号 {first_no}",
            action="控えから staging フォルダを戻してください",
        )
    subject = f"{first_no}:{digest}"
    return place_decision(city, "reissue", subject, "reissue", officer=officer, reason=reason, decided_on=decided_on)


def _known(session: "LedgerSession", release_no: int) -> tuple[int, str, str]:
    """The release that this one repeats or else itself, its contract and digest. Raises DataError when there is none."""
    row = session.con.execute(
        "SELECT coalesce(repeats_release_no, release_no), contract, payload_digest FROM ledger.release "
        "LEFT JOIN ledger.release_repeat USING (release_no) WHERE release_no = ?",
        [release_no],
    ).fetchone()
    if row is None:
        raise DataError(
            "その発送はありません",
            item=f"発送番号 {release_no}",
            action="`juminzei release list` で番号を確かめてください",
        )
    return int(row[0]), str(row[1]), str(row[2])


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
