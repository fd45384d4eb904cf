"""The stage on a real ledger: encrypted, locked, published."""

import pytest

from pipelines import matching
from pipelines.ledger import StageContext, open_ledger, open_snapshot


@pytest.mark.parametrize("kind", ["wage_report", "pension_report", "resident_tax_return", "one_stop_notice"])
def test_the_stage_matches_in_a_session_of_its_own_and_readers_see_the_queue(ctx: StageContext, kind: str) -> None:
    with (
        open_ledger(ctx.home, ctx.keyring, holder="試験") as session,
        session.transaction(stage="intake", known_on=ctx.as_of) as transaction,
    ):
        transaction.append_row(
            "document",
            document_no=1,
            document_kind=kind,
            fiscal_year=ctx.fiscal_year,
            file_no=1,
            record_no=1,
            content_digest="-",
            submission_kind="new",
            number_id=11,
            name="山田　花子",
            kana="ﾔﾏﾀﾞ ﾊﾅｺ",
            born_on=None,
            address="仙台市青葉区国分町１－２－３",
            amount_yen=1,
        )
    report = matching.run(ctx)
    assert report.counts == {"linked": 0, "queued": 1, "relatives": 0, "refused_decisions": 0}
    assert report.lines == ["当市区町村に住み住民登録がない（地方税法294条3項の候補）: 1 件"]
    assert matching.run(ctx).commit_no is None
    with open_snapshot(ctx.home, ctx.keyring) as session:
        session.pin(ctx.fiscal_year, ctx.as_of)
        assert [(item.document_no, item.reason) for item in matching.queue(session)] == [(1, "unregistered_here")]
        assert all(promise.ok for promise in matching.invariants(session))
        assert matching.invariants(session) == matching.invariants(session)
