"""The supplements (補記) of a fiscal year over the documents: which stand, which cannot be carried out, and the base with them."""

from typing import Any

import pyarrow as pa

from pipelines.consolidation.supplement import SQL_TYPES, read_supplement, supplement_items
from pipelines.errors import OperatorError, StopForPerson
from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import keep_rows, sql_text

# Where the SQL lies.
FOLDER = "consolidation"
# Said through the payer whose report the decision names: the columns of it that follow.
COLLECTION = {
    "collection_method": "'employment'",
    "payer_designated_no": "payer.payer_designated_no",
    "payer_document_no": "payer.document_no",
}
WITHOUT_PAYER = {"collection_method": "'ordinary'", "payer_designated_no": "NULL", "payer_document_no": "NULL"}
PROBLEMS = {
    "malformed": (
        "決定の補足",
        "補記の決定の書き方が正しくありません",
        "`juminzei supplement` で作った決定",
    ),
    "unknown_taxpayer": (
        "宛名番号",
        "その番号の人は賦課期日現在の住民登録にいません",
        "賦課期日現在の住民の宛名番号",
    ),
    "unknown_document": ("課税資料番号", "その番号の課税資料は台帳にありません", "台帳にある課税資料番号"),
    "other_report": (
        "課税資料番号",
        "その課税資料は、本人に名寄せされた給与支払報告書ではありません",
        "本人の給与支払報告書の課税資料番号",
    ),
    "unknown_spouse": (
        "配偶者の宛名番号",
        "その番号の人は賦課期日現在の住民登録にいないか、本人です",
        "賦課期日現在の住民の宛名番号",
    ),
    "nothing_to_withdraw": ("項目", "取り下げる補記がありません", "今ある補記の項目"),
}


def keep_supplements(session: LedgerSession, fiscal_year: int) -> None:
    """Keep the fiscal year's decisions, checked, as TEMP `checked_supplement`, and those that stand as `supplement_of_year`.

    Reads the pinned views, `resident_of_year` and `linked_document`.
    """
    _keep_decisions(session)
    keep_rows(session, FOLDER, "checked_supplement", fiscal_year=fiscal_year)
    keep_rows(session, FOLDER, "supplement_of_year")


def keep_supplemented(session: LedgerSession) -> int:
    """Keep the bases as TEMP table `supplemented`: what documents say (`content`) with the supplements over it; how many."""
    keep_rows(session, FOLDER, "supplemented_payer")
    with session.register.step("supplemented") as step:
        row = session.con.execute(f"CREATE OR REPLACE TEMP TABLE supplemented AS {_select(session)}").fetchone()
        step.rows_out = int(row[0]) if row else 0
    return step.rows_out


def refused(session: LedgerSession) -> list[OperatorError]:
    """What a person must put right: decisions that cannot be carried out and that no later one replaced."""
    rows = session.con.execute(sql_text(FOLDER, "refused_supplement")).fetchall()
    return [_problem(decision_no, *PROBLEMS[problem]) for decision_no, problem in rows]


def listed(session: LedgerSession) -> list[dict[str, Any]]:
    """Every decision of the fiscal year kept before, by column of sql/consolidation/supplement_list.sql."""
    cursor = session.con.execute(sql_text(FOLDER, "supplement_list"))
    columns = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _keep_decisions(session: LedgerSession) -> None:
    """TEMP table `supplement_decision`: every decision on a supplement, read; one that cannot be read is not well formed."""
    rows = session.con.execute(
        "SELECT decision_no, decided_on, officer, reason, subject, verdict, detail FROM pinned_decision "
        "WHERE decision_kind = 'supplement' ORDER BY decision_no"
    ).fetchall()
    read = [read_supplement(subject, verdict, detail) for *_, subject, verdict, detail in rows]
    about = [said.subject if said else None for said in read]
    says = [said.supplement if said else None for said in read]
    table = pa.table(
        {
            "decision_no": pa.array([row[0] for row in rows], pa.int64()),
            "decided_on": pa.array([row[1] for row in rows], pa.date32()),
            "officer": pa.array([row[2] for row in rows], pa.string()),
            "reason": pa.array([row[3] for row in rows], pa.string()),
            "subject": pa.array([row[4] for row in rows], pa.string()),
            "verdict": pa.array([row[5] for row in rows], pa.string()),
            "well_formed": pa.array([said is not None for said in read], pa.bool_()),
            "fiscal_year": pa.array([one and one.fiscal_year for one in about], pa.int32()),
            "taxpayer_no": pa.array([one and one.taxpayer_no for one in about], pa.string()),
            "item": pa.array([one and one.item for one in about], pa.string()),
            "value": pa.array([one and one.value for one in says], pa.string()),
            "basis": pa.array([one and one.basis for one in says], pa.string()),
            "document_no": pa.array([one and one.document_no for one in says], pa.int64()),
        }
    )
    session.con.register("incoming", table)
    session.con.execute("CREATE OR REPLACE TEMP TABLE supplement_decision AS FROM incoming ORDER BY decision_no")
    session.con.unregister("incoming")


def _select(session: LedgerSession) -> str:
    """`content` with the columns replaced that somebody's supplement speaks of; nobody's column costs nothing."""
    found = session.con.execute("SELECT DISTINCT item FROM supplement_of_year ORDER BY item").fetchall()
    items = [supplement_items()[name] for (name,) in found]
    if not items:
        return "FROM content"
    given = [f"max(value) FILTER (item = '{item.name}') AS {item.name}" for item in items]
    replaced = [
        f"CASE WHEN given.{item.name} IS NULL THEN content.{item.name} "
        f"ELSE CAST(nullif(given.{item.name}, '') AS {SQL_TYPES[item.kind]}) END AS {item.name}"
        for item in items
        if item.name != "collection_method"
    ]
    if any(item.name == "collection_method" for item in items):
        replaced += [
            f"CASE WHEN given.collection_method = 'ordinary' THEN {WITHOUT_PAYER[name]} "
            f"WHEN payer.document_no IS NOT NULL THEN {with_payer} ELSE content.{name} END AS {name}"
            for name, with_payer in COLLECTION.items()
        ]
    return (
        f"SELECT content.* REPLACE ({', '.join(replaced)}) FROM content "
        f"LEFT JOIN (SELECT taxpayer_no, {', '.join(given)} FROM supplement_of_year GROUP BY taxpayer_no) AS given "
        "USING (taxpayer_no) LEFT JOIN supplemented_payer AS payer USING (taxpayer_no)"
    )


def _problem(decision_no: int, item: str, found: str, expected: str) -> StopForPerson:
    return StopForPerson(
        f"職員の決定（決定番号 {decision_no}）を補記として反映できません",
        item=item,
        found=found,
        expected=expected,
        action="同じ人の同じ項目について正しい決定を出してください（取り下げるだけなら `juminzei supplement withdraw`）。"
        "ほかの合算は済んでいます",
    )
