"""Assessment (賦課決定・更正): each tax base becomes the year's figures, by the law as data and SQL."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import StageContext, StageReport


def run(ctx: "StageContext") -> "StageReport":
    """Assess what is consolidated; see `ledger_run.assess`. Opens its own ledger session."""
    from pipelines.assessment.ledger_run import STAGE, assess
    from pipelines.ledger import open_ledger

    with open_ledger(ctx.home, ctx.keyring, holder=STAGE, identity=ctx.identity) as session:
        return assess(session, ctx.city, ctx.fiscal_year, ctx.as_of)
