"""One run of the stage over a pinned ledger: the master's new versions, and what a person should look at."""

from datetime import date

import pyarrow as pa

from pipelines.errors import OperatorError, StopForPerson
from pipelines.ledger import LedgerSession, StageReport
from pipelines.ledger.sql_file import define, keep_rows, sql_text
from pipelines.withholding.change import Change, read_change

STAGE = "withholding"
VIEWS = ("views/payer_report", "views/payer_summary", "views/current_employer")
# In this order; each reads the pinned views and the ones before it.
STEPS_OF_HEARING = ("said", "checked_decision", "statement")
STEPS_OF_CHANGES = ("employer_state", "new_employer", "refused_decision", "identity_conflict")
PROBLEMS = {
    "malformed": (
        "決定の補足",
        "決定に要る項目が足りないか、余分な項目があります",
        "`juminzei employers` で作った決定",
    ),
    "number_taken": ("指定番号", "その番号の特別徴収義務者は既にいます", "まだ使っていない指定番号"),
    "unknown_document": (
        "資料番号",
        "その番号の給与支払報告書は台帳にありません",
        "台帳にある給与支払報告書の資料番号",
    ),
    "unknown_number": ("指定番号", "その番号の特別徴収義務者はいません", "台帳にある指定番号"),
    "unknown_successor": ("合併先の指定番号", "その番号の特別徴収義務者はいません", "台帳にある指定番号"),
    "merge_cycle": (
        "合併先の指定番号",
        "合併先が、この特別徴収義務者に合併されています",
        "合併されていない特別徴収義務者",
    ),
}


def keep_master(session: LedgerSession, fiscal_year: int, as_of: date) -> StageReport:
    """Append the versions of employers that differ from the newest ones, in one transaction; the same again appends none.

    Counts: versions appended (new, changed), decisions refused, and payers without a number, with another's number, and
    with summaries (総括表) that differ from their reports in the fiscal year. Only refused decisions are problems.
    """
    session.pin(fiscal_year, as_of)
    hear(session)
    kept = {name: keep_rows(session, STAGE, name) for name in STEPS_OF_CHANGES}
    first = session.con.execute("SELECT count(*) FROM temp.new_employer WHERE employer_version = 1").fetchone()
    assert first is not None
    with session.transaction(stage=STAGE, known_on=as_of) as transaction:
        transaction.append("employer", "FROM temp.new_employer")
    session.pin(fiscal_year, as_of)
    prepare_lists(session)
    unnumbered, differing = (_count(session, name, fiscal_year) for name in ("unnumbered", "comparison"))
    counts = {
        "new": int(first[0]),
        "changed": kept["new_employer"] - int(first[0]),
        "refused_decisions": kept["refused_decision"],
        "unnumbered": unnumbered,
        "number_conflicts": kept["identity_conflict"],
        "summaries_differing": differing,
    }
    commit_no = transaction.commit_no if kept["new_employer"] else None
    return StageReport(STAGE, commit_no, counts, lines=_lines(counts), problems=_problems(session))


def hear(session: LedgerSession) -> None:
    """What payers said of themselves and officers decided, in one order, over the session's pin: TEMP `statement`."""
    define(session, STAGE, *VIEWS)
    _keep_decisions(session)
    for name in STEPS_OF_HEARING:
        keep_rows(session, STAGE, name)


def prepare_lists(session: LedgerSession) -> None:
    """What the lists read, over the session's pin: the master as it is, and whose each report and summary is."""
    define(session, STAGE, *VIEWS)
    keep_rows(session, STAGE, "payer")
    define(session, STAGE, "views/reported_person", "views/payer_face")


def _count(session: LedgerSession, name: str, fiscal_year: int) -> int:
    rows = f"SELECT count(*) FROM ({sql_text(STAGE, name)})"
    row = session.con.execute(rows, {"fiscal_year": fiscal_year}).fetchone()
    assert row is not None
    return int(row[0])


def _keep_decisions(session: LedgerSession) -> None:
    """TEMP table `employer_decision`: every decision on an employer, read; one that cannot be read is not well formed."""
    rows = session.con.execute(
        "SELECT decision_no, decided_on, subject, verdict, detail FROM pinned_decision WHERE decision_kind = 'employer' "
        "ORDER BY decision_no"
    ).fetchall()
    read = [read_change(verdict, subject, detail) for _, _, subject, verdict, detail in rows]
    fields = {name: [getattr(change or Change(), name) for change in read] for name in Change.model_fields}
    table = pa.table(
        {
            "decision_no": pa.array([row[0] for row in rows], pa.int64()),
            "decided_on": pa.array([row[1] for row in rows], pa.date32()),
            "designated_no": pa.array([row[2] for row in rows], pa.string()),
            "verdict": pa.array([row[3] for row in rows], pa.string()),
            "well_formed": pa.array([change is not None for change in read], pa.bool_()),
            **{name: pa.array(values, _arrow_type(name)) for name, values in fields.items()},
        }
    )
    session.con.register("incoming", table)
    session.con.execute("CREATE OR REPLACE TEMP TABLE employer_decision AS FROM incoming ORDER BY decision_no")
    session.con.unregister("incoming")


def _arrow_type(name: str) -> pa.DataType:
    special: dict[str, pa.DataType] = {
        "instalment_exception": pa.bool_(),
        "valid_from": pa.date32(),
        "document_no": pa.int64(),
    }
    return special.get(name, pa.string())


def _lines(counts: dict[str, int]) -> list[str]:
    told = (
        ("unnumbered", "指定番号のない給与支払者", "juminzei employers unnumbered"),
        ("number_conflicts", "指定番号と法人番号（個人番号）が合わない給与支払者", "juminzei employers conflicts"),
        ("summaries_differing", "総括表と給与支払報告書が合わない給与支払者", "juminzei employers compare"),
    )
    return [f"{what}: {counts[name]} 件（`{command}`）" for name, what, command in told if counts[name]]


def _problems(session: LedgerSession) -> list[OperatorError]:
    rows = session.con.execute("SELECT decision_no, problem FROM temp.refused_decision ORDER BY decision_no").fetchall()
    return [_problem(decision_no, *PROBLEMS[problem]) for decision_no, problem in rows]


def _problem(decision_no: int, item: str, found: str, expected: str) -> StopForPerson:
    return StopForPerson(
        f"職員の決定（決定番号 {decision_no}）を特別徴収義務者の台帳に反映できません",
        item=item,
        found=found,
        expected=expected,
        action="同じ指定番号について正しい決定を出してください（取り消すだけなら `juminzei employers withdraw`）。"
        "ほかの特別徴収義務者の整備は済んでいます",
    )
