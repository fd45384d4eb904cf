"""The spouse and dependants whom a taxpayer claims (配偶者・扶養親族): who they are, and whom an officer denied."""

from collections.abc import Sequence

from pipelines.errors import OperatorError, StopForPerson
from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import define, keep_rows, sql_text

# Where the SQL lies.
FOLDER = "consolidation"
# In this order; each reads the pinned views, what `keep_documents` kept, and the ones before it.
STEPS = (
    "declared_relatives",
    "relative_claim",
    "named_relative",
    "relative_decision",
    "claimed_relative",
    "claimed_class",
    "standing_claim",
    "assessed_income",
    "specific_relative_special",
)
PROBLEMS = {
    "malformed": ("判断", "否認・是認・取下げのどれでもありません", "`juminzei relatives decide` で作った決定"),
    "unknown_relative": (
        "資料番号・続柄・記載順",
        "名寄せ済みの資料に、その親族の記載がありません",
        "`juminzei relatives list` にある親族",
    ),
    "other_taxpayer": ("宛名番号", "その資料は、その納税義務者のものではありません", "その資料の納税義務者の宛名番号"),
}


def keep_claims(session: LedgerSession, fiscal_year: int, document_priority: Sequence[str]) -> None:
    """Keep what is claimed for relatives, who they are, and what officers decided of them. After `keep_documents`.

    `document_priority` is the city's: of nobody's return, the kind of report that stands first speaks.
    """
    define(session, FOLDER, "macros/less_denied")
    for name in STEPS:
        keep_rows(session, FOLDER, name, fiscal_year=fiscal_year, document_priority=document_priority)


def refused(session: LedgerSession) -> list[OperatorError]:
    """What a person must put right: decisions on relatives that cannot be carried out. After `keep_claims`."""
    rows = session.con.execute(sql_text(FOLDER, "refused_relative_decision")).fetchall()
    return [_problem(decision_no, *PROBLEMS[problem]) for decision_no, problem in rows]


def _problem(decision_no: int, item: str, found: str, expected: str) -> StopForPerson:
    return StopForPerson(
        f"職員の決定（決定番号 {decision_no}）を配偶者・扶養親族に反映できません",
        item=item,
        found=found,
        expected=expected,
        action="`juminzei relatives list` で確かめて正しい決定を出してください（取り下げるだけなら withdraw）。ほかの合算は済んでいます",
    )
