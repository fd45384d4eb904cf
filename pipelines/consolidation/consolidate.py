"""One run of consolidation over a pinned ledger."""

from datetime import date

from pipelines.consolidation import parameters
from pipelines.errors import OperatorError, StopForPerson
from pipelines.ledger import LedgerSession, StageReport
from pipelines.ledger.sql_file import define, figures_of, keep_rows, show_rows, sql_text

STAGE = "consolidation"
# In this order; each reads the pinned views and the ones before it.
STEPS_OF_YEAR = ("resident_of_year", "tax_base_of_year", "linked_document", "one_stop_notice_of_year")
# Of these, the rows of other taxpayers change nothing in one taxpayer's base.
STEPS_OF_PERSON = ("tax_base_of_year", "linked_document", "one_stop_notice_of_year")
STEPS_BEFORE_REPORTS = ("linked_report", "replaced_report")
STEPS_OF_DOCUMENTS = (
    "previous_payer_overlap",
    "counted_pension",
    "counted_report",
    "decisive_return",
    "standing_document",
)
STEPS_OF_CLAIMS = (
    "declared_relatives",
    "relative_claim",
    "named_relative",
    "relative_decision",
    "claimed_relative",
    "claimed_class",
    "standing_claim",
)
STEPS_OF_TAXPAYERS = ("taxpayer_sum", "returned_expense", "spouse")
STEPS_THAT_KNOW_THE_YEAR = frozenset({"relative_decision", "claimed_relative"})
NOTABLE = {
    "replaced_reports": "訂正・取消により置き換わった報告書",
    "previous_payer_overlaps": "前職分が前職の報告書と重なるため差し引いた報告書",
    "changes_without_original": "元の報告書が見つからない訂正・取消（要確認）",
    "several_reports_of_a_payer": "同じ支払者の報告書が複数あり合算した人（要確認）",
    "relatives_from_another_report": "主たる給与以外の報告書の扶養親族等によった人",
    "denied_relatives": "職員の決定により否認した配偶者・扶養親族",
    "unfound_relatives": "住民の誰か特定できない配偶者・扶養親族（`juminzei relatives list`）",
    "treaty_exempt_reports_left_out": "課税の給与と併せてあるため除いた条約免除の報告書",
    "single_parents_of_unknown_sex": "性別が不明のため母として扱ったひとり親（要確認）",
    "superseded_returns": "後の申告・更正により用いない申告書",
    "resident_returns_beside": "確定申告書のほかに住民税申告書もある人（要確認）",
    "reports_missing_from_return": "申告書の収入が報告書の合計より少ない人（要確認）",
    "void_one_stop_notices": "なかったものとみなす申告特例通知書",
}

PROBLEMS = {
    "malformed": ("判断", "否認・是認・取下げのどれでもありません", "`juminzei relatives decide` で作った決定"),
    "unknown_relative": (
        "資料番号・続柄・記載順",
        "名寄せ済みの資料に、その親族の記載がありません",
        "`juminzei relatives list` にある親族",
    ),
    "other_taxpayer": ("宛名番号", "その資料は、その納税義務者のものではありません", "その資料の納税義務者の宛名番号"),
}


def keep_documents(session: LedgerSession, fiscal_year: int, *, only: str | None = None) -> None:
    """Keep the fiscal year's documents (of one taxpayer, with `only`): linked, replaced, counting, and what each adds."""
    for name in STEPS_OF_YEAR:
        keep_rows(session, STAGE, name, fiscal_year=fiscal_year)
    if only is not None:
        for name in STEPS_OF_PERSON:
            session.con.execute(f"DELETE FROM temp.{name} WHERE taxpayer_no <> $1", [only])
    for name in STEPS_BEFORE_REPORTS:
        keep_rows(session, STAGE, name)
    show_rows(session, STAGE, "effective_report")
    for name in STEPS_OF_DOCUMENTS:
        keep_rows(session, STAGE, name)


def keep_claims(session: LedgerSession, fiscal_year: int) -> None:
    """Keep what is claimed for relatives, who they are, and what officers decided of them. After `keep_documents`."""
    define(session, STAGE, "macros/less_denied")
    for name in STEPS_OF_CLAIMS:
        keep_rows(session, STAGE, name, **({"fiscal_year": fiscal_year} if name in STEPS_THAT_KNOW_THE_YEAR else {}))


def keep_content(session: LedgerSession, fiscal_year: int, *, only: str | None = None) -> int:
    """Keep the bases that the fiscal year's documents give (those of one taxpayer, with `only`) as `content`; how many."""
    keep_documents(session, fiscal_year, only=only)
    keep_claims(session, fiscal_year)
    for name in STEPS_OF_TAXPAYERS:
        keep_rows(session, STAGE, name)
    return keep_rows(session, STAGE, "content", fiscal_year=fiscal_year)


def consolidate(session: LedgerSession, fiscal_year: int, as_of: date) -> StageReport:
    """Consolidate the fiscal year as known on `as_of`, in one transaction; the same again appends nothing.

    A taxpayer gets a new version of the base only when its content changed; one whose documents are all gone, a base of
    zeros. Raises ConfigurationError when a parameter is missing for the fiscal year, or was not known on `as_of`.
    """
    values = parameters.install(session, fiscal_year)
    values.require_known(as_of)
    session.pin(fiscal_year, as_of)
    taxpayers = keep_content(session, fiscal_year)
    appended = keep_rows(session, STAGE, "new_tax_base")
    with session.transaction(stage=STAGE, known_on=as_of, parameter_digest=values.digest) as transaction:
        transaction.append("tax_base", "FROM temp.new_tax_base")
    notable = figures_of(session, STAGE, "notable")
    return StageReport(
        STAGE,
        transaction.commit_no if appended else None,
        {"taxpayers": taxpayers, "new_versions": appended} | notable,
        lines=[f"{NOTABLE[name]}: {count} 件" for name, count in notable.items() if count],
        problems=_problems(session),
    )


def _problems(session: LedgerSession) -> list[OperatorError]:
    return [
        StopForPerson(
            f"職員の決定（決定番号 {decision_no}）を配偶者・扶養親族に反映できません",
            item=item,
            found=found,
            expected=expected,
            action="`juminzei relatives list` で確かめて正しい決定を出してください（取り下げるだけなら withdraw）。ほかの合算は済んでいます",
        )
        for decision_no, problem in session.con.execute(sql_text(STAGE, "refused_relative_decision")).fetchall()
        for item, found, expected in [PROBLEMS[problem]]
    ]
