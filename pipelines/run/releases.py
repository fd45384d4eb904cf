"""Deciding on releases, letting out what two people approved, and what is known of each release."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.contract import load_contract
from pipelines.exchange.decisions import DecisionFile, DecisionKind, enter_decision
from pipelines.exchange.emission import MANIFEST, verify_emission
from pipelines.exchange.outbox import emit_releases, enter_approvals
from pipelines.exchange.reissue import enter_reissues, require_repeatable
from pipelines.exchange.staged import staged
from pipelines.ledger import StageContext, StageReport, open_ledger, open_snapshot
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.preparation import PEOPLE
from pipelines.run.release_difference import difference
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

DIFFERENCES = {
    "missing": "提供先にない（渡した人が一覧にいない）",
    "extra": "提供先にだけある（渡していない、または取り消した人）",
    "differs": "内容が違う",
    "twice": "一覧に二度ある",
}
VERDICTS = {"承認": "approve", "差戻し": "reject"}


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
