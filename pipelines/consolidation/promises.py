"""What consolidation promises, as checked queries."""

from pipelines.consolidation import parameters
from pipelines.consolidation.consolidate import STAGE, keep_documents
from pipelines.ledger import Invariant, LedgerSession
from pipelines.ledger.last_run import as_left_by
from pipelines.ledger.sql_file import figures_of, keep_rows


def check(session: LedgerSession) -> list[Invariant]:
    """Check the promises for the pinned fiscal year, as the last consolidation left it.

    Documents that were linked later have not been consolidated yet, and break nothing. Figures are numbers of documents
    or taxpayers, and yen.
    """
    assert session.pinned is not None, "pin the session first"
    fiscal_year = session.pinned.fiscal_year
    with as_left_by(session, STAGE):
        parameters.install(session, fiscal_year)
        keep_documents(session, fiscal_year)
        keep_rows(session, STAGE, "supplemented_payer")
        documents = figures_of(session, STAGE, "invariant_document")
        yen = figures_of(session, STAGE, "invariant_yen")
        donations = figures_of(session, STAGE, "invariant_one_stop", fiscal_year=fiscal_year)
        supplements = figures_of(session, STAGE, "invariant_supplement")
        taxpayers = figures_of(session, STAGE, "invariant_taxpayer", fiscal_year=fiscal_year)
    return [
        Invariant(
            "名寄せ済みで有効な資料は、ちょうど一つの課税基礎に入っている",
            documents["nowhere"] == documents["twice"] == documents["no_longer_counting"] == 0,
            documents,
        ),
        Invariant(
            "報告書と申告書の給与・年金の収入は、補記で代えたものを除き、1円も漏れず重ならず課税基礎に入っている",
            yen["difference_yen"] == 0,
            yen,
        ),
        Invariant(
            "納税義務者の最新の課税基礎は年度に一つで、版に欠番がない",
            taxpayers["twice"] == taxpayers["with_gaps"] == 0,
            taxpayers,
        ),
        Invariant("補記は、取り下げられるまで課税基礎にある", supplements["not_in_base"] == 0, supplements),
        Invariant(
            "申告特例通知書の寄附金は、置き換え・無効・名寄せ前・補記で代えたものを除き、1円も漏れず重ならず課税基礎に入っている",
            donations["difference_yen"] == 0,
            donations,
        ),
    ]
