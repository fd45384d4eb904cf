"""The copy of the ledger in which a backfill runs: encrypted like the ledger, made anew for each attempt, never the live one."""

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.city import CityHome
from pipelines.errors import DataError, TransientError
from pipelines.exchange import durable
from pipelines.ledger import StageContext, open_snapshot
from pipelines.ledger.files import ledger_file, snapshot_file
from pipelines.run.difference_lines import Line, lines_between
from pipelines.run.stages import run_stage

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.run.backfill_plan import Plan
    from pipelines.vault import KeyRing


def staged_home(home: CityHome, backfill_no: int) -> CityHome:
    """The folders of the municipality as the backfill sees it; nothing but a ledger lies there."""
    return CityHome(home.city_code, home.staging / "backfill" / str(backfill_no))


def staged_file(home: CityHome, keyring: "KeyRing", backfill_no: int) -> "Path":
    """The copy, once a backfill has run in it."""
    return ledger_file(staged_home(home, backfill_no), keyring.primary("ledger").version)


def copy_ledger(home: CityHome, keyring: "KeyRing", backfill_no: int) -> int:
    """Put a copy of the published ledger in the staging's place; its last commit number.

    Raises TransientError when something was just leaving: a copy must not let it out a second time.
    """
    remove_staging(home, backfill_no)
    version = keyring.primary("ledger").version
    target = staged_file(home, keyring, backfill_no)
    target.parent.mkdir(mode=0o700, parents=True)
    part = durable.temporary(target)
    shutil.copyfile(snapshot_file(home, version), part)
    durable.fsync_file(part, point="backfill.copy.fsync")
    durable.replace(part, target, point="backfill.copy.replace")
    shutil.copyfile(target, snapshot_file(staged_home(home, backfill_no), version))
    with open_snapshot(staged_home(home, backfill_no), keyring) as session:
        leaving = session.con.execute(
            "SELECT count(*) FROM ledger.outbox_intent ANTI JOIN ledger.delivery USING (intent_no)"
        ).fetchone()
        commit_no = session.commit_no
    if leaving != (0,):
        remove_staging(home, backfill_no)
        raise TransientError(
            "発送の途中なので、台帳の写しを作れません", action="発送が終わってから、もう一度実行してください"
        )
    return commit_no


def decide_again(ctx: StageContext, plan: "Plan", backfill_no: int) -> list[str]:
    """Run the plan's stages for its years in the copy, oldest year first; what they had to say."""
    lines = []
    for fiscal_year in plan.fiscal_years:
        staged = replace(ctx, home=staged_home(ctx.home, backfill_no), fiscal_year=fiscal_year, as_of=plan.as_of.to)
        for stage in plan.stages:
            report = run_stage(stage, staged)
            lines += [f"{fiscal_year}年度 {stage}: {line}" for line in [*report.lines, *map(str, report.problems)]]
    return lines


def staged_lines(home: CityHome, keyring: "KeyRing", backfill_no: int, base_commit_no: int) -> list[Line]:
    """What the copy's commits after `base_commit_no` decided. Raises DataError when the copy is gone."""
    if not staged_file(home, keyring, backfill_no).exists():
        raise DataError(
            "バックフィルの写しが、もうありません",
            item=f"バックフィル番号 {backfill_no}",
            action="破棄したのでなければ、`juminzei backfill run` をもう一度実行してください。中身が同じなら決裁は効きます",
        )
    with open_snapshot(staged_home(home, backfill_no), keyring) as session:
        return lines_between(session, base_commit_no + 1, session.commit_no)


def remove_staging(home: CityHome, backfill_no: int) -> None:
    """Remove the copy; what it held is encrypted, and is made again from the ledger."""
    shutil.rmtree(staged_home(home, backfill_no).above or home.staging, ignore_errors=True)
