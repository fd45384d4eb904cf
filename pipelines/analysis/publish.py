"""The stage: what the ledger's snapshot says as of a day, de-identified, into the analysts' file; the same is left alone."""

from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.analysis.deidentify import keep_contents
from pipelines.analysis.published_file import (
    Digests,
    digest_of_contents,
    only_publisher,
    published_digests,
    replace_file,
)
from pipelines.analysis.settings import Settings, definitions_digest, settings
from pipelines.ledger import StageReport, open_snapshot

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, StageContext
    from pipelines.ledger.pin import Pin

FILE_NAME = "analysis.duckdb"


def publish(ctx: "StageContext") -> StageReport:
    """Publish the fiscal year as of the context's day. Nothing is replaced when neither rows nor definitions changed.

    Raises ConfigurationError when there is no ledger or no key, TransientError when another process publishes.
    """
    chosen = settings()
    path = ctx.home.published / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    with only_publisher(path.parent), open_snapshot(ctx.home, ctx.keyring) as session:
        pin = session.pin(ctx.fiscal_year, ctx.as_of)
        counts = keep_contents(session, ctx, pin, chosen)
        digests = Digests(digest_of_contents(session), definitions_digest())
        replaced = published_digests(session, path) != digests
        if replaced:
            keep_publication(session, ctx, pin, chosen, digests)
            replace_file(session, chosen, path)
    return StageReport("analysis", None, counts | {"replaced": int(replaced)}, _lines(counts, replaced, chosen))


def keep_publication(
    session: "LedgerSession", ctx: "StageContext", pin: "Pin", settings: Settings, digests: Digests
) -> None:
    """Keep TEMP table `publication`: one row with the pin, the key's version, the threshold and the digests."""
    row = {
        "fiscal_year": ctx.fiscal_year,
        "city_code": ctx.city.code,
        "city_name": ctx.city.name,
        "as_of": pin.as_of,
        "commit_no_max": pin.commit_no_max,
        "code_version": pin.code_version,
        "pseudonym_key_version": ctx.keyring.primary("analysis-pseudonym").version,
        "threshold": settings.threshold.value,
        "contents_sha256": digests.contents,
        "definitions_sha256": digests.definitions,
    }
    session.con.register("publication_row", pa.Table.from_pylist([row]))
    session.con.execute("CREATE OR REPLACE TEMP TABLE publication AS SELECT * FROM publication_row")
    session.con.unregister("publication_row")


def _lines(counts: dict[str, int], replaced: bool, settings: Settings) -> list[str]:
    """What the operator reads."""
    done = "差し替えました" if replaced else "内容が前回と同じなので、差し替えていません"
    lines = [f"分析用データベース {FILE_NAME}: {done}（納税義務者 {counts['taxpayer']:,} 人）"]
    if counts["left_out"]:
        lines.append(
            f"{settings.threshold.value}人以上の集まりに入らない {counts['left_out']} 人は、個人別の表に載せていません"
        )
    if counts["suppressed_cell"]:
        lines.append(f"統計表の {counts['suppressed_cell']} 個の升目を秘匿しました")
    return lines
