"""Consolidation (合算): all linked documents of a taxpayer become one tax base of the fiscal year."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import Invariant, LedgerSession, StageContext, StageReport


def run(ctx: "StageContext") -> "StageReport":
    """Consolidate what is linked; see `consolidate`. Opens its own ledger session."""
    from pipelines.consolidation.consolidate import consolidate
    from pipelines.ledger import open_ledger

    with open_ledger(ctx.home, ctx.keyring, holder="合算", identity=ctx.identity) as session:
        return consolidate(session, ctx.fiscal_year, ctx.as_of, ctx.city.document_priority)


def invariants(session: "LedgerSession") -> "list[Invariant]":
    """The promises of consolidation for the fiscal year that the session has pinned, with their figures."""
    from pipelines.consolidation.promises import check

    return check(session)
