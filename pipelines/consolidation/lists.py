"""What people look up of relatives and of who has not filed, over what the session has pinned."""

from collections.abc import Sequence

from pipelines.consolidation import parameters
from pipelines.consolidation.consolidate import STAGE, keep_documents
from pipelines.consolidation.relatives import keep_claims
from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import keep_rows


def keep_findings(session: LedgerSession, fiscal_year: int, document_priority: Sequence[str]) -> int:
    """Keep what is doubtful about the relatives claimed for the fiscal year as `relative_finding`; how many rows.

    `claimed_relative`, `claimed_class` and `assessed_income` stay for whoever asks for more. Incomes are those of the newest
    assessment that the pin knows: those of the run before.
    """
    _keep_claims(session, fiscal_year, document_priority)
    return keep_rows(session, STAGE, "relative_finding")


def keep_non_filers(session: LedgerSession, fiscal_year: int, document_priority: Sequence[str]) -> int:
    """Keep who has not filed for the fiscal year and is claimed by nobody as `non_filer`; how many."""
    _keep_claims(session, fiscal_year, document_priority)
    return keep_rows(session, STAGE, "non_filer", fiscal_year=fiscal_year)


def keep_premium_claims(session: LedgerSession, fiscal_year: int) -> int:
    """Keep what returns claim of social insurance premiums beside what is known of, in yen, as `premium_claim`; how many."""
    parameters.install(session, fiscal_year)
    keep_documents(session, fiscal_year)
    return keep_rows(session, STAGE, "premium_claim", fiscal_year=fiscal_year)


def keep_raised_incomes(session: LedgerSession, fiscal_year: int) -> int:
    """Keep the items of income that officers found higher than the income tax return tells, as `raised_income`; how many (法315一)."""
    parameters.install(session, fiscal_year)
    keep_documents(session, fiscal_year)
    return keep_rows(session, STAGE, "raised_income")


def _keep_claims(session: LedgerSession, fiscal_year: int, document_priority: Sequence[str]) -> None:
    parameters.install(session, fiscal_year)
    keep_documents(session, fiscal_year)
    keep_claims(session, fiscal_year, document_priority)
