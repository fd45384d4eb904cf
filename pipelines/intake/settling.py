"""What officers decided of quarantined records, carried out: read again from the archive, examined by the same rules.

A record that passes now is loaded like any other, as known since the decision; one that does not stays in quarantine with
the new reasons. Each decision is carried out once and leaves one row of `record_settlement`, whatever came of it.
"""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.errors import DataError, OperatorError, StopForPerson
from pipelines.exchange.archive import Original, original
from pipelines.intake.accept import accept, take_numbers
from pipelines.intake.landing import Landed, land_parts, reader_of
from pipelines.intake.quarantine import Rework, Stopped, read_rework, refusal, show_stopped, stopped_record
from pipelines.intake.rework import Reworked
from pipelines.intake.rules import keeps_critical_or_waived
from pipelines.intake.sources import SOURCES, intake_sql
from pipelines.intake.suite import load_suite
from pipelines.intake.validation import check, open_batch
from pipelines.ledger import StageContext, StageReport, open_ledger

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, Transaction
    from pipelines.vault import Vault

STAGE = "quarantine"
OUTCOMES = {
    "accepted": "受理",
    "duplicate": "重複",
    "quarantined": "再び保留",
    "rejected": "不採用",
    "returned": "返戻",
    "refused": "実行できず",
}
_WITHOUT_READING = {"reject": "rejected", "return": "returned"}


@dataclass
class Case:
    """One decision on one record, and what came of it."""

    decision_no: int
    verdict: str
    file_no: int
    record_no: int
    stopped: Stopped | None
    rework: Rework
    outcome: str
    message: str = ""
    document_no: int | None = None
    settled_yen: int = 0


@dataclass
class _Examined:
    """Records of one file that are to be read again: all values put in the place of items, all rules waived."""

    edits: dict[int, dict[str, str | None]] = field(default_factory=dict)
    waived: dict[int, list[str]] = field(default_factory=dict)


def settle(ctx: StageContext) -> StageReport:
    """Carry out the decisions known up to `ctx.as_of`; the same again adds nothing.

    One that cannot be carried out is told once, as a problem, and kept as refused. What could not be read (an archive that is
    gone) is a problem, too, and waits.
    """
    with open_ledger(ctx.home, ctx.keyring, holder="取込保留の処理", identity=ctx.identity) as session:
        before = session.commit_no
        with Settling(ctx, session) as settling:
            settling.run()
        commit_no = session.commit_no if session.commit_no > before else None
    counts = {name: sum(case.outcome == name for case in settling.cases) for name in OUTCOMES}
    lines = [_line(case) for case in sorted(settling.cases, key=lambda case: (case.file_no, case.record_no))]
    return StageReport(STAGE, commit_no, counts, lines, settling.problems)


def _line(case: Case) -> str:
    made = f"（資料番号 {case.document_no}）" if case.document_no else ""
    return f"取込保留 {case.file_no} の {case.record_no} 件目: {OUTCOMES[case.outcome]}{made}"


class Settling:
    """One ledger session over all pending decisions: of one day and one file together, at most one a record at a time."""

    def __init__(self, ctx: StageContext, session: "LedgerSession") -> None:
        self.ctx = ctx
        self.session = session
        self.cases: list[Case] = []
        self.problems: list[OperatorError] = []
        self._open = ExitStack()

    def __enter__(self) -> "Settling":
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    @cached_property
    def vault(self) -> "Vault":
        """The vault's process, started when it is first needed."""
        from pipelines.vault import Vault

        return self._open.enter_context(Vault(self.ctx.home, self.ctx.keyring))

    def run(self) -> None:
        """Group after group; one that fails waits, with everything that was decided later of the same file."""
        show_stopped(self.session)
        stuck: set[int] = set()
        while group := self._next_group(stuck):
            file_no, decided_on, cases = group
            try:
                self._settle(file_no, decided_on, cases)
            except DataError as error:
                self.problems.append(error)
                stuck.add(file_no)

    def _next_group(self, stuck: set[int]) -> tuple[int, date, list[Case]] | None:
        """The first pending decision, and those of the same day on the same file that need not wait for another."""
        rows = self.session.con.execute(intake_sql("pending_decision"), {"as_of": self.ctx.as_of}).fetchall()
        rows = [row for row in rows if row[4] not in stuck]
        if not rows:
            return None
        _, _, _, day, file_no, _ = rows[0]
        firsts: dict[int, tuple[int, str, str, date]] = {}
        for decision_no, verdict, detail, decided_on, of_file, record_no in rows:
            if of_file == file_no:
                firsts.setdefault(record_no, (decision_no, verdict, detail, decided_on))
        cases = [
            self._case(decision_no, verdict, detail, decided_on, file_no, record_no)
            for record_no, (decision_no, verdict, detail, decided_on) in firsts.items()
            if decided_on == day
        ]
        return file_no, day, cases

    def _case(
        self, decision_no: int, verdict: str, detail: str, decided_on: date, file_no: int, record_no: int
    ) -> Case:
        stopped = stopped_record(self.session, file_no, record_no)
        rework = read_rework(detail)
        problem = refusal(stopped, verdict, rework, decided_on)
        outcome = "refused" if problem else _WITHOUT_READING.get(verdict, "pending")
        return Case(decision_no, verdict, file_no, record_no, stopped, rework or Rework(), outcome, problem or "")

    def _settle(self, file_no: int, decided_on: date, cases: list[Case]) -> None:
        landed = None
        try:
            if any(case.outcome == "pending" for case in cases):
                landed = self._examine(file_no, cases)
            self._commit(decided_on, cases, with_records=landed is not None)
        finally:
            if landed:
                landed.remove()
        self.cases += cases
        self.problems += [_problem(case) for case in cases if case.outcome == "refused"]

    def _examine(self, file_no: int, cases: list[Case]) -> Landed | None:
        """Read the pending ones again and ask the same rules; each then has its outcome. None when nothing was left to read."""
        stopped = next(case.stopped for case in cases if case.outcome == "pending")
        assert stopped is not None
        file = stopped.inbox_file(self.ctx.home)
        kept = original(self.ctx.home, self.ctx.keyring, file, stopped.sha256, stopped.size_bytes)
        examined = self._in_force(file_no, cases)
        landed = self._land(stopped.source, file_no, kept, examined, cases)
        if not examined.edits:
            landed.remove()
            return None
        try:
            self._check(stopped.source, file_no, landed, examined, kept.fiscal_year)
            self._take_outcomes(stopped.source, landed, [case for case in cases if case.outcome == "pending"])
        except BaseException:
            landed.remove()
            raise
        return landed

    def _in_force(self, file_no: int, cases: list[Case]) -> _Examined:
        """What holds for each pending record: earlier corrections and waivers, and what is decided now."""
        con, examined = self.session.con, _Examined()
        earlier: dict[int, dict[str, str | None]] = defaultdict(dict)
        for record_no, item, value in con.execute(
            "SELECT record_no, item, corrected_value FROM ledger.record_correction WHERE file_no = ? ORDER BY decision_no, item",
            [file_no],
        ).fetchall():
            earlier[record_no][item] = value
        waived: dict[int, list[str]] = defaultdict(list)
        for record_no, rule in con.execute(
            "SELECT record_no, rule FROM ledger.rule_waiver WHERE file_no = ? ORDER BY decision_no, rule", [file_no]
        ).fetchall():
            waived[record_no].append(rule)
        for case in cases:
            if case.outcome == "pending":
                examined.edits[case.record_no] = earlier[case.record_no] | case.rework.items
                examined.waived[case.record_no] = [*waived[case.record_no], *case.rework.rules]
        return examined

    def _land(self, source: str, file_no: int, kept: Original, examined: _Examined, cases: list[Case]) -> Landed:
        """The records in the landing; what does not fit the record's own edition is refused, and the rest read again."""
        while True:
            reworked = Reworked(reader_of(source, kept, examined.edits), examined.edits)
            landed = land_parts(
                self.ctx.home, self.ctx.keyring, source, f"rework-{file_no}", kept.fiscal_year, reworked
            )
            if not reworked.misfits:
                return landed
            for case in cases:
                if case.outcome == "pending" and case.record_no in reworked.misfits:
                    case.outcome = "refused"
                    case.message = f"{reworked.misfits[case.record_no]}: このレコードの版にない項目です"
                    del examined.edits[case.record_no]

    def _check(self, source_name: str, file_no: int, landed: Landed, examined: _Examined, fiscal_year: int) -> None:
        from pipelines.vault import parquet_key

        con, source, suite = self.session.con, SOURCES[source_name], load_suite(source_name)
        key = parquet_key(self.ctx.keyring, f"data-{fiscal_year}")
        lot = {file_no: landed}
        with self.session.register.step(f"rework {source_name}") as step:
            open_batch(con, source, self.ctx.city, fiscal_year, lot, key)
            check(con, source, suite, lot)
            con.register("incoming", _waived_rows(examined))
            con.execute("CREATE OR REPLACE TEMP TABLE waived AS FROM incoming")
            con.unregister("incoming")
            con.execute(
                "CREATE OR REPLACE TEMP TABLE candidate_record AS SELECT row_no FROM checked "
                f"JOIN waived USING (record_no) WHERE {keeps_critical_or_waived(suite)}"
            )
            take_numbers(con, source, lot, key, lambda: self.vault, fiscal_year)
            accept(con, source, self.session.next_no("document", "document_no"))
            step.rows_in = landed.readable_count

    def _take_outcomes(self, source_name: str, landed: Landed, cases: list[Case]) -> None:
        found = {record.record_no: ("quarantined", None, 0) for record in landed.unreadable}
        found |= {row[0]: row[1:] for row in self.session.con.execute(intake_sql("rechecked_record")).fetchall()}
        for case in cases:
            outcome, document_no, amount_yen = found.get(case.record_no, ("lost", None, 0))
            if outcome == "lost":
                raise DataError(
                    "取込保留のレコードを、保管した原本から読み直せません",
                    record=case.record_no,
                    action="処理を取り消しました。この表示を添えて開発者に連絡してください",
                )
            case.outcome = outcome
            if outcome == "accepted":
                case.settled_yen = amount_yen
                case.document_no = document_no if "document" in SOURCES[source_name].tables else None

    def _commit(self, decided_on: date, cases: list[Case], *, with_records: bool) -> None:
        with self.session.transaction(stage=STAGE, known_on=decided_on) as transaction:
            for case in cases:
                _enter(transaction, case)
            if with_records:
                source = next(case.stopped.source for case in cases if case.stopped)
                for case in cases:
                    if case.outcome in ("accepted", "duplicate", "quarantined"):
                        _enter_reasons(transaction, case)
                for table in SOURCES[source].tables:
                    transaction.append(table, SOURCES[source].sql(f"load_{table}"))


def _waived_rows(examined: _Examined) -> pa.Table:
    """(record_no, waived_rules) of every record that is examined."""
    return pa.table(
        {
            "record_no": pa.array(list(examined.edits), pa.int64()),
            "waived_rules": pa.array([examined.waived[number] for number in examined.edits], pa.list_(pa.string())),
        }
    )


def _enter(transaction: "Transaction", case: Case) -> None:
    """What became of the decision, and, when it was carried out, what it put in the place of items and which rules it waived."""
    transaction.append_row(
        "record_settlement",
        decision_no=case.decision_no,
        file_no=case.file_no,
        record_no=case.record_no,
        verdict=case.verdict,
        outcome=case.outcome,
        document_no=case.document_no,
        amount_yen=case.stopped.amount_yen if case.stopped else 0,
        settled_yen=case.settled_yen,
        message=case.message,
    )
    if case.outcome == "refused":
        return
    of_record = {"decision_no": case.decision_no, "file_no": case.file_no, "record_no": case.record_no}
    for item, value in sorted(case.rework.items.items()):
        transaction.append_row("record_correction", **of_record, item=item, corrected_value=value)
    for rule in sorted(case.rework.rules):
        transaction.append_row("rule_waiver", **of_record, rule=rule)


def _enter_reasons(transaction: "Transaction", case: Case) -> None:
    transaction.append(
        "recheck_exception",
        "SELECT ?::BIGINT AS decision_no, exception.rule, "
        "CASE WHEN list_contains(waived.waived_rules, exception.rule) THEN 'waived' ELSE exception.severity END AS severity, "
        "exception.item_no, exception.message FROM exception JOIN waived USING (record_no) "
        "WHERE exception.record_no = ? ORDER BY exception.rule",
        [case.decision_no, case.record_no],
    )


def _problem(case: Case) -> OperatorError:
    name = f"受付ファイル {case.file_no}" if case.stopped is None else case.stopped.file_name
    return StopForPerson(
        f"取込保留についての職員の決定（決定番号 {case.decision_no}）を実行できません",
        file=name,
        record=case.record_no,
        found=case.message,
        action="`juminzei quarantine show` で今の状態を確かめ、正しい決定を出し直してください。この決定は実行しないまま記録しました",
    )
