"""One run of consolidation over a pinned ledger."""

from datetime import date

from pipelines.consolidation import parameters
from pipelines.ledger import LedgerSession, StageReport
from pipelines.ledger.sql_file import figures_of, keep_rows, show_rows, sql_text

STAGE = "consolidation"
# In this order; each reads the pinned views and the ones before it.
STEPS_OF_YEAR = ("resident_of_year", "tax_base_of_year", "linked_report")
# Of these, the rows of other taxpayers change nothing in one taxpayer's base.
STEPS_OF_PERSON = ("tax_base_of_year", "linked_report")
STEPS_OF_REPORTS = ("previous_payer_overlap", "counted_report")
STEPS_OF_TAXPAYERS = ("taxpayer_sum", "spouse")
NOTABLE = {
    "replaced_reports": "訂正・取消により置き換わった報告書",
    "previous_payer_overlaps": "前職分が前職の報告書と重なるため差し引いた報告書",
    "changes_without_original": "元の報告書が見つからない訂正・取消（要確認）",
    "several_reports_of_a_payer": "同じ支払者の報告書が複数あり合算した人（要確認）",
    "relatives_from_another_report": "主たる給与以外の報告書の扶養親族等によった人",
    "treaty_exempt_reports_left_out": "課税の給与と併せてあるため除いた条約免除の報告書",
    "single_parents_of_unknown_sex": "性別が不明のため母として扱ったひとり親（要確認）",
}
# Kinds of documents that are matched but not consolidated: only the income from employment is.
LEFT_ASIDE = {
    "pension_report": "公的年金等支払報告書（年金の所得は未対応）",
    "income_tax_return": "確定申告書（申告の所得・控除は未対応）",
}


def keep_reports(session: LedgerSession, fiscal_year: int, *, only: str | None = None) -> None:
    """Keep the fiscal year's reports (of one taxpayer, with `only`): linked, replaced, counting, and what each adds."""
    for name in STEPS_OF_YEAR:
        keep_rows(session, STAGE, name, fiscal_year=fiscal_year)
    if only is not None:
        for name in STEPS_OF_PERSON:
            session.con.execute(f"DELETE FROM temp.{name} WHERE taxpayer_no <> $1", [only])
    keep_rows(session, STAGE, "replaced_report")
    show_rows(session, STAGE, "effective_report")
    for name in STEPS_OF_REPORTS:
        keep_rows(session, STAGE, name)


def consolidate(session: LedgerSession, fiscal_year: int, as_of: date) -> StageReport:
    """Consolidate the fiscal year as known on `as_of`, in one transaction; the same again appends nothing.

    A taxpayer gets a new version of the base only when its content changed; one whose documents are all gone, a base of
    zeros. Raises ConfigurationError when a parameter is missing for the fiscal year, or was not known on `as_of`.
    """
    values = parameters.load(fiscal_year)
    values.require_known(as_of)
    for statement in values.macros_sql():
        session.con.execute(statement)
    session.pin(fiscal_year, as_of)
    keep_reports(session, fiscal_year)
    for name in STEPS_OF_TAXPAYERS:
        keep_rows(session, STAGE, name)
    taxpayers = keep_rows(session, STAGE, "content", fiscal_year=fiscal_year)
    appended = keep_rows(session, STAGE, "new_tax_base")
    with session.transaction(stage=STAGE, known_on=as_of, parameter_digest=values.digest) as transaction:
        transaction.append("tax_base", "FROM temp.new_tax_base")
    notable = figures_of(session, STAGE, "notable")
    aside = session.con.execute(sql_text(STAGE, "left_aside"), {"fiscal_year": fiscal_year}).fetchall()
    return StageReport(
        STAGE,
        transaction.commit_no if appended else None,
        {"taxpayers": taxpayers, "new_versions": appended} | notable | {"left_aside": sum(row[1] for row in aside)},
        lines=[
            *(f"{NOTABLE[name]}: {count} 件" for name, count in notable.items() if count),
            *(
                f"合算していない{LEFT_ASIDE.get(kind, f'種別 {kind} の資料')}: {count:,} 件 {amount_yen:,} 円（要確認）"
                for kind, count, amount_yen in aside
            ),
        ],
    )
