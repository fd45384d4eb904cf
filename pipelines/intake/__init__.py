"""課税資料の受付: files in the inbox become typed, validated documents in the ledger, or go to quarantine.

`run` takes in everything received up to a day; `intake_one` one file. Nothing is lost: read = accepted + quarantined +
duplicate, in records and in yen. `settle` carries out what officers decided of quarantined records.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger import StageContext, StageReport

__all__ = ["intake_one", "run", "settle"]


def run(ctx: "StageContext") -> "StageReport":
    """Take in what the inbox holds up to `ctx.as_of`; see `stage.run`."""
    from pipelines.intake import stage

    return stage.run(ctx)


def intake_one(ctx: "StageContext", path: Path) -> "StageReport":
    """Take in the one file at `path`; see `stage.intake_one`."""
    from pipelines.intake import stage

    return stage.intake_one(ctx, path)


def settle(ctx: "StageContext") -> "StageReport":
    """Carry out officers' decisions on quarantined records; see `settling.settle`."""
    from pipelines.intake import settling

    return settling.settle(ctx)
