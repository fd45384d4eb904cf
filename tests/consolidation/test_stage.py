"""The stage on a real ledger: encrypted, locked, published."""

from pipelines import consolidation
from pipelines.ledger import StageContext, open_snapshot


def test_an_empty_ledger_has_nothing_to_consolidate_and_breaks_no_promise(ctx: StageContext) -> None:
    report = consolidation.run(ctx)
    assert (report.commit_no, report.counts["taxpayers"], report.lines) == (None, 0, [])
    with open_snapshot(ctx.home, ctx.keyring) as session:
        session.pin(ctx.fiscal_year, ctx.as_of)
        assert all(promise.ok for promise in consolidation.invariants(session))
