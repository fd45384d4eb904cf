"""The phases of a small season, each a piece of work that may be killed and done again."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from pipelines.exchange.decisions import DecisionFile, write_decision
from pipelines.exchange.inbox import NOTE_SUFFIX
from pipelines.ledger import open_ledger, open_snapshot
from pipelines.run.backfill import promote
from pipelines.run.backfill import run as run_backfill
from pipelines.run.backfill_plan import Plan, Range
from pipelines.run.preparation import prepare
from pipelines.run.releases import emit
from pipelines.run.simulator import ALWAYS, World
from pipelines.run.stages import run_stage
from pipelines.vault import Vault

REPORTS = ("wage_report", "wage_report_summary", "pension_report")
CUT_DAY = date(2026, 5, 28)
NEXT_DAY = CUT_DAY + timedelta(days=1)


def known_file(world: World, suffix: str = "") -> Path:
    """The copy that is sent again, outside the municipality's folders (it is in the clear)."""
    assert world.home.above is not None
    return world.home.above.parent / f"known.csv{suffix}"


def deliver(town: Path, world: World, *, report_files: int | None = None) -> None:
    """Put the town's files into the inbox, and keep one to send again.

    If said, only the first few of each kind of report, and beside them what every season has: the other sources go the same way.
    """
    sent = [path for path in sorted(town.glob("inbox/*/*/*")) if not path.name.endswith(NOTE_SUFFIX)]
    wages, *more = ([path for path in sent if path.parent.parent.name == kind][:report_files] for kind in REPORTS)
    rest = [path for path in sent if path.parent.parent.name not in REPORTS]
    others = [path for path in rest if report_files is None or path.parent.parent.name in ALWAYS]
    for path in [*wages, *chain(*more), *others]:
        for each in (path, path.with_name(path.name + NOTE_SUFFIX)):
            if each.exists():
                target = world.home.inbox / each.relative_to(town / "inbox")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(each, target)
    shutil.copyfile(wages[0], known_file(world))
    shutil.copyfile(f"{wages[0]}{NOTE_SUFFIX}", known_file(world, NOTE_SUFFIX))


def take_in(world: World) -> None:
    run_stage("intake", world.context(CUT_DAY))


def take_in_again(world: World) -> None:
    """A file that is known already arrives once more: a line in the operations log, and nothing else."""
    day = world.home.inbox / "wage_report" / CUT_DAY.isoformat()
    day.mkdir(parents=True, exist_ok=True)
    for suffix in ("", NOTE_SUFFIX):
        shutil.copyfile(known_file(world, suffix), day / f"again.csv{suffix}")
    run_stage("intake", world.context(CUT_DAY))


def match(world: World) -> None:
    for stage in ("withholding", "matching"):
        run_stage(stage, world.context(CUT_DAY))


def decide_queue(world: World) -> None:
    """An officer forwards the first document of the queue; the decision is taken in and followed."""
    with open_snapshot(world.home, world.keyring) as session:
        row = session.con.execute("SELECT min(document_no) FROM ledger.review_item").fetchone()
    assert row is not None
    _sign(world, "link", str(row[0]), "forward", "sato")
    run_stage("decisions", world.context(NEXT_DAY))
    run_stage("matching", world.context(NEXT_DAY))


def assess(world: World) -> None:
    for stage in ("consolidation", "assessment"):
        run_stage(stage, world.context(NEXT_DAY))


def backfill(world: World) -> None:
    """A supplement that came after the decision is carried out by a backfill: planned, run in a copy, approved, promoted."""
    ctx = world.context(NEXT_DAY)
    with open_snapshot(world.home, world.keyring) as session:
        row = session.con.execute("SELECT min(taxpayer_no) FROM ledger.assessment").fetchone()
    assert row is not None
    detail = '{"basis":"phone","value":"1000000"}'
    _sign(world, "supplement", f"{ctx.fiscal_year}:{row[0]}:business_yen", "add", "sato", detail)
    days = Range(first=CUT_DAY, to=NEXT_DAY)
    plan = Plan(
        fiscal_years=(ctx.fiscal_year,),
        as_of=days,
        stages=("consolidation", "assessment"),
        reason="後から分かった所得",
        requester="sato",
    )
    _sign(world, "backfill", "plan", "plan", "sato", plan.detail())
    run_stage("decisions", ctx)
    with open_snapshot(world.home, world.keyring) as session:
        number = session.con.execute(
            "SELECT decision_no FROM ledger.decision WHERE decision_kind = 'backfill'"
        ).fetchall()[0][0]
    entered = run_backfill(ctx, number).entered
    assert entered is not None
    for officer in ("sato", "suzuki"):
        _sign(world, "difference", entered.subject, "approve", officer)
    run_stage("decisions", ctx)
    assert promote(ctx, number) is not None


def prepare_everything(world: World) -> None:
    prepare(world.context(NEXT_DAY), "all")


def approve_and_emit(world: World) -> None:
    ctx = world.context(NEXT_DAY)
    with open_snapshot(world.home, world.keyring) as session:
        releases = session.con.execute(
            "SELECT release_no, payload_digest FROM ledger.release ORDER BY release_no"
        ).fetchall()
    for release_no, digest in releases:
        for officer in ("sato", "suzuki"):
            _sign(world, "release", f"{release_no}:{digest}", "approve", officer)
    run_stage("decisions", ctx)
    emit(ctx)


def publish(world: World) -> None:
    run_stage("analysis", world.context(NEXT_DAY))


def rotate_keys(world: World) -> None:
    """The keys of the vault and of the ledger get a second version, and everything moves to it."""
    for purpose in ("vault-token", "vault-cipher", "vault-file", "ledger"):
        if world.keyring.versions(purpose) == [1]:
            world.keyring.rotate(purpose)
        world.keyring.promote(purpose, 2)
    with Vault(world.home, world.keyring) as vault:
        vault.rewrap()
    with open_ledger(world.home, world.keyring, holder="鍵の更新"):
        pass


def _sign(world: World, kind: str, subject: str, verdict: str, officer: str, detail: str = "") -> None:
    decision = DecisionFile.model_validate(
        {
            "kind": kind,
            "subject": subject,
            "verdict": verdict,
            "detail": detail,
            "reason": "確認した",
            "officer": officer,
            "channel": "file",
            "decided_on": NEXT_DAY,
        }
    )
    write_decision(world.home, world.keyring, decision)


PHASES: dict[str, Callable[[World], None]] = {
    "take_in": take_in,
    "take_in_again": take_in_again,
    "match": match,
    "decide_queue": decide_queue,
    "assess": assess,
    "backfill": backfill,
    "prepare": prepare_everything,
    "approve_and_emit": approve_and_emit,
    "publish": publish,
    "rotate_keys": rotate_keys,
}
