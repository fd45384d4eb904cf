"""Analysis (統計・分析): a database for analysts without names, addresses or numbers, and without cells of a few people."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import StageContext, StageReport


def run(ctx: "StageContext") -> "StageReport":
    """Publish `published/analysis.duckdb` as of the context's day; see `publish`. Reads the snapshot, writes no ledger."""
    from pipelines.analysis.publish import publish

    return publish(ctx)
