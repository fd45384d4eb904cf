"""Assessment (賦課決定・更正): each tax base becomes the year's figures, by the law as data and SQL."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import StageContext, StageReport


def run(ctx: "StageContext") -> "StageReport":
    """Assess what is consolidated, then reduce it by what was decided; see `ledger_run.assess`, `reduction_run.reduce_levies`.

    Opens its own ledger session.
    """
    from pipelines.assessment.ledger_run import STAGE, assess
    from pipelines.assessment.reduction_run import reduce_levies
    from pipelines.ledger import StageReport, open_ledger

    with open_ledger(ctx.home, ctx.keyring, holder=STAGE, identity=ctx.identity) as session:
        assessed = assess(session, ctx.city, ctx.fiscal_year, ctx.as_of)
        reduced = reduce_levies(session, ctx.city, ctx.fiscal_year, ctx.as_of)
    return StageReport(
        STAGE,
        reduced.commit_no or assessed.commit_no,
        assessed.counts,
        [*assessed.lines, *reduced.lines],
    )
