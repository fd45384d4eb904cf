"""The ledger: append-only facts, known as of a day, pinned for a run. See docs/decisions and sql/ledger."""

from pipelines.ledger.context import RunIdentity, StageContext, StageReport
from pipelines.ledger.invariant import Invariant
from pipelines.ledger.pin import Pin
from pipelines.ledger.session import LedgerSession, open_ledger, open_snapshot
from pipelines.ledger.transaction import Transaction

__all__ = [
    "Invariant",
    "LedgerSession",
    "Pin",
    "RunIdentity",
    "StageContext",
    "StageReport",
    "Transaction",
    "open_ledger",
    "open_snapshot",
]
