"""Preparing the releases of a cut, and letting out what two people approved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from pipelines.exchange.outbox import emit_releases, enter_approvals, prepare_release
from pipelines.ledger import StageContext, StageReport, open_ledger

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

# Which contracts are decided together: 特別徴収 in early May, 普通徴収 and everything else after the pension list.
CUTS: dict[str, tuple[str, ...]] = {
    "employment": ("employer-withholding_notice",),
    "ordinary": (
        "taxpayer-ordinary_collection_notice",
        "city-assessment_ledger",
        "city-levy_summary",
        "national_health_insurance-premium",
    ),
}


@dataclass(frozen=True)
class ReleaseSummary:
    """What an approver is asked about."""

    release_no: int
    contract: str
    title: str
    payload_digest: str
    row_count: int
    amount_yen: int
    file_count: int
    approvals: tuple[str, ...]
    emitted: bool
    new: bool


def builders() -> dict[str, object]:
    """Every contract's payload builder, from the stages that make them."""
    return {**import_module("pipelines.notices").CONTRACTS, **import_module("pipelines.extracts").CONTRACTS}


@contextmanager
def _writer(ctx: StageContext, holder: str) -> Iterator["LedgerSession"]:
    with open_ledger(ctx.home, ctx.keyring, holder=holder, identity=ctx.identity) as session:
        yield session
