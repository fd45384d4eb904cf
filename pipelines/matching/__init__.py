"""Matching (宛名の突合・名寄せ): each document to one resident of 1 January, or to a person's queue with its reason."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import Invariant, LedgerSession, StageContext, StageReport
    from pipelines.matching.review_queue import ReviewItem


def run(ctx: "StageContext") -> "StageReport":
    """Match what is open and carry out what people decided; see `match`. Opens its own ledger session."""
    from pipelines.ledger import open_ledger
    from pipelines.matching.match import match

    with open_ledger(ctx.home, ctx.keyring, holder="名寄せ", identity=ctx.identity) as session:
        return match(session, ctx.city, ctx.fiscal_year, ctx.as_of)


def queue(session: "LedgerSession") -> "list[ReviewItem]":
    """What waits for a person in the fiscal year that the session has pinned, by document number."""
    from pipelines.matching.review_queue import waiting

    return waiting(session)


def invariants(session: "LedgerSession") -> "list[Invariant]":
    """The promises of matching for the fiscal year that the session has pinned, with their figures."""
    from pipelines.matching.promises import check

    return check(session)
