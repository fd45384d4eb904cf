"""The difference report (差額表): laid before two people with its digest before notices and deltas may follow.

Its lines are never stored: they are made anew from the report's pin and must give the digest that was approved.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.canonical import digest_of
from pipelines.ledger import StageContext, open_ledger, open_snapshot
from pipelines.run.difference_lines import REASONS, Line, keep_uncovered, lines_between, uncovered_lines
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

STAGE = "differences"


@dataclass(frozen=True)
class Total:
    """Of the lines with one set of reasons: how many, and yen up and (below zero) down."""

    reason: str
    count: int
    increase_yen: int
    decrease_yen: int


@dataclass(frozen=True)
class Report:
    """The lines of a report and what they are of. `report_no` and `backfill_no` as in the ledger's table."""

    city_code: str
    fiscal_years: tuple[int, ...]
    as_of: date
    lines: tuple[Line, ...]
    backfill_no: int | None = None
    report_no: int | None = None

    @property
    def digest(self) -> str:
        """SHA-256 over the municipality, the years, the day and every line; commit numbers are not in it."""
        return digest_of(
            {
                "city": self.city_code,
                "fiscal_years": list(self.fiscal_years),
                "as_of": self.as_of.isoformat(),
                "lines": [line.content() for line in self.lines],
            }
        )

    def totals(self) -> list[Total]:
        """One row a set of reasons, in the order of REASONS."""
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for line in self.lines:
            groups[line.reasons].append(line.difference_yen)
        ordered = sorted(groups, key=lambda reasons: [REASONS.index(reason) for reason in reasons])
        return [_total("・".join(reasons), groups[reasons]) for reasons in ordered]

    def total(self) -> Total:
        """Over all lines."""
        return _total("合計", [line.difference_yen for line in self.lines])


@dataclass(frozen=True)
class Entered:
    """A report as it stands in the ledger. `subject` is what a decision of the kind `difference` names."""

    report: Report
    report_no: int
    approved: bool

    @property
    def subject(self) -> str:
        """`<report_no>:<digest>`."""
        return f"{self.report_no}:{self.report.digest}"


def _total(reason: str, yen: list[int]) -> Total:
    return Total(reason, len(yen), sum(one for one in yen if one > 0), sum(one for one in yen if one < 0))


def enter_monthly(ctx: StageContext) -> Entered | None:
    """Enter the report of what was decided up to the run's day and nobody has approved; None when there is nothing.

    The same lines enter nothing new: approvals hold. Others get a number, and approvals, of their own.
    """
    with open_ledger(ctx.home, ctx.keyring, holder="差額表", identity=ctx.identity) as session:
        pin = session.pin(ctx.fiscal_year, ctx.as_of)
        lines = uncovered_lines(session, ctx.fiscal_year)
        report = Report(ctx.city.code, (ctx.fiscal_year,), ctx.as_of, tuple(lines))
        if not lines:
            return None
        with session.transaction(stage=STAGE, known_on=ctx.as_of) as transaction:
            report_no = enter(session, transaction, report, pinned_commit_no=pin.commit_no_max)
        return Entered(report, report_no, approved=False)


def enter(session: "LedgerSession", transaction: Any, report: Report, *, pinned_commit_no: int) -> int:
    """Append the report unless the last one of the same years and backfill has its digest and day; its number."""
    last = session.con.execute(
        "SELECT report_no FROM ledger.difference_report WHERE fiscal_years = ? AND backfill_no IS NOT DISTINCT FROM ? "
        "AND as_of = ? AND report_digest = ? ORDER BY report_no DESC LIMIT 1",
        [list(report.fiscal_years), report.backfill_no, report.as_of, report.digest],
    ).fetchone()
    if last is not None:
        return int(last[0])
    total = report.total()
    report_no = session.next_no("difference_report", "report_no")
    transaction.append_row(
        "difference_report",
        report_no=report_no,
        fiscal_years=list(report.fiscal_years),
        as_of=report.as_of,
        backfill_no=report.backfill_no,
        pinned_commit_no=pinned_commit_no,
        report_digest=report.digest,
        changed_count=total.count,
        increase_yen=total.increase_yen,
        decrease_yen=total.decrease_yen,
    )
    return report_no


def require_approved(ctx: StageContext) -> None:
    """Raise DataError while something decided up to the run's day after the initial decision is not approved by two people."""
    waiting = uncovered_count(ctx)
    if waiting:
        raise DataError(
            "差額表の決裁が済んでいない更正があるので、通知も異動分も準備しません",
            item=f"{ctx.fiscal_year}年度",
            found=f"決裁されていない更正 {waiting:,} 件",
            expected="違う職員2人が承認した差額表（`juminzei differences list`）",
            action="`juminzei differences prepare` で差額表を作り、内容を確かめて決裁してください。差し戻したときは、原因を直して更正からやり直してください",
        )


def uncovered_count(ctx: StageContext) -> int:
    """How many levies were decided up to the run's day, after the initial decision, without an approved report."""
    with open_snapshot(ctx.home, ctx.keyring) as session:
        session.pin(ctx.fiscal_year, ctx.as_of)
        return keep_uncovered(session, ctx.fiscal_year)


def is_approved(session: "LedgerSession", report_no: int) -> bool:
    """Whether two different people approved the report and nobody rejected it, of all that the ledger holds."""
    session.pin(0, date.max)
    return any(row["report_no"] == report_no for row in rows(session, "difference/approved"))


def listing(city: str) -> list[dict[str, Any]]:
    """Every report, oldest first, with who answered what."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "difference/listing")


def read(city: str, report_no: int) -> Report:
    """The report made anew from its pin. Raises DataError when there is none, when its staging is gone, or when its lines do not
    give the digest that it was entered with."""
    home, keyring = CityHome(city), KeyRing.open()
    with open_snapshot(home, keyring) as session:
        return read_in(session, home, keyring, report_no)


def read_in(session: "LedgerSession", home: CityHome, keyring: KeyRing, report_no: int) -> Report:
    """The same, in a session on the city's ledger."""
    cursor = session.con.execute("SELECT * FROM ledger.difference_report WHERE report_no = ?", [report_no])
    names = [str(column[0]) for column in cursor.description or ()]
    row = cursor.fetchone()
    if row is None:
        raise DataError(
            "その差額表はありません",
            item=f"差額表番号 {report_no}",
            action="`juminzei differences list` で番号を確かめてください",
        )
    entered = dict(zip(names, row, strict=True))
    years = tuple(entered["fiscal_years"])
    if entered["backfill_no"] is None:
        session.pin(years[0], entered["as_of"], entered["pinned_commit_no"])
        lines = uncovered_lines(session, years[0])
    else:
        lines = _backfill_lines(session, home, keyring, entered)
    report = Report(home.city_code, years, entered["as_of"], tuple(lines), entered["backfill_no"], report_no)
    if report.digest != entered["report_digest"]:
        raise DataError(
            "差額表を、台帳から同じ内容に作り直せません",
            item=f"差額表番号 {report_no}",
            expected=f"ダイジェスト {entered['report_digest'][:12]}",
            found=f"ダイジェスト {report.digest[:12]}",
            action="この差額表で決裁せず、更正（バックフィルは `juminzei backfill run`）からやり直してください",
        )
    return report


def _backfill_lines(session: "LedgerSession", home: CityHome, keyring: KeyRing, entered: dict[str, Any]) -> list[Line]:
    """From the live ledger once it is promoted, before that from the copy in which it ran."""
    from pipelines.run.backfill_staging import staged_lines

    promoted = session.con.execute(
        "SELECT first_commit_no, last_commit_no FROM ledger.backfill_promotion WHERE report_no = ?",
        [entered["report_no"]],
    ).fetchone()
    if promoted is not None:
        session.pin(entered["fiscal_years"][0], entered["as_of"], promoted[1])
        return lines_between(session, *promoted)
    attempt = session.con.execute(
        "SELECT base_commit_no FROM ledger.backfill_run WHERE report_no = ? ORDER BY attempt_no DESC LIMIT 1",
        [entered["report_no"]],
    ).fetchone()
    assert attempt is not None, "a backfill's report is entered together with its run"
    found: list[Line] = staged_lines(home, keyring, entered["backfill_no"], attempt[0])
    return found
