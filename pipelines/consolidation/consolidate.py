"""One run of consolidation over a pinned ledger."""

from collections.abc import Sequence
from datetime import date

from pipelines.consolidation import parameters, relatives, supplements
from pipelines.ledger import LedgerSession, StageReport
from pipelines.ledger.sql_file import figures_of, keep_rows, show_rows
from pipelines.parameters.kept import keep_values

STAGE = "consolidation"
# In this order; each reads the pinned views and the ones before it.
STEPS_OF_YEAR = ("resident_of_year", "house_of_year", "tax_base_of_year", "linked_document", "one_stop_notice_of_year")
# Of these, the rows of other taxpayers change nothing in one taxpayer's base.
STEPS_OF_PERSON = (
    "house_of_year",
    "tax_base_of_year",
    "linked_document",
    "one_stop_notice_of_year",
    "supplement_of_year",
)
STEPS_BEFORE_REPORTS = ("linked_report", "replaced_report")
STEPS_OF_DOCUMENTS = (
    "left_payer",
    "previous_payer_overlap",
    "counted_pension",
    "counted_report",
    "decisive_return",
    "standing_document",
)
STEPS_OF_TAXPAYERS = ("taxpayer_sum", "taxable_person", "returned_expense", "spouse")
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
    "premiums_without_report": "保険料を源泉徴収票のとおりとした申告書があり、給与支払報告書のない人（0円とした。要確認）",
    "reports_missing_from_return": "申告書の収入が報告書の合計より少ない人（要確認）",
    "left_payers": "異動届出により特別徴収をしない支払者の報告書",
    "continued_elsewhere": "転勤先で特別徴収を継続するとの異動届出（要確認）",
    "void_one_stop_notices": "なかったものとみなす申告特例通知書",
    "one_stop_numbers_given_twice": "同じ通知元・整理番号の新規の申告特例通知書が複数ある通知（`juminzei one-stop doubled`）",
    "supplements": "補記した項目",
    "supplements_without_payer": "特別徴収とする補記の支払者の報告書が効力を失い、資料によった人（要確認）",
}


def keep_documents(session: LedgerSession, fiscal_year: int, *, only: str | None = None) -> None:
    """Keep the fiscal year's documents (of one taxpayer, with `only`): linked, replaced, counting, and what each adds."""
    for name in STEPS_OF_YEAR:
        keep_rows(session, STAGE, name, fiscal_year=fiscal_year)
    supplements.keep_supplements(session, fiscal_year)
    if only is not None:
        for name in STEPS_OF_PERSON:
            session.con.execute(f"DELETE FROM temp.{name} WHERE taxpayer_no <> $1", [only])
    for name in STEPS_BEFORE_REPORTS:
        keep_rows(session, STAGE, name)
    show_rows(session, STAGE, "effective_report")
    for name in STEPS_OF_DOCUMENTS:
        keep_rows(session, STAGE, name, fiscal_year=fiscal_year)


def keep_bases(
    session: LedgerSession, fiscal_year: int, document_priority: Sequence[str], *, only: str | None = None
) -> int:
    """Keep the bases that documents, verdicts on relatives and supplements make (those of one taxpayer, with `only`) as TEMP
    table `supplemented`; how many.
    """
    keep_documents(session, fiscal_year, only=only)
    relatives.keep_claims(session, fiscal_year, document_priority)
    for name in (*STEPS_OF_TAXPAYERS, "content"):
        keep_rows(session, STAGE, name, fiscal_year=fiscal_year)
    return supplements.keep_supplemented(session)


def consolidate(session: LedgerSession, fiscal_year: int, as_of: date, document_priority: Sequence[str]) -> StageReport:
    """Consolidate the fiscal year as known on `as_of`, in one transaction; the same again appends nothing.

    `document_priority` is the table of the city's profile, whose order of returns is the law's.

    A supplement that cannot be carried out is a problem of the report (StopForPerson); everything else goes on. A taxpayer
    gets a new version of the base only when its content changed; one whose documents are all gone, a base of
    zeros. Raises ConfigurationError when a parameter is missing for the fiscal year, or was not known on `as_of`.
    """
    session.pin(fiscal_year, as_of)
    values = parameters.install(session, fiscal_year)
    values.require_known(as_of)
    taxpayers = keep_bases(session, fiscal_year, document_priority)
    appended = keep_rows(session, STAGE, "new_tax_base")
    digest = parameters.digest(values, document_priority)
    with session.transaction(stage=STAGE, known_on=as_of, parameter_digest=digest) as transaction:
        transaction.append("tax_base", "FROM temp.new_tax_base")
        keep_values(transaction, values, digest=digest, more={"document_priority": list(document_priority)})
    notable = figures_of(session, STAGE, "notable")
    return StageReport(
        STAGE,
        transaction.commit_no if appended else None,
        {"taxpayers": taxpayers, "new_versions": appended} | notable,
        lines=[f"{NOTABLE[name]}: {count} 件" for name, count in notable.items() if count],
        problems=[*supplements.refused(session), *relatives.refused(session)],
    )
