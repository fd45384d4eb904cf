"""Backfills: decide closed years again in a copy, show who changes, and append it once two people have approved (decision 0029)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.exchange.decisions import DecisionFile, enter_decision
from pipelines.ledger import RunIdentity, StageContext, open_ledger, open_snapshot
from pipelines.ledger.catalogue import catalogue
from pipelines.ledger.code_version import code_version
from pipelines.ledger.promotion import append_staged
from pipelines.run.backfill_basis import moved_on
from pipelines.run.backfill_plan import Plan, plan_of, require_last
from pipelines.run.backfill_staging import copy_ledger, decide_again, remove_staging, staged_file, staged_home
from pipelines.run.difference_lines import lines_between
from pipelines.run.difference_report import Entered, Report, enter, is_approved, read_in
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, Transaction

STAGE = "backfill"


@dataclass(frozen=True)
class Attempt:
    """The last time that a plan ran: its number, after which commit of the ledger, its report (None: nothing changed)."""

    attempt_no: int
    base_commit_no: int
    report_no: int | None
    code_version: str


@dataclass(frozen=True)
class Outcome:
    """What a run of a plan led to: the report as entered (None: nothing would change), and what the stages had to say."""

    entered: Entered | None
    lines: list[str]


def backfill_context(city: str, identity: RunIdentity | None = None) -> StageContext:
    """The context of a backfill's work; each plan says its years and its day."""
    home = CityHome(city)
    home.make()
    return StageContext(load_city(city), home, KeyRing.open(), 0, date.min, identity or RunIdentity())


def run(ctx: StageContext, backfill_no: int) -> Outcome:
    """Run the plan in a copy of the ledger and enter its difference report; again, unless the ledger or the code moved on, the same.

    Promoted already: its report, and nothing is done. Raises DataError when the plan is discarded, when it would decide in the
    past, or when it touches a decision that its range does not hold: then nothing is entered.
    """
    with _live(ctx) as session:
        plan = _open_plan(session, backfill_no)
        if _promoted(session, backfill_no) or _stands(session, ctx, plan, backfill_no):
            return Outcome(_entered(session, ctx, backfill_no), [])
        require_last(session, plan)
    base_commit_no = copy_ledger(ctx.home, ctx.keyring, backfill_no)
    lines = decide_again(ctx, plan, backfill_no)
    report = _staged_report(ctx, plan, backfill_no, base_commit_no)
    with _live(ctx) as session:
        session.pin(plan.fiscal_years[0], plan.as_of.to)
        with session.transaction(stage=STAGE, known_on=plan.as_of.to) as transaction:
            report_no = enter(session, transaction, report, pinned_commit_no=base_commit_no) if report else None
            transaction.append_row(
                "backfill_run",
                backfill_no=backfill_no,
                attempt_no=_attempt_no(session, backfill_no) + 1,
                base_commit_no=base_commit_no,
                report_no=report_no,
            )
        return Outcome(_entered(session, ctx, backfill_no), lines)


def promote(ctx: StageContext, backfill_no: int) -> tuple[int, int] | None:
    """Append to the ledger what the approved report shows, in one transaction; the first and the last of its commits.

    Promoted already: the same numbers again. None when the plan ran and changes nothing. Raises DataError when two people have not approved the report, when the copy
    does not give its digest, or when the ledger has moved on in what the plan read.
    """
    with _live(ctx) as session:
        commits = _promoted(session, backfill_no) or _promote(session, ctx, backfill_no)
    remove_staging(ctx.home, backfill_no)
    return commits


def _promoted(session: "LedgerSession", backfill_no: int) -> tuple[int, int] | None:
    row = session.con.execute(
        "SELECT first_commit_no, last_commit_no FROM ledger.backfill_promotion WHERE backfill_no = ?", [backfill_no]
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def _promote(session: "LedgerSession", ctx: StageContext, backfill_no: int) -> tuple[int, int] | None:
    plan = _open_plan(session, backfill_no)
    attempt = _attempt(session, backfill_no)
    if attempt is None:
        raise _not_ready("まだ実行していません", backfill_no, "`juminzei backfill run` で実行してください")
    if attempt.report_no is None:
        return None
    if not is_approved(session, attempt.report_no):
        action = f"違う職員2人が `juminzei differences approve {attempt.report_no}` で承認し、決定が台帳に入ってから実行してください"
        raise _not_ready(f"差額表 {attempt.report_no} の決裁が済んでいません", backfill_no, action)
    read_in(session, ctx.home, ctx.keyring, attempt.report_no)
    _require_unmoved(session, plan, backfill_no, attempt)
    session.pin(plan.fiscal_years[0], plan.as_of.to)

    def finish(transaction: "Transaction", first_commit_no: int, last_commit_no: int) -> None:
        transaction.append_row(
            "backfill_promotion",
            backfill_no=backfill_no,
            report_no=attempt.report_no,
            first_commit_no=first_commit_no,
            last_commit_no=last_commit_no,
        )

    key = ctx.keyring.primary("ledger").text
    staged = staged_file(ctx.home, ctx.keyring, backfill_no)
    return append_staged(
        session, staged, key, attempt.base_commit_no, stage=STAGE, known_on=plan.as_of.to, finish=finish
    )


def discard(ctx: StageContext, backfill_no: int, officer: str, reason: str, on: date) -> None:
    """Enter the officer's signed decision not to promote, and remove the copy. Raises DataError once it is promoted."""
    with open_snapshot(ctx.home, ctx.keyring) as session:
        _open_plan(session, backfill_no)
        if _promoted(session, backfill_no):
            raise _not_ready("もう台帳に反映されています", backfill_no, "戻すには、新しい計画を出してください")
    decision = DecisionFile(
        kind="backfill",
        subject=str(backfill_no),
        verdict="discard",
        reason=reason,
        officer=officer,
        channel="file",
        decided_on=on,
    )
    enter_decision(ctx, decision)
    remove_staging(ctx.home, backfill_no)


def _live(ctx: StageContext) -> Any:
    return open_ledger(ctx.home, ctx.keyring, holder="バックフィル", identity=ctx.identity)


def _open_plan(session: "LedgerSession", backfill_no: int) -> Plan:
    """The plan, as long as it is not discarded."""
    plan = plan_of(session, backfill_no)
    [row] = [row for row in rows(session, "backfill/status") if row["バックフィル番号"] == backfill_no]
    if row["状態"].startswith("破棄"):
        raise _not_ready(
            f"この計画は終わっています: {row['状態']}", backfill_no, "続けるには、新しい計画を出してください"
        )
    return plan


def _not_ready(found: str, backfill_no: int, action: str) -> DataError:
    return DataError("バックフィルを進められません", item=f"バックフィル番号 {backfill_no}", found=found, action=action)


def _attempt_no(session: "LedgerSession", backfill_no: int) -> int:
    row = session.con.execute(
        "SELECT coalesce(max(attempt_no), 0) FROM ledger.backfill_run WHERE backfill_no = ?", [backfill_no]
    ).fetchone()
    return int(row[0]) if row else 0


def _attempt(session: "LedgerSession", backfill_no: int) -> Attempt | None:
    row = session.con.execute(
        "SELECT attempt_no, base_commit_no, report_no, run.code_version FROM ledger.backfill_run AS attempt "
        "JOIN ledger.run AS run USING (commit_no) WHERE backfill_no = ? ORDER BY attempt_no DESC LIMIT 1",
        [backfill_no],
    ).fetchone()
    return Attempt(*row) if row else None


def _stands(session: "LedgerSession", ctx: StageContext, plan: Plan, backfill_no: int) -> bool:
    """Whether the last attempt is what another one would come to: same code and parameters, nothing new to read, copy in place."""
    attempt = _attempt(session, backfill_no)
    return (
        attempt is not None
        and attempt.code_version == code_version()
        and (attempt.report_no is None or staged_file(ctx.home, ctx.keyring, backfill_no).exists())
        and not moved_on(session, plan, attempt.base_commit_no)
    )


def _entered(session: "LedgerSession", ctx: StageContext, backfill_no: int) -> Entered | None:
    attempt = _attempt(session, backfill_no)
    if attempt is None or attempt.report_no is None:
        return None
    report = read_in(session, ctx.home, ctx.keyring, attempt.report_no)
    return Entered(report, attempt.report_no, is_approved(session, attempt.report_no))


def _staged_report(ctx: StageContext, plan: Plan, backfill_no: int, base_commit_no: int) -> Report | None:
    """The report of what the copy decided, within the plan's range; None when it decided nothing at all."""
    with open_snapshot(staged_home(ctx.home, backfill_no), ctx.keyring) as session:
        if session.commit_no == base_commit_no:
            return None
        lines = lines_between(session, base_commit_no + 1, session.commit_no)
        days = {"first": plan.as_of.first, "to": plan.as_of.to}
        [beyond] = rows(session, "backfill/beyond_range", days)
    if beyond["levy_count"]:
        remove_staging(ctx.home, backfill_no)
        raise DataError(
            "計画の範囲の外の決定が変わります。何も記録していません",
            item=f"バックフィル番号 {backfill_no}",
            found=f"範囲の外で変わる賦課 {beyond['levy_count']:,} 件（決定日 {beyond['first_on']} から {beyond['last_on']} まで）",
            expected=f"{plan.as_of.first} から {plan.as_of.to} までに決定した賦課だけ",
            action="なぜ変わるのかを確かめ、範囲を広げた計画を出し直すか、原因を直してください",
        )
    return Report(ctx.city.code, plan.fiscal_years, plan.as_of.to, tuple(lines), backfill_no)


def _require_unmoved(session: "LedgerSession", plan: Plan, backfill_no: int, attempt: Attempt) -> None:
    moved = moved_on(session, plan, attempt.base_commit_no)
    if moved:
        names = catalogue()
        told = "、".join(f"{names.tables[table]['ja']} {count:,} 行" for table, count in moved.items())
        raise _not_ready(
            f"写しを作った後に、計画が読むものが台帳に増えました: {told}",
            backfill_no,
            "`juminzei backfill run` をもう一度実行し、新しい差額表で決裁してください",
        )
