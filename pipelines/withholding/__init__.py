"""Withholding (特別徴収): the master of 特別徴収義務者, kept from what payers and officers say, and who reported whom."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import Invariant, LedgerSession, StageContext, StageReport


def run(ctx: "StageContext") -> "StageReport":
    """Bring the employers' master up to what is known; see `master`. Opens its own ledger session."""
    from pipelines.ledger import open_ledger
    from pipelines.withholding.master import keep_master

    with open_ledger(ctx.home, ctx.keyring, holder="特別徴収義務者の整備", identity=ctx.identity) as session:
        return keep_master(session, ctx.fiscal_year, ctx.as_of)


def invariants(session: "LedgerSession") -> "list[Invariant]":
    """The promises of the master for what the session has pinned, with their figures."""
    from pipelines.withholding.promises import check

    return check(session)
