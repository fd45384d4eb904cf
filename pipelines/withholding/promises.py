"""What the master promises, as checked queries."""

from pipelines.ledger import Invariant, LedgerSession
from pipelines.ledger.sql_file import define, figures_of
from pipelines.withholding.master import STAGE, VIEWS


def check(session: LedgerSession) -> list[Invariant]:
    """Check the master as pinned: versions without a gap, and every merger leads to an employer that exists."""
    define(session, STAGE, *VIEWS)
    found = []
    for file, name in (
        ("invariant_version", "特別徴収義務者: 版は1から途切れない"),
        ("invariant_merger", "特別徴収義務者: 合併先をたどると、合併していない特別徴収義務者に着く"),
    ):
        figures = figures_of(session, STAGE, file)
        found.append(Invariant(name, figures["broken"] == 0, figures))
    return found
