"""申告特例通知書: those of a fiscal year that hold, and which of them are void (附則7条⑥⑬)."""

from pipelines.consolidation import parameters
from pipelines.consolidation.consolidate import STAGE
from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import keep_rows


def keep_one_stop_notices(session: LedgerSession, fiscal_year: int) -> int:
    """Keep the pinned fiscal year's notices as TEMP table `one_stop_notice_of_year`, one row a notice; how many."""
    parameters.install(session, fiscal_year)
    return keep_rows(session, STAGE, "one_stop_notice_of_year", fiscal_year=fiscal_year)
