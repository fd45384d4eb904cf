"""One run of matching over a pinned ledger."""

from datetime import date

from pipelines.city import City
from pipelines.errors import OperatorError, StopForPerson
from pipelines.ledger import LedgerSession, StageReport
from pipelines.ledger.sql_file import define, keep_rows, show_rows
from pipelines.matching.ranking import weigh_candidates
from pipelines.matching.spelling import define_forms

STAGE = "matching"
# In this order; each reads the pinned views and the ones before it.
STEPS_OF_YEAR = ("resident_of_year", "document_of_year", "link_decision")
STEPS_OF_RULES = (
    "former_state",
    "open_document",
    "lookalike",
    "sole_fitting",
    "number_pair",
    "number_outcome",
    "searched_document",
    "attribute_pair",
    "unfound_document",
    "near_pair",
    "former_pair",
    "payer_pair",
    "nowhere_reason",
    "attribute_outcome",
    "review_candidate",
)
STEPS_OF_CHANGES = (
    "outcome",
    "new_link",
    "new_review_item",
    "refused_decision",
    "linked_relative",
    "relative_pair",
    "relative_namesake",
    "relative_outcome",
    "new_relative_link",
)
REASONS = {
    "number_contradicts": "個人番号が氏名・生年月日と矛盾（住基ネットで確認）",
    "number_differs": "個人番号だけが住民登録と違う（住基ネットで確認）",
    "number_unknown": "個人番号が住民登録にない（住基ネットで確認）",
    "attributes_differ": "一部の項目が不一致",
    "several_candidates": "候補が複数",
    "moved_out": "賦課期日までに転出（回送）",
    "moved_in_later": "賦課期日より後に転入（回送）",
    "taxed_elsewhere": "294条3項によりほかの市区町村が課税（回送）",
    "closed": "賦課期日前に死亡、又は認めた294条3項の通知（終了）",
    "left_register": "賦課期日前に転出か死亡（除票を確認）",
    "resident_elsewhere": "住所がほかの市区町村（回送の候補）",
    "unregistered_here": "当市区町村に住み住民登録がない（地方税法294条3項の候補）",
    "no_candidate": "見つからない（住所調査）",
    "kept": "職員の決定により保留",
    "forwarded": "職員の決定により回送",
}
PROBLEMS = {
    "unknown_document": ("課税資料番号", "その番号の課税資料は台帳にありません", "台帳にある課税資料番号"),
    "unknown_taxpayer": (
        "宛名番号",
        "その番号の人は賦課期日現在の住民登録にいません",
        "15桁の宛名番号、forward、keep のいずれか",
    ),
}


def define_views(session: LedgerSession) -> None:
    """The views of what holds, over the session's pin."""
    define(session, STAGE, "views/current_document_link", "views/current_review_item", "views/current_relative_link")


def match(session: LedgerSession, city: City, fiscal_year: int, as_of: date) -> StageReport:
    """Match the fiscal year's documents as known on `as_of`, in one transaction; the same again appends nothing.

    Counts are of rows appended in this run. A decision that cannot be carried out is a problem of the report
    (StopForPerson); its document stays as it is, and everything else goes on.
    """
    session.pin(fiscal_year, as_of)
    define_views(session)
    define_forms(session, city)
    define(session, STAGE, "macros/agreement_text")
    for name in (*STEPS_OF_YEAR, *STEPS_OF_RULES):
        keep_rows(session, STAGE, name, fiscal_year=fiscal_year)
    show_rows(session, STAGE, "decision_outcome")
    kept = {name: keep_rows(session, STAGE, name) for name in STEPS_OF_CHANGES}
    weigh_candidates(session)
    for name in ("ranked_review_item", "new_review_weight"):
        keep_rows(session, STAGE, name)
    with session.transaction(stage=STAGE, known_on=as_of) as transaction:
        transaction.append("document_link", "FROM temp.new_link")
        transaction.append("review_item", "FROM temp.ranked_review_item")
        transaction.append("review_weight", "FROM temp.new_review_weight")
        transaction.append("relative_link", "FROM temp.new_relative_link")
    appended = kept["new_link"] + kept["new_review_item"] + kept["new_relative_link"]
    return StageReport(
        STAGE,
        transaction.commit_no if appended else None,
        {
            "linked": kept["new_link"],
            "queued": kept["new_review_item"],
            "relatives": kept["new_relative_link"],
            "refused_decisions": kept["refused_decision"],
        },
        lines=_lines(session),
        problems=_problems(session),
    )


def _lines(session: LedgerSession) -> list[str]:
    """What is new in the queue, by reason."""
    rows = session.con.execute(
        "SELECT reason, count(*) FROM temp.new_review_item GROUP BY reason ORDER BY reason"
    ).fetchall()
    return [f"{REASONS[reason]}: {count} 件" for reason, count in rows]


def _problems(session: LedgerSession) -> list[OperatorError]:
    rows = session.con.execute("SELECT decision_no, problem FROM temp.refused_decision ORDER BY decision_no").fetchall()
    return [_problem(decision_no, *PROBLEMS[problem]) for decision_no, problem in rows]


def _problem(decision_no: int, item: str, found: str, expected: str) -> StopForPerson:
    return StopForPerson(
        f"職員の決定（決定番号 {decision_no}）を名寄せに反映できません",
        item=item,
        found=found,
        expected=expected,
        action="同じ課税資料番号について正しい決定を出してください（取り消すだけなら keep）。"
        "ほかの資料の名寄せは済んでいます",
    )
